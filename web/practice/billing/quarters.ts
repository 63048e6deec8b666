import type { Quarter } from '@sprechzimmer/protocol/billing.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';

/** The quarter of a day and those before it, the newest first. */
export function quartersUntil(day: CalendarDay, count: number): Quarter[] {
  const newest = Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);
  return Array.from({ length: count }, (_, index) => {
    const number = newest - index;
    return `${Math.floor(number / 4)}-Q${(number % 4) + 1}`;
  });
}
