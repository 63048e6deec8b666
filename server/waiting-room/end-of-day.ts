import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';

const longestDayMs = 26 * 3_600_000; // 25 hours when the clocks go back, and one to spare

/** The first moment of the next calendar day in `timeZone`, to the millisecond; clock changes included. */
export function endOfDayIn(timeZone: string, moment: Date): Date {
  const today = calendarDayIn(timeZone, moment);
  let before = moment.getTime();
  let after = before + longestDayMs;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (calendarDayIn(timeZone, new Date(middle)) === today) before = middle;
    else after = middle;
  }
  return new Date(after);
}
