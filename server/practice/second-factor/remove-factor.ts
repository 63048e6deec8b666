import type { Db } from '../../db/database.ts';
import type { Context } from '../../http/context.ts';
import { refusal } from '../../http/errors.ts';
import type { SignedIn } from '../authenticate.ts';
import { confirmPassword } from '../confirm-password.ts';
import type { PracticeLimits } from '../limits.ts';
import { recordEvent } from '../record-event.ts';
import { hasSecondFactor } from './use.ts';

/** @throws SIGN_IN_REFUSED for a wrong password, TOO_MANY_ATTEMPTS, NOT_FOUND */
export async function removeTotp(
  context: Pick<Context, 'db' | 'now'>,
  limits: PracticeLimits,
  signedIn: SignedIn,
  password: string,
): Promise<void> {
  await confirmPassword(context, limits, signedIn, password);
  await removeFactor(context, signedIn, async (db) => {
    const deleted = await db.deleteFrom('totp').where('user_id', '=', signedIn.userId).executeTakeFirst();
    return deleted.numDeletedRows > 0n;
  });
}

/** @throws SIGN_IN_REFUSED for a wrong password, TOO_MANY_ATTEMPTS, NOT_FOUND */
export async function removePasskey(
  context: Pick<Context, 'db' | 'now'>,
  limits: PracticeLimits,
  signedIn: SignedIn,
  input: { id: string; password: string },
): Promise<void> {
  await confirmPassword(context, limits, signedIn, input.password);
  await removeFactor(context, signedIn, async (db) => {
    const deleted = await db
      .deleteFrom('passkey')
      .where('id', '=', input.id)
      .where('user_id', '=', signedIn.userId)
      .executeTakeFirst();
    return deleted.numDeletedRows > 0n;
  });
}

/** The recovery codes go with the last factor. */
async function removeFactor(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { practiceId, userId, deviceId }: SignedIn,
  remove: (db: Db) => Promise<boolean>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    if (!(await remove(transaction))) throw refusal('NOT_FOUND');
    if (!(await hasSecondFactor(transaction, userId))) {
      await transaction.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
    }
    const kind = 'second-factor-removed';
    await recordEvent(transaction, { practiceId, kind, userId, deviceId, at: now() });
  });
}
