import type { SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from './authenticate.ts';
import { confirmPassword } from './confirm-password.ts';
import type { PracticeLimits } from './limits.ts';
import { checkNewPassword, hashPassword, inPasswordSlot } from './password.ts';
import { recordEvent } from './record-event.ts';
import { saveProfile } from './save-profile.ts';
import { endSessionElsewhere } from './session.ts';

/**
 * Gives the user a new password, and keeps their key as it is sealed with that one: both or neither.
 * @throws SIGN_IN_REFUSED for a wrong `current`, TOO_MANY_ATTEMPTS, PASSWORD_TOO_SHORT, PASSWORD_BREACHED, BAD_INPUT,
 *   FORBIDDEN for another user's key, VERSION_CONFLICT
 */
export async function changePassword(
  context: Pick<Context, 'db' | 'now'>,
  limits: PracticeLimits,
  signedIn: SignedIn,
  input: { current: string; next: string; userKey: SealedProfile },
): Promise<void> {
  const { practiceId, userId, deviceId } = signedIn;
  if (input.userKey.kind !== 'user-key') throw refusal('BAD_INPUT');
  const currentHash = await confirmPassword(context, limits, signedIn, input.current);
  const { email } = await context.db
    .selectFrom('practice_user')
    .where('id', '=', userId)
    .select('email')
    .executeTakeFirstOrThrow();
  checkNewPassword(input.next, email);
  const nextHash = await inPasswordSlot(() => hashPassword(input.next));
  await context.db.transaction().execute(async (transaction) => {
    await saveProfile(transaction, signedIn, input.userKey);
    const updated = await transaction
      .updateTable('practice_user')
      .set({ password_hash: nextHash })
      .where('id', '=', userId)
      .where('password_hash', '=', currentHash)
      .executeTakeFirst();
    if (updated.numUpdatedRows !== 1n) throw refusal('VERSION_CONFLICT');
    await endSessionElsewhere(transaction, signedIn);
    const at = context.now();
    await recordEvent(transaction, { practiceId, kind: 'password-changed', userId, deviceId, at });
  });
}
