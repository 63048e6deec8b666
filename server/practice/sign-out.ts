import type { Context } from '../http/context.ts';
import { endedSessionCookie } from './session.ts';

/** Ends the user's session. @returns the cookie that takes the browser's away */
export async function signOut({ db, config }: Context, userId: string): Promise<string> {
  await db.deleteFrom('session').where('user_id', '=', userId).execute();
  return endedSessionCookie(config.practiceOrigin);
}
