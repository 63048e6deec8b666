import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { isSkipped, localInstant } from '@sprechzimmer/time/local-instant.ts';
import type { Entry, ReadableEntry } from '../appointment/agenda.ts';
import { addDays, localTime, minutesOf } from '../appointment/calendar-day.ts';
import { farthestDays, type FormRules } from '../appointment/form.ts';

/** When an appointment is, on the practice's clock. */
export type Slot = { day: CalendarDay; time: string; durationMinutes: number };

export function slotOf({ stored, record }: ReadableEntry): Slot {
  return { day: stored.day, time: record.time, durationMinutes: record.durationMinutes };
}

export function sameSlot(a: Slot, b: Slot): boolean {
  return a.day === b.day && a.time === b.time && a.durationMinutes === b.durationMinutes;
}

export type SlotProblem =
  'day-past' | 'day-too-far' | 'past-midnight' | 'too-short' | 'too-long' | 'time-skipped' | 'outside-hours';

/** Why an appointment cannot be put there. */
export function slotProblem(
  { day, time, durationMinutes }: Slot,
  { timeZone, now, codeHours }: Pick<FormRules, 'timeZone' | 'now' | 'codeHours'>,
): SlotProblem | undefined {
  const today = localTime(now, timeZone).day;
  if (day < today) return 'day-past';
  if (day > addDays(today, farthestDays)) return 'day-too-far';
  if (isSkipped(day, time, timeZone)) return 'time-skipped';
  if (durationMinutes < 5) return 'too-short';
  if (durationMinutes > 480) return 'too-long';
  const start = minutesOf(time);
  // The code opens on the appointment's day only: nobody could come back in after midnight.
  if (start + durationMinutes > 1440) return 'past-midnight';
  const isOpen = start >= minutesOf(codeHours.from) && start + durationMinutes <= minutesOf(codeHours.until);
  return isOpen ? undefined : 'outside-hours';
}

/**
 * The practitioner's appointments that take place at the same time. One that begins as the other ends does not count;
 * what counts is the time that passes, also in the night when the clock is changed.
 * @param except the appointment itself, while it is changed
 */
export function overlapping(
  entries: Entry[],
  slot: Slot & { practitionerId: UserId },
  timeZone: string,
  except?: string,
): ReadableEntry[] {
  const wanted = spanOf(slot, timeZone);
  return entries
    .filter((entry) => entry.kind === 'readable')
    .filter(({ stored }) => stored.id !== except && stored.practitionerId === slot.practitionerId)
    .filter((entry) => {
      const span = spanOf(slotOf(entry), timeZone);
      return span.from < wanted.until && wanted.from < span.until;
    });
}

/** In milliseconds since 1970. */
function spanOf({ day, time, durationMinutes }: Slot, timeZone: string): { from: number; until: number } {
  const from = localInstant(day, time, timeZone).getTime();
  return { from, until: from + durationMinutes * 60_000 };
}
