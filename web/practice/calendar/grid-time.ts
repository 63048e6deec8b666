import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { addDays } from '../appointment/calendar-day.ts';
import type { Slot } from './slot.ts';

/*
 * The grid draws the practice's wall clock: it is told every time as if it were UTC, so that neither the browser's zone
 * nor a change of the clock moves anything. 02:30 stands at 02:30, on every day of the year.
 */

/** `2027-03-28T01:30:00Z` to `...T02:00:00Z`, for the grid alone: these are no instants. */
export function gridTimes({ day, time, durationMinutes }: Slot): { start: string; end: string } {
  const start = Date.parse(`${day}T${time}:00Z`);
  return { start: gridTime(start), end: gridTime(start + durationMinutes * 60_000) };
}

export function slotFromGrid(start: Date, end: Date): Slot {
  const [day = '', time = ''] = start.toISOString().split('T');
  const durationMinutes = Math.round((end.getTime() - start.getTime()) / 60_000);
  return { day, time: time.slice(0, 5), durationMinutes };
}

/** The days from `start` until before `end`. */
export function daysFromGrid(start: Date, end: Date): { from: CalendarDay; to: CalendarDay } {
  const [from, after] = [start, end].map((date) => date.toISOString().slice(0, 10)) as [string, string];
  return { from, to: addDays(after, -1) };
}

function gridTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
