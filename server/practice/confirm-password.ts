import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from './authenticate.ts';
import type { PracticeLimits } from './limits.ts';
import { inPasswordSlot, verifyPassword } from './password.ts';

/**
 * Asks once more for the password of whoever is signed in, for what a session alone must not do.
 * @returns the hash that it fits
 * @throws SIGN_IN_REFUSED, TOO_MANY_ATTEMPTS
 */
export async function confirmPassword(
  { db }: Pick<Context, 'db'>,
  limits: PracticeLimits,
  { userId }: SignedIn,
  password: string,
): Promise<string> {
  const key = `session ${userId}`;
  const refuseWhereExhausted = () => {
    const { allowed, retryAfterSeconds } = limits.accountAndAddress.check(key);
    if (!allowed) throw refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
  };
  refuseWhereExhausted();
  const account = await db
    .selectFrom('practice_user')
    .where('id', '=', userId)
    .select('password_hash')
    .executeTakeFirst();
  return inPasswordSlot(async () => {
    refuseWhereExhausted();
    const passwordHash = account?.password_hash ?? undefined;
    const isRight = await verifyPassword(passwordHash, password);
    if (isRight && passwordHash !== undefined) {
      limits.accountAndAddress.clear(key);
      return passwordHash;
    }
    limits.accountAndAddress.count(key);
    throw refusal('SIGN_IN_REFUSED');
  });
}
