import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from './authenticate.ts';
import { maxUnlockFailures } from './lock.ts';
import { inPasswordSlot, verifyPassword } from './password.ts';
import { recordEvent } from './record-event.ts';

/**
 * Opens a locked session with its user's password; does nothing to one that is open.
 * @throws LOCKED for a wrong password; NOT_SIGNED_IN for the fifth, which has ended the session
 */
export async function unlock(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  password: string,
): Promise<void> {
  const { practiceId, userId, deviceId } = signedIn;
  const attempt = await countAttempt(db, signedIn);
  if (!attempt) return;
  const isRight = await inPasswordSlot(() => verifyPassword(attempt.password_hash ?? undefined, password));
  if (isRight) {
    await locked(db, signedIn).set({ locked_at: null, unlock_failures: 0 }).execute();
    return;
  }
  await recordEvent(db, { practiceId, kind: 'unlock-refused', userId, deviceId, at: now() });
  const attemptsLeft = maxUnlockFailures - attempt.unlock_failures;
  if (attemptsLeft > 0) throw refusal('LOCKED', { attemptsLeft });
  await db
    .deleteFrom('session')
    .where('user_id', '=', userId)
    .where('device_id', '=', deviceId)
    .where('unlock_failures', '>=', maxUnlockFailures)
    .execute();
  throw refusal('NOT_SIGNED_IN');
}

/**
 * Counts before the password is looked at: of guesses sent at once, no more than the allowed ones are looked at.
 * @returns undefined when nothing is locked
 * @throws NOT_SIGNED_IN when there is no attempt left
 */
async function countAttempt(db: Db, signedIn: SignedIn) {
  const counted = await locked(db, signedIn)
    .set((expression) => ({ unlock_failures: expression('unlock_failures', '+', 1) }))
    .where('unlock_failures', '<', maxUnlockFailures)
    .returning('unlock_failures')
    .executeTakeFirst();
  const account = await db
    .selectFrom('practice_user')
    .innerJoin('session', 'session.user_id', 'practice_user.id')
    .where('practice_user.id', '=', signedIn.userId)
    .select(['password_hash', 'locked_at'])
    .executeTakeFirst();
  if (counted && account) return { ...counted, password_hash: account.password_hash };
  if (account && !account.locked_at) return undefined;
  throw refusal('NOT_SIGNED_IN');
}

function locked(db: Db, { userId, deviceId }: SignedIn) {
  return db
    .updateTable('session')
    .where('user_id', '=', userId)
    .where('device_id', '=', deviceId)
    .where('locked_at', 'is not', null);
}
