import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { Entry, ReadableEntry } from '../appointment/agenda.ts';
import { openEntry } from '../appointment/record.ts';
import type { Work } from '../work.ts';
import { overlapping, slotOf } from './slot.ts';

/** One practitioner's appointments of a day. @throws ApiError */
export async function entriesOf(
  { client, session }: Work,
  practitionerId: string,
  day: CalendarDay,
): Promise<Entry[]> {
  const { appointments } = await client.appointment.list({ from: day, to: day });
  const own = appointments.filter((stored) => stored.practitionerId === practitionerId);
  return Promise.all(own.map((stored) => openEntry(session, stored)));
}

/** What the practitioner of an appointment has at the same time besides it. @throws ApiError */
export async function findOverlapping(work: Work, entry: ReadableEntry): Promise<ReadableEntry[]> {
  const { id, day, practitionerId } = entry.stored;
  const entries = await entriesOf(work, practitionerId, day);
  return overlapping(entries, { ...slotOf(entry), practitionerId }, work.session.practice.timeZone, id);
}
