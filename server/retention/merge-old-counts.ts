import { type RawBuilder, sql } from 'kysely';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { Db } from '../db/database.ts';

/** Stands in the counts for all practitioners of a practice together. */
export const nobodyId = '00000000-0000-0000-0000-000000000000';

/** So many quarters, the running one among them, can be billed and corrected; by practitioner no longer. */
const billedQuarters = 12;
const dayMs = 86_400_000;

/**
 * Makes one number of the practice out of its practitioners' numbers of months and quarters that nobody bills any more.
 * @returns how many numbers of single practitioners went
 */
export async function mergeOldCounts(db: Db, moment: Date): Promise<number> {
  const before = oldestBilledQuarter(moment);
  const consultations = await merge(db, moment, {
    table: 'consultation_count',
    kind: 'consultation-count',
    before,
    period: sql`month`,
    number: sql`consultations`,
  });
  const cases = await merge(db, moment, {
    table: 'case_count',
    kind: 'case-count',
    before,
    period: sql`quarter`,
    number: sql`cases`,
  });
  return consultations + cases;
}

/** A day later than anywhere on earth: no practice is still in the quarter before. */
function oldestBilledQuarter(moment: Date): CalendarDay {
  const day = new Date(moment.getTime() - dayMs);
  const first = (Math.floor(day.getUTCMonth() / 3) - (billedQuarters - 1)) * 3;
  return new Date(Date.UTC(day.getUTCFullYear(), first, 1)).toISOString().slice(0, 10);
}

type Counts = {
  table: 'consultation_count' | 'case_count';
  kind: 'consultation-count' | 'case-count';
  before: CalendarDay;
  period: RawBuilder<unknown>;
  number: RawBuilder<unknown>;
};

/** One statement: numbers, sum and log line come and go together. */
async function merge(db: Db, at: Date, { table, kind, before, period, number }: Counts): Promise<number> {
  const counts = sql.table(table);
  const { rows } = await sql<{ count: number }>`
    with gone as (
      delete from ${counts} where ${period} < ${before} and practitioner_id <> ${nobodyId}
      returning practice_id, ${period} as period, ${number} as number
    ), kept as (
      insert into ${counts} (practice_id, practitioner_id, ${period}, ${number})
      select practice_id, ${nobodyId}::uuid, period, sum(number)::integer from gone
      group by practice_id, period order by practice_id, period
      on conflict (practice_id, practitioner_id, ${period})
        do update set ${number} = ${counts}.${number} + excluded.${number}
    ), sums as (
      select practice_id, count(*)::integer as count, min(period) as oldest, max(period) as newest
      from gone group by practice_id
    ), logged as (
      insert into deletion_log (at, day, practice_id, kind, rule, count, oldest, newest)
      select ${at}::timestamptz, ${at.toISOString().slice(0, 10)}::date, practice_id, ${kind}, 'merged', count,
        oldest, newest
      from sums order by practice_id
      on conflict (practice_id, practice_hash, kind, rule, day) do update set
        count = deletion_log.count + excluded.count,
        oldest = least(deletion_log.oldest, excluded.oldest),
        newest = greatest(deletion_log.newest, excluded.newest),
        at = greatest(deletion_log.at, excluded.at)
    )
    select coalesce(sum(count), 0)::integer as count from sums`.execute(db);
  return rows[0]?.count ?? 0;
}
