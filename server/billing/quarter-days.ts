import type { Quarter } from '@sprechzimmer/protocol/billing.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { refusal } from '../http/errors.ts';

const [firstYear, lastYear] = [2000, 2100];

/**
 * A quarter's first day, and the first day of the next one.
 * @throws BAD_INPUT for a year that no practice counts in
 */
export function quarterDays(quarter: Quarter): { first: CalendarDay; next: CalendarDay } {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  if (year < firstYear || year > lastYear) throw refusal('BAD_INPUT');
  const dayOf = (quarters: number) => new Date(Date.UTC(year, quarters * 3, 1)).toISOString().slice(0, 10);
  return { first: dayOf(number - 1), next: dayOf(number) };
}
