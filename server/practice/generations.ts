import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';

/**
 * The practice key's generations that live records still have, the newest last: those that the recovery sheet has a
 * wrap of.
 */
export async function liveGenerations(db: Db, practiceId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('recovery_key_wrap')
    .where('practice_id', '=', practiceId)
    .orderBy('generation')
    .select('generation')
    .execute();
  return rows.map((row) => row.generation);
}

export async function newestGeneration(db: Db, practiceId: string): Promise<number> {
  return (await liveGenerations(db, practiceId)).at(-1) ?? 0;
}

/**
 * For whatever writes a sealed record: nothing is sealed with an older key than the newest. No new key can come until
 * the transaction ends; a change of members holds the same row for itself.
 * @param transaction before it has locked anything else
 * @throws VERSION_CONFLICT
 */
export async function checkGeneration(
  transaction: Db,
  practiceId: string,
  generation: number,
): Promise<void> {
  await transaction
    .selectFrom('practice')
    .where('id', '=', practiceId)
    .select('id')
    .forShare()
    .executeTakeFirst();
  if (generation !== (await newestGeneration(transaction, practiceId))) throw refusal('VERSION_CONFLICT');
}

/** Waits for writers of records and keeps new ones, and other changes of members, waiting until the transaction ends. */
export async function lockPractice(transaction: Db, practiceId: string): Promise<void> {
  await transaction
    .selectFrom('practice')
    .where('id', '=', practiceId)
    .select('id')
    .forNoKeyUpdate()
    .executeTakeFirst();
}
