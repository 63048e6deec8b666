import { type RawBuilder, sql } from 'kysely';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { batch } from './delete-and-log.ts';

/**
 * Which appointments have been kept for long enough: those of days before `today` less the practice's days of retention.
 * Each practice is asked by its own index, so that it costs the same however many appointments are there that stay.
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
  return sql`select expired.row from practice, lateral (
      select appointment.ctid as row from appointment
      where appointment.practice_id = practice.id
        and appointment.day < ${today}::date - least(practice.retention_days, ${maxDays}::integer)
      limit ${batch} for update skip locked
    ) as expired
    where ${practices} limit ${batch}`;
}
