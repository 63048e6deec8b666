import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { DeletionKind, DeletionRule } from '@sprechzimmer/protocol/retention.ts';
import type { Db } from '../db/database.ts';
import { type DeletionLine, logDeletions } from '../practice/log-deletions.ts';

/** What the log counts of a practice that goes; everything else goes with it all the same. */
const counted = [
  ['practice', 'practice', sql`id`, sql`created_at`],
  ['user', 'practice_user', sql`practice_id`, sql`created_at`],
  ['device', 'device', sql`practice_id`, sql`created_at`],
  ['appointment', 'appointment', sql`practice_id`, sql`day`],
  ['contact', 'contact', sql`practice_id`, sql`null::date`],
  ['security-event', 'security_event', sql`practice_id`, sql`at`],
  ['consultation-count', 'consultation_count', sql`practice_id`, sql`month`],
  ['case-count', 'case_count', sql`practice_id`, sql`quarter`],
] as const satisfies [DeletionKind, string, unknown, unknown][];

/**
 * Deletes a practice and everything that is its own: all tables' rows go with the practice's row. What stays are the
 * deletion log and the operator's, which from then on know the practice only by a hash of its random id.
 * @param db a transaction, or what one can be begun on
 * @returns false when there is no such practice
 */
export async function deletePractice(
  db: Db,
  practiceId: string,
  rule: Extract<DeletionRule, 'by-practice' | 'operator'>,
  at: Date = new Date(),
): Promise<boolean> {
  if (!db.isTransaction) {
    return db.transaction().execute((transaction) => deletePractice(transaction, practiceId, rule, at));
  }
  const practice = await db
    .selectFrom('practice')
    .where('id', '=', practiceId)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (!practice) return false;
  const practiceHash = hashOfPractice(practiceId);
  const lines = await countLines(db, practiceId);
  await db.deleteFrom('practice').where('id', '=', practiceId).execute();
  await db
    .updateTable('admin_log')
    .set({ practice_id: null, practice_hash: practiceHash })
    .where('practice_id', '=', practiceId)
    .execute();
  // After the rows: a sweep that was still counting some of them has written its lines by now.
  await db
    .updateTable('deletion_log')
    .set({ practice_id: null, practice_hash: practiceHash })
    .where('practice_id', '=', practiceId)
    .execute();
  await logDeletions(
    db,
    at,
    lines.map((line) => ({ ...line, practiceId: null, practiceHash, rule })),
  );
  return true;
}

/** How the deletion log calls a practice that is gone: SHA-256 of its id in small letters. */
export function hashOfPractice(practiceId: string): Buffer {
  return createHash('sha256').update(practiceId.toLowerCase()).digest();
}

type Line = Pick<DeletionLine, 'kind' | 'count' | 'oldest' | 'newest'>;

async function countLines(db: Db, practiceId: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [kind, table, owner, day] of counted) {
    const { rows } = await sql<Omit<Line, 'kind'>>`
      select count(*)::integer as count, min(${day})::date as oldest, max(${day})::date as newest
      from ${sql.table(table)} where ${owner} = ${practiceId}`.execute(db);
    lines.push(...rows.map((row) => ({ ...row, kind })));
  }
  return lines;
}
