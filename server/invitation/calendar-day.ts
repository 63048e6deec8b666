import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day that a clock on the practice's wall shows at `moment`. `timeZone` must be known to Intl. */
export function calendarDayIn(timeZone: string, moment: Date): CalendarDay {
  let format = formats.get(timeZone);
  if (!format) {
    // The Swedish locale writes a date as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(moment);
}

const longestDayMs = 26 * 3_600_000; // a day is 25 hours long when the clocks go back, 26 nowhere yet

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
