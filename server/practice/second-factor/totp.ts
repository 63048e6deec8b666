import { randomBytes } from 'node:crypto';
import type { Context } from '../../http/context.ts';
import { refusal } from '../../http/errors.ts';
import type { SignedIn } from '../authenticate.ts';
import { confirmPassword } from '../confirm-password.ts';
import type { PracticeLimits } from '../limits.ts';
import { addFactor } from './add-factor.ts';
import { totpOf, totpStep } from './totp-code.ts';

const secretBytes = 20;

/**
 * A new secret for an authenticator app, in place of one that was never confirmed.
 * @returns the secret as base32, and as the address that a QR code shows
 * @throws SIGN_IN_REFUSED for a wrong password, TOO_MANY_ATTEMPTS; VERSION_CONFLICT when the user has an app already
 */
export async function beginTotp(
  context: Pick<Context, 'db'>,
  limits: PracticeLimits,
  signedIn: SignedIn,
  password: string,
): Promise<{ secret: string; address: string }> {
  const { db } = context;
  await confirmPassword(context, limits, signedIn, password);
  const secret = randomBytes(secretBytes);
  const begun = await db
    .insertInto('totp')
    .values({ user_id: signedIn.userId, secret })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ secret, last_used_step: null })
        .where('totp.confirmed_at', 'is', null),
    )
    .executeTakeFirst();
  if (begun.numInsertedOrUpdatedRows !== 1n) throw refusal('VERSION_CONFLICT');
  const { email } = await db
    .selectFrom('practice_user')
    .where('id', '=', signedIn.userId)
    .select('email')
    .executeTakeFirstOrThrow();
  const totp = totpOf(secret, email);
  return { secret: totp.secret.base32, address: totp.toString() };
}

/**
 * The app shows the right codes, so from now on they are asked for. The code shown is used up.
 * @throws CODE_WRONG; NOT_FOUND when there is nothing to confirm
 */
export async function confirmTotp(
  context: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  code: string,
): Promise<{ recoveryCodes: string[] }> {
  const { userId } = signedIn;
  const pending = await context.db
    .selectFrom('totp')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is', null)
    .select('secret')
    .executeTakeFirst();
  if (!pending) throw refusal('NOT_FOUND');
  const step = totpStep(pending.secret, code, context.now());
  // The secret is the user's own: there is nothing to guess, so there is always another attempt.
  if (step === undefined) throw refusal('CODE_WRONG', { attemptsLeft: 1 });
  return addFactor(context, signedIn, async (db) => {
    const confirmed = await db
      .updateTable('totp')
      .set({ confirmed_at: context.now(), last_used_step: String(step) })
      .where('user_id', '=', userId)
      .where('secret', '=', pending.secret)
      .where('confirmed_at', 'is', null)
      .executeTakeFirst();
    if (confirmed.numUpdatedRows !== 1n) throw refusal('NOT_FOUND');
  });
}
