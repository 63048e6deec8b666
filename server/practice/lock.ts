import type { Context } from '../http/context.ts';
import type { SignedIn } from './authenticate.ts';
import { recordEvent } from './record-event.ts';

/** As many wrong passwords end a locked session. */
export const maxUnlockFailures = 5;

/** From here on the session gets nothing until `unlock`. Room windows go on: their tickets are their own. */
export async function lock({ db, now }: Pick<Context, 'db' | 'now'>, signedIn: SignedIn): Promise<void> {
  const { practiceId, userId, deviceId } = signedIn;
  await db
    .updateTable('session')
    .set({ locked_at: now(), unlock_failures: 0 })
    .where('user_id', '=', userId)
    .where('device_id', '=', deviceId)
    .where('locked_at', 'is', null)
    .execute();
  await recordEvent(db, { practiceId, kind: 'locked', userId, deviceId, at: now() });
}
