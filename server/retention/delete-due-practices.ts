import type { Db } from '../db/database.ts';
import { deletePractice } from './delete-practice.ts';

/** Deletes the practices whose main users wanted it and did not take it back in time. @returns how many */
export async function deleteDuePractices(db: Db, moment: Date): Promise<number> {
  const due = await db
    .selectFrom('practice_deletion')
    .where('due_at', '<=', moment)
    .orderBy('practice_id')
    .select('practice_id')
    .execute();
  let deleted = 0;
  for (const { practice_id } of due) {
    if (await deleteIfStillDue(db, practice_id, moment)) deleted += 1;
  }
  return deleted;
}

/** Whoever takes it back at this very moment waits for the row, or has it first. */
async function deleteIfStillDue(db: Db, practiceId: string, moment: Date): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const still = await transaction
      .selectFrom('practice_deletion')
      .where('practice_id', '=', practiceId)
      .where('due_at', '<=', moment)
      .select('practice_id')
      .forUpdate()
      .executeTakeFirst();
    return still !== undefined && deletePractice(transaction, practiceId, 'by-practice', moment);
  });
}
