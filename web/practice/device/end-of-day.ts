import { dayIn, timeOfDayIn } from '@sprechzimmer/design/dates.ts';

const dayMs = 86_400_000;

/**
 * The instant at which a calendar day ends in a time zone.
 * @param day `YYYY-MM-DD`
 */
export function endOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`) + dayMs;
  // The first offset may be that of before a change of the clocks; the instant it leads to has the right one.
  const near = midnight - offsetMs(midnight, timeZone);
  return new Date(midnight - offsetMs(near, timeZone));
}

/** How far the clocks there are ahead of UTC, to the minute. */
function offsetMs(at: number, timeZone: string): number {
  const instant = new Date(at);
  const shown = Date.parse(`${dayIn(timeZone, instant)}T${timeOfDayIn(timeZone, instant)}:00Z`);
  return shown - Math.floor(at / 60_000) * 60_000;
}
