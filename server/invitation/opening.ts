import type { CalendarDay, CodeHours } from '@sprechzimmer/protocol/values.ts';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';

/** A right code at the wrong time, and what its page may say then. */
export type ClosedCode =
  | { kind: 'not-today'; day: CalendarDay; isOver: boolean; card: string }
  | { kind: 'closed-now'; day: CalendarDay; card: string; hours: CodeHours };

/** What a code's row says about when it opens. */
type CodeRow = { day: CalendarDay; card: Buffer; time_zone: string };

/** The day rule: a code opens on its day in the practice's time zone, within the operator's hours. */
export function closedNow(row: CodeRow, hours: CodeHours, now: Date): ClosedCode | undefined {
  const { day, time_zone: timeZone } = row;
  const card = row.card.toString('base64url');
  const today = calendarDayIn(timeZone, now);
  if (day !== today) return { kind: 'not-today', day, isOver: day < today, card };
  const isOpen =
    localInstant(day, hours.from, timeZone) <= now && now < localInstant(day, hours.until, timeZone);
  return isOpen ? undefined : { kind: 'closed-now', day, card, hours };
}
