import type { Db } from '../db/database.ts';

/** Whether the practice has this contact; another practice's counts as none. */
export async function contactExists(db: Db, practiceId: string, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('contact')
    .where('id', '=', id)
    .where('practice_id', '=', practiceId)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}
