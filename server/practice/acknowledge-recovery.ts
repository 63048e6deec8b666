import type { Db } from '../db/database.ts';
import type { SignedIn } from './authenticate.ts';

/** The user has read that a recovery took place. */
export async function acknowledgeRecovery(db: Db, { userId }: SignedIn): Promise<void> {
  await db.updateTable('practice_user').set({ recovered_at: null }).where('id', '=', userId).execute();
}
