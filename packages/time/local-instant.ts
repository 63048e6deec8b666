import type { CalendarDay } from './calendar-day.ts';

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The instants at which a clock on the wall of `timeZone` shows this day and time, in milliseconds since 1970, earliest
 * first: none when the clock is put forward over it, two when it is put back over it.
 * @param time `HH:MM`; `24:00` is the next day's midnight
 */
export function localInstants(day: CalendarDay, time: string, timeZone: string): number[] {
  const wall = wallTime(day, time);
  const offsets = [wall - dayMs, wall + dayMs].map((near) => offsetAt(timeZone, near));
  return [...new Set(offsets.map((offset) => wall - offset))]
    .filter((instant) => instant + offsetAt(timeZone, instant) === wall)
    .sort((a, b) => a - b);
}

/**
 * The one instant that is meant: the first of two, and for a time that is skipped the moment at which the clock is put
 * forward past it (what RFC 5545, 3.3.5 says).
 */
export function localInstant(day: CalendarDay, time: string, timeZone: string): Date {
  const [first] = localInstants(day, time, timeZone);
  if (first !== undefined) return new Date(first);
  const wall = wallTime(day, time);
  return new Date(wall - offsetAt(timeZone, wall - dayMs));
}

/** Whether the clock on the wall never shows this: the night it is put forward. */
export function isSkipped(day: CalendarDay, time: string, timeZone: string): boolean {
  return localInstants(day, time, timeZone).length === 0;
}

/** The wall's clock read as if it were UTC. */
function wallTime(day: CalendarDay, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(timeZone: string, instant: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    const fields = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields, second: 'numeric' });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000;
}
