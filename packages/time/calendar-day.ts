/** A calendar day, `YYYY-MM-DD` (ISO 8601). */
export type CalendarDay = string;

const formats = new Map<string, Intl.DateTimeFormat>();
const dayMs = 86_400_000;

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

export function addDays(day: CalendarDay, days: number): CalendarDay {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** From one day to another; negative when `to` comes first. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

/** Whether `name` is a place's zone that clocks can follow; a fixed offset such as `+0100` is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
