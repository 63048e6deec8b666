import type { ConsultationRecord } from '@sprechzimmer/protocol/consultation-record.ts';
import type { RoomWindowRecord } from '@sprechzimmer/protocol/room-window-record.ts';
import { ApiError } from '../api.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { localTime } from '../appointment/calendar-day.ts';
import { recordConsultation } from '../appointment/change.ts';
import { findCurrent } from '../appointment/save.ts';
import type { Work } from '../work.ts';

/**
 * Writes what a consultation was into its appointment's sealed record; once, however often it is handed over.
 * @returns whether there is such an appointment
 * @throws ApiError when it cannot be known or written now
 */
export async function takeRecord(
  work: Work,
  { appointmentId, record, line }: Omit<RoomWindowRecord, 'kind'>,
): Promise<'kept' | 'gone'> {
  const entry = await findEntry(work, appointmentId, record);
  if (!entry) return 'gone';
  if (entry.record.consultations?.some(({ id }) => id === record.id)) return 'kept';
  try {
    const written = await recordConsultation(work, entry, record);
    carryOn(work, written);
    // A figure of the operator's; where it is lost, one is missing.
    if (line) void work.client.consultation.report(line).catch(() => undefined);
    return 'kept';
  } catch (error) {
    if (error instanceof ApiError && error.code === 'NOT_FOUND') return 'gone';
    throw error;
  }
}

async function findEntry(
  { client, session, agenda }: Work,
  id: RoomWindowRecord['appointmentId'],
  { startedAt }: ConsultationRecord,
): Promise<ReadableEntry | undefined> {
  const known = agenda.state.peek().entries.find(({ stored }) => stored.id === id);
  if (known?.kind === 'readable') return known;
  // Its codes open on its own day only, so that is the day on which it was held.
  const { day } = localTime(new Date(startedAt), session.practice.timeZone);
  return findCurrent(client, session, { id, day });
}

/** Whoever writes in this appointment's form meanwhile goes on from here: nothing in its fields is another. */
function carryOn({ views, calendar }: Work, written: ReadableEntry): void {
  const view = views.current.peek();
  calendar.loader.put(written);
  if (view.kind !== 'form') return;
  const { draft } = view.editing;
  const isNext = draft.base?.stored.version === written.stored.version - 1;
  if (draft.id === written.stored.id && isNext && !draft.unanswered) draft.base = written;
}
