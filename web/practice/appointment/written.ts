import type { AppointmentInput, StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { StoredDelivery } from '@sprechzimmer/protocol/delivery.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import { ApiError } from '../api.ts';
import type { PracticeSession } from '../practice/session.ts';
import type { ReadableEntry } from './agenda.ts';
import { openEntry } from './record.ts';

const unseen = { openedAt: null, arrivedAt: null, attendedAt: null, isHere: false, consent: null };

/** The appointment as the server holds it after it took `input`; what it has seen of the invitations is kept. */
export async function writtenEntry(
  session: PracticeSession,
  input: AppointmentInput,
  version: number,
  before: ReadableEntry | undefined,
): Promise<ReadableEntry> {
  const { id, practitionerId, day, generation, sealed } = input;
  const isKept = ({ invitationId }: { invitationId: string | null }) =>
    input.invitations.some((one) => one.id === invitationId);
  const deliveries = (before?.stored.deliveries ?? [])
    .filter(isKept)
    .filter((one) => one.state !== 'waiting' || input.keepDeliveries.includes(one.id));
  return readable(session, {
    id,
    practitionerId,
    day,
    version,
    generation,
    sealed,
    heldAt: before?.stored.heldAt ?? null,
    invitations: input.invitations.map(
      (one) => before?.stored.invitations.find((trace) => trace.id === one.id) ?? { id: one.id, ...unseen },
    ),
    deliveries: [...deliveries, ...input.deliveries.map((one) => waitingDelivery(session, day, one))],
  });
}

/** @throws ApiError INTERNAL for a record that does not open */
export async function readable(session: PracticeSession, stored: StoredAppointment): Promise<ReadableEntry> {
  const entry = await openEntry(session, stored);
  if (entry.kind !== 'readable') throw new ApiError('INTERNAL');
  return entry;
}

function waitingDelivery(
  session: PracticeSession,
  day: string,
  { id, invitationId, channel, due }: AppointmentInput['deliveries'][number],
): StoredDelivery {
  const { timeZone, mailTime } = session.view.practice;
  const now = new Date();
  const dueAt = due === 'now' ? now : localInstant(day, mailTime, timeZone);
  const changedAt = now.toISOString();
  return { id, invitationId, channel, state: 'waiting', reason: null, dueAt: dueAt.toISOString(), changedAt };
}
