import { sql } from 'kysely';
import type { DeletionKind, DeletionRule } from '@sprechzimmer/protocol/retention.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { Db } from '../db/database.ts';

/** One line of the deletion log; a practice that is gone is known by `practiceHash` alone. */
export type DeletionLine = {
  practiceId: string | null;
  practiceHash?: Buffer;
  kind: DeletionKind;
  rule: DeletionRule;
  count: number;
  oldest?: CalendarDay | null;
  newest?: CalendarDay | null;
};

/**
 * Writes down what was deleted, within the transaction that deletes it. What one practice loses by one rule on one day
 * (UTC) is one line, however often it is added to; of nothing there is no line.
 */
export async function logDeletions(transaction: Db, at: Date, lines: DeletionLine[]): Promise<void> {
  const rows = lines
    .filter(({ count }) => count > 0)
    .map(({ practiceId, practiceHash, oldest, newest, ...line }) => ({
      ...line,
      at,
      day: at.toISOString().slice(0, 10),
      practice_id: practiceId,
      practice_hash: practiceHash ?? null,
      oldest: oldest ?? null,
      newest: newest ?? null,
    }));
  if (rows.length === 0) return;
  await transaction
    .insertInto('deletion_log')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['practice_id', 'practice_hash', 'kind', 'rule', 'day']).doUpdateSet({
        count: sql<number>`deletion_log.count + excluded.count`,
        oldest: sql<string>`least(deletion_log.oldest, excluded.oldest)`,
        newest: sql<string>`greatest(deletion_log.newest, excluded.newest)`,
        at: sql<Date>`greatest(deletion_log.at, excluded.at)`,
      }),
    )
    .execute();
}
