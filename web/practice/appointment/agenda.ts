import type { AppointmentRecord, StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { type LocalTime, minutesOf } from './calendar-day.ts';

/** One appointment as this browser can show it. */
export type Entry = ReadableEntry | UnreadableEntry;
export type ReadableEntry = { kind: 'readable'; stored: StoredAppointment; record: AppointmentRecord };
/** Sealed with a key that this device does not have, or damaged. */
type UnreadableEntry = { kind: 'unreadable'; stored: StoredAppointment };

export type AgendaDay = { day: CalendarDay; entries: Entry[] };

/** Days in order, each with its appointments by hour; what cannot be read stands last. Days without any are left out. */
export function groupByDay(entries: Entry[]): AgendaDay[] {
  const days = Map.groupBy(entries, (entry) => entry.stored.day);
  return [...days]
    .map(([day, ofDay]) => ({ day, entries: ofDay.toSorted(byHour) }))
    .toSorted((a, b) => compare(a.day, b.day));
}

/** The first appointment of today that is not over yet. */
export function nextEntry(entries: Entry[], now: LocalTime): ReadableEntry | undefined {
  return entries
    .filter((entry) => entry.kind === 'readable')
    .filter(({ stored, record }) => stored.day === now.day && !isOver(record, now.time))
    .toSorted(byHour)[0];
}

/** Whom an appointment is with. */
export function namesOf(entry: ReadableEntry): string {
  return entry.record.participants.map(({ name }) => name).join(', ');
}

export function isOver(record: AppointmentRecord, time: string): boolean {
  return minutesOf(record.time) + record.durationMinutes <= minutesOf(time);
}

function byHour(a: Entry, b: Entry): number {
  return compare(hourKey(a), hourKey(b)) || compare(a.stored.id, b.stored.id);
}

function hourKey(entry: Entry): string {
  return entry.kind === 'readable' ? entry.record.time : '~';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
