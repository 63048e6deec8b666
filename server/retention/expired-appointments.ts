import { type RawBuilder, sql } from 'kysely';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';

/**
 * Which appointments have been kept for long enough: those of days before `today` less the practice's days of retention.
 * @param practices which practices' appointments, of one time zone
 * @param today where these practices are
 */
export function expiredAppointments({
  today,
  maxDays,
  practices,
}: {
  today: CalendarDay;
  maxDays: number;
  practices: RawBuilder<unknown>;
}): RawBuilder<unknown> {
  return sql`exists (select from practice where practice.id = appointment.practice_id and ${practices}
    and appointment.day < ${today}::date - least(practice.retention_days, ${maxDays}::integer))`;
}
