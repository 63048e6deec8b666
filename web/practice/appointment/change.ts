import type {
  AppointmentInput,
  Consent,
  HostCode,
  Participant,
  SentWay,
} from '@sprechzimmer/protocol/appointment.ts';
import type { ConsultationRecord } from '@sprechzimmer/protocol/consultation-record.ts';
import type { DeliveryInput } from '@sprechzimmer/protocol/delivery.ts';
import type { HostCodeId, InvitationId, UserId } from '@sprechzimmer/protocol/ids.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { ApiError } from '../api.ts';
import { withRecord } from '../consultation/with-record.ts';
import { newHostCode as makeHostCode } from '../invitation/issue.ts';
import { withNewestKey } from '../membership/with-newest-key.ts';
import type { Work } from '../work.ts';
import type { ReadableEntry } from './agenda.ts';
import type { Message } from './plan-mails.ts';
import { type Plan, planOf, sealPlan, withNewCodes, type WriteWish } from './record.ts';
import { findCurrent } from './save.ts';
import { writtenEntry } from './written.ts';

const maxSentNotes = 20;

export type NewTime = {
  day: CalendarDay;
  /** `HH:MM` */
  time: string;
  durationMinutes: number;
  practitionerId?: UserId;
};

/** Moves or lengthens an appointment; on another day everyone gets a new code. @throws ApiError */
export async function moveAppointment(
  work: Work,
  entry: ReadableEntry,
  { practitionerId = entry.stored.practitionerId, ...time }: NewTime,
): Promise<ReadableEntry> {
  const plan = { ...planOf(entry), ...time, practitionerId };
  return write(work, time.day === entry.stored.day ? plan : withNewCodes(plan), entry);
}

/** @param notices what the server is to tell those who were invited. @throws ApiError */
export async function cancelAppointment(
  work: Work,
  { stored }: ReadableEntry,
  notices: DeliveryInput[] = [],
): Promise<void> {
  await work.client.appointment.cancel({ id: stored.id, version: stored.version, deliveries: notices });
  work.agenda.remove(stored.id);
  void work.agenda.refresh();
}

/**
 * Takes a move or a cancellation back: the appointment is as it was, and the codes that people have live again.
 * @param now what became of it; undefined: it was cancelled
 * @throws ApiError
 */
export async function restoreAppointment(
  work: Work,
  before: ReadableEntry,
  now: ReadableEntry | undefined,
): Promise<ReadableEntry> {
  return write(work, planOf(before), now, { earlier: before.stored.deliveries });
}

type ParticipantChange = Partial<
  Pick<Participant, 'email' | 'telephone' | 'language' | 'mailOnDay' | 'consent'>
>;

/** @throws ApiError; NOT_FOUND when appointment or participant are gone */
export async function changeParticipant(
  work: Work,
  entry: ReadableEntry,
  invitationId: InvitationId,
  change: ParticipantChange,
): Promise<ReadableEntry> {
  return amend(work, entry, (plan) => withParticipant(plan, invitationId, () => change));
}

/** Remembers how an invitation was passed on. @throws ApiError */
export async function noteSent(
  work: Work,
  entry: ReadableEntry,
  invitationId: InvitationId,
  way: SentWay,
): Promise<ReadableEntry> {
  const note = { way, at: new Date().toISOString() };
  return amend(work, entry, (plan) =>
    withParticipant(plan, invitationId, ({ sent }) => ({ sent: [...sent, note].slice(-maxSentNotes) })),
  );
}

/**
 * Records what participants have answered.
 * @param takenConsents their sealed answers: the server need not show them again
 * @throws ApiError
 */
export async function recordConsents(
  work: Work,
  entry: ReadableEntry,
  consents: ReadonlyMap<InvitationId, Consent>,
  takenConsents: string[],
): Promise<ReadableEntry> {
  const record = (plan: Plan) =>
    [...consents].reduce((so, [id, consent]) => withParticipant(so, id, () => ({ consent })), plan);
  return amend(work, entry, record, { takenConsents });
}

/** Records what a consultation of this appointment was. @throws ApiError */
export async function recordConsultation(
  work: Work,
  entry: ReadableEntry,
  record: ConsultationRecord,
): Promise<ReadableEntry> {
  return amend(work, entry, (plan) => ({ ...plan, consultations: withRecord(plan.consultations, record) }));
}

/** Has the server send a message at once, in place of one that waits. @throws ApiError PLAN_LIMIT among others */
export async function sendNow(
  work: Work,
  entry: ReadableEntry,
  invitationId: InvitationId,
  message: Message,
): Promise<ReadableEntry> {
  return amend(work, entry, (plan) => plan, { now: { invitationId, message } });
}

/** Makes a code that opens the host's end of this appointment anywhere. @throws ApiError */
export async function newHostCode(work: Work, entry: ReadableEntry): Promise<ReadableEntry> {
  const code: HostCode = await makeHostCode(work.session.roomOrigin);
  return amend(work, entry, (plan) => ({ ...plan, hostCodes: [...plan.hostCodes, code] }));
}

/** The code is unknown from now on. @throws ApiError */
export async function revokeHostCode(
  work: Work,
  entry: ReadableEntry,
  id: HostCodeId,
): Promise<ReadableEntry> {
  return amend(work, entry, (plan) => ({
    ...plan,
    hostCodes: plan.hostCodes.filter((one) => one.id !== id),
  }));
}

function withParticipant(
  plan: Plan,
  invitationId: InvitationId,
  change: (participant: Participant) => Partial<Participant>,
): Plan {
  const isThis = (one: Plan['participants'][number]): one is Participant =>
    'invitationId' in one && one.invitationId === invitationId;
  if (!plan.participants.some(isThis)) throw new ApiError('NOT_FOUND');
  const participants = plan.participants.map((one) => (isThis(one) ? { ...one, ...change(one) } : one));
  return { ...plan, participants };
}

/** A change that fits whatever somebody else has changed meanwhile: made on the newest version if need be. */
async function amend(
  work: Work,
  entry: ReadableEntry,
  change: (plan: Plan) => Plan,
  wish?: WriteWish,
): Promise<ReadableEntry> {
  try {
    return await write(work, change(planOf(entry)), entry, wish);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'VERSION_CONFLICT') throw error;
    const current = await findCurrent(work.client, work.session, entry.stored);
    if (!current) throw new ApiError('NOT_FOUND');
    // The answer to the first attempt was lost: the message is on its way, and is not sent twice.
    if (wish?.now && hasNewDelivery(current, entry, wish.now)) return current;
    return write(work, change(planOf(current)), current, wish);
  }
}

function hasNewDelivery(
  current: ReadableEntry,
  entry: ReadableEntry,
  { invitationId, message }: NonNullable<WriteWish['now']>,
): boolean {
  return current.stored.deliveries.some(
    (one) =>
      one.invitationId === invitationId &&
      one.channel === message.channel &&
      !entry.stored.deliveries.some(({ id }) => id === one.id),
  );
}

async function write(
  work: Work,
  plan: Plan,
  before: ReadableEntry | undefined,
  wish?: WriteWish,
): Promise<ReadableEntry> {
  const written = await withNewestKey(work, async () => {
    const input = await sealPlan(work.session, plan, before, wish);
    const { version } = await send(work, input, before);
    return writtenEntry(work.session, input, version, before);
  });
  work.agenda.put(written);
  void work.agenda.refresh();
  return written;
}

async function send({ client }: Work, input: AppointmentInput, before: ReadableEntry | undefined) {
  return before
    ? client.appointment.reschedule({ ...input, version: before.stored.version })
    : client.appointment.book(input);
}
