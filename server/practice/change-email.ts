import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from './authenticate.ts';
import { confirmPassword } from './confirm-password.ts';
import type { PracticeLimits } from './limits.ts';
import { recordEvent } from './record-event.ts';
import { isUniqueViolation } from './unique-violation.ts';

/**
 * Changes the address that a user signs in with: one's own, or as the main user anybody's.
 * @param input `password` is that of whoever is signed in
 * @throws FORBIDDEN, NOT_FOUND, EMAIL_TAKEN, SIGN_IN_REFUSED for a wrong password, TOO_MANY_ATTEMPTS
 */
export async function changeEmail(
  context: Pick<Context, 'db' | 'now'>,
  limits: PracticeLimits,
  signedIn: SignedIn,
  input: { userId: string; email: string; password: string },
): Promise<void> {
  const { practiceId, userId, deviceId } = signedIn;
  if (!signedIn.isMain && input.userId !== userId) throw refusal('FORBIDDEN');
  await confirmPassword(context, limits, signedIn, input.password);
  try {
    const updated = await context.db
      .updateTable('practice_user')
      .set({ email: input.email.trim().toLowerCase() })
      .where('id', '=', input.userId)
      .where('practice_id', '=', practiceId)
      .executeTakeFirst();
    if (updated.numUpdatedRows !== 1n) throw refusal('NOT_FOUND');
  } catch (error) {
    if (isUniqueViolation(error)) throw refusal('EMAIL_TAKEN');
    throw error;
  }
  await recordEvent(context.db, { practiceId, kind: 'user-changed', userId, deviceId, at: context.now() });
}
