import type { Db } from '../db/database.ts';

/** Whether the practice has this appointment; another practice's counts as none. */
export async function exists(db: Db, practiceId: string, appointmentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('appointment')
    .where('id', '=', appointmentId)
    .where('practice_id', '=', practiceId)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}
