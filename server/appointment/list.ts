import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { toWire } from '../http/wire-bytes.ts';
import { daysBetween } from '@sprechzimmer/time/calendar-day.ts';

const maxDays = 62;

/**
 * The practice's appointments, by day.
 * @throws BAD_INPUT for a range that is turned round or too long
 */
export async function listAppointments(
  db: Db,
  practiceId: string,
  { from, to }: { from: CalendarDay; to: CalendarDay },
) {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > maxDays) throw refusal('BAD_INPUT');
  const rows = await db
    .selectFrom('appointment')
    .where('practice_id', '=', practiceId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('id')
    .select(['id', 'practitioner_id as practitionerId', 'day', 'version', 'generation', 'sealed'])
    .execute();
  return { appointments: rows.map((row) => ({ ...row, sealed: toWire(row.sealed) })) };
}
