import type { Db } from '../db/database.ts';
import type { SignedIn } from './authenticate.ts';
import { requireMain } from './require-main.ts';

/**
 * Whether all users of the practice should have a second factor; whoever has none is asked to set one up.
 * @throws FORBIDDEN
 */
export async function requireSecondFactor(db: Db, signedIn: SignedIn, isRequired: boolean): Promise<void> {
  requireMain(signedIn);
  await db
    .updateTable('practice')
    .set({ second_factor_required: isRequired })
    .where('id', '=', signedIn.practiceId)
    .execute();
}
