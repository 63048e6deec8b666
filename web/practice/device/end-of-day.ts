import { timeOfDayIn } from '@sprechzimmer/design/dates.ts';

const dayMs = 86_400_000;

/**
 * The instant at which a calendar day ends in a time zone, to the minute.
 * @param day `YYYY-MM-DD`
 */
export function endOfDay(day: string, timeZone: string): Date {
  const noon = Date.parse(`${day}T12:00:00Z`);
  // What the clocks there show at noon of UTC says how far they are off; the last hour of a day has the day's own offset.
  const late = noon + dayMs / 2 - offsetMs(noon, timeZone);
  return new Date(noon + dayMs / 2 - offsetMs(late, timeZone));
}

function offsetMs(at: number, timeZone: string): number {
  const [hours = 0, minutes = 0] = timeOfDayIn(timeZone, new Date(at)).split(':').map(Number);
  const utc = new Date(at);
  const difference = (hours - utc.getUTCHours()) * 60 + minutes - utc.getUTCMinutes();
  const halfDay = 720;
  // Zones reach from -12 to +14 hours; a clock alone does not tell the day.
  const wrapped = difference > 14 * 60 ? difference - 2 * halfDay : difference;
  return (wrapped < -halfDay ? wrapped + 2 * halfDay : wrapped) * 60_000;
}
