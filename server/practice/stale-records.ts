import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

/** How many of the practice's sealed records have an older generation than `newest`. */
export async function countStale(db: Db, practiceId: string, newest: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (
      (select count(*) from appointment where practice_id = ${practiceId} and generation < ${newest}) +
      (select count(*) from contact where practice_id = ${practiceId} and generation < ${newest}) +
      (select count(*) from profile where practice_id = ${practiceId} and generation < ${newest})
    )::integer as count`.execute(db);
  return rows[0]?.count ?? 0;
}
