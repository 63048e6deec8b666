import type { Db } from '../db/database.ts';

/**
 * Keeps changes of members waiting until the transaction ends. Who takes this first never waits crosswise with one that
 * removes devices and then users, or the other way round.
 */
export async function holdPractice(transaction: Db, practiceId: string): Promise<void> {
  await transaction
    .selectFrom('practice')
    .where('id', '=', practiceId)
    .select('id')
    .forShare()
    .executeTakeFirst();
}
