import type { Context } from '../http/context.ts';
import type { SignedIn } from './authenticate.ts';
import { recordEvent } from './record-event.ts';
import { endedSessionCookie } from './session.ts';

/** Ends the user's session. @returns the cookie that takes the browser's away */
export async function signOut(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  { practiceId, userId, deviceId }: SignedIn,
): Promise<string> {
  await db.deleteFrom('session').where('user_id', '=', userId).execute();
  await recordEvent(db, { practiceId, kind: 'signed-out', userId, deviceId, at: now() });
  return endedSessionCookie(config.practiceOrigin);
}
