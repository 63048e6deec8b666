import { dayIn, timeOfDayIn } from '@sprechzimmer/design/dates.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';

/** Day and hour on the wall clock of a time zone: `YYYY-MM-DD` and `HH:MM`. */
export type LocalTime = { day: CalendarDay; time: string };

/** @param timeZone IANA name */
export function localTime(now: Date, timeZone: string): LocalTime {
  return { day: dayIn(timeZone, now), time: timeOfDayIn(timeZone, now) };
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  const date = dayAsDate(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Whether the text is a day that exists: `2026-02-30` does not. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = dayAsDate(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** Noon in UTC: format it with `timeZone: 'UTC'` and the day stays the day. */
export function dayAsDate(day: CalendarDay): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
