import type { CalendarDay } from '@sprechzimmer/time/calendar-day.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';

/**
 * When the messages of an appointment's day are due.
 * @param mailTime the practice's, `HH:MM` or `HH:MM:SS`
 */
export function dueOnDay(day: CalendarDay, mailTime: string, timeZone: string): Date {
  return localInstant(day, mailTime.slice(0, 5), timeZone);
}
