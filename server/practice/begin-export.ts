import type { Context } from '../http/context.ts';
import type { SignedIn } from './authenticate.ts';
import { confirmPassword } from './confirm-password.ts';
import type { PracticeLimits } from './limits.ts';
import { recordEvent } from './record-event.ts';
import { requireMain } from './require-main.ts';

/**
 * Asks for the password before a device writes the practice's data into a file, and lets the practice know of it. What
 * comes then is read as every signed-in user may read it: this is a line in the log, not a lock.
 * @throws FORBIDDEN, SIGN_IN_REFUSED for a wrong password, TOO_MANY_ATTEMPTS
 */
export async function beginExport(
  context: Pick<Context, 'db' | 'now'>,
  limits: PracticeLimits,
  signedIn: SignedIn,
  password: string,
): Promise<void> {
  requireMain(signedIn);
  await confirmPassword(context, limits, signedIn, password);
  const { practiceId, userId, deviceId } = signedIn;
  await recordEvent(context.db, { practiceId, kind: 'data-exported', userId, deviceId, at: context.now() });
}
