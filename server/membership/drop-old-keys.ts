import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockPractice, newestGeneration } from '../practice/generations.ts';
import { countStale } from '../practice/stale-records.ts';

/**
 * Ends the wraps of all keys but the newest, once no record needs an older one any more.
 * @returns how many records do
 */
export async function dropOldKeys(transaction: Db, practiceId: string): Promise<number> {
  await lockPractice(transaction, practiceId);
  const newest = await newestGeneration(transaction, practiceId);
  const remaining = await countStale(transaction, practiceId, newest);
  if (remaining > 0) return remaining;
  await sql`
    delete from practice_key_wrap using device
    where device.id = device_id and practice_id = ${practiceId} and generation < ${newest}`.execute(
    transaction,
  );
  await transaction
    .deleteFrom('recovery_key_wrap')
    .where('practice_id', '=', practiceId)
    .where('generation', '<', newest)
    .execute();
  return 0;
}
