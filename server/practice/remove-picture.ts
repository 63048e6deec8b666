import type { Db } from '../db/database.ts';
import type { SignedIn } from './authenticate.ts';

/** Takes the user's own picture away, if there is one. */
export async function removePicture(db: Db, { practiceId, userId }: SignedIn): Promise<void> {
  await db
    .deleteFrom('profile')
    .where('practice_id', '=', practiceId)
    .where('kind', '=', 'picture')
    .where('id', '=', userId)
    .execute();
}
