import { type RawBuilder, sql } from 'kysely';
import type { DeletionKind, DeletionRule } from '@sprechzimmer/protocol/retention.ts';
import type { Db } from '../db/database.ts';
import type { Database } from '../db/schema.ts';

export type Sweeping = {
  table: keyof Database;
  kind: DeletionKind;
  rule: DeletionRule;
  /** The day that a row is of. */
  day: RawBuilder<unknown>;
  /** One line of the log for all practices together: rows that live for minutes or hours and say nothing of a practice. */
  ofAll?: boolean;
} & (
  | {
      /** Which rows go. */
      where: RawBuilder<unknown>;
    }
  | {
      /** Selects the `ctid` of each row that goes, a batch of them at most, with `for update skip locked`. */
      rows: RawBuilder<unknown>;
    }
);

/** Few enough that nobody waits for their locks. */
export const batch = 2_000;

/**
 * Deletes the rows and counts them in the deletion log, so many at a time, each batch with its lines in one statement: a
 * server that is killed has done both or neither. Rows that somebody else has in hand are left to them: two servers at
 * once share the work, and neither counts what the other deletes.
 * @returns how many rows went
 */
export async function deleteAndLog(db: Db, at: Date, sweeping: Sweeping): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await deleteBatch(db, at, sweeping);
    total += count;
    if (count < batch) return total;
  }
}

async function deleteBatch(db: Db, at: Date, sweeping: Sweeping): Promise<number> {
  const { table, kind, rule, day, ofAll } = sweeping;
  const which = 'rows' in sweeping ? sweeping.rows : rowsWhere(table, sweeping.where);
  const practice = ofAll ? sql`null::uuid` : sql`practice_id`;
  const utcDay = at.toISOString().slice(0, 10);
  const { rows } = await sql<{ count: number }>`
    with gone as (
      delete from ${sql.table(table)} where ctid = any(array(${which}))
      returning ${practice} as practice_id, ${day} as of_day
    ), sums as (
      select practice_id, count(*)::integer as count, min(of_day) as oldest, max(of_day) as newest
      from gone group by practice_id
    ), logged as (
      insert into deletion_log (at, day, practice_id, kind, rule, count, oldest, newest)
      select ${at}::timestamptz, ${utcDay}::date, practice_id, ${kind}, ${rule}, count, oldest, newest
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

/** The rows of a table that fulfil a condition. */
function rowsWhere(table: keyof Database, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select ctid from ${sql.table(table)} where ${condition} limit ${batch} for update skip locked`;
}
