import type { Db } from '../db/database.ts';
import { fromWire } from '../http/wire-bytes.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';
import { endSessionsOf } from './end-sessions.ts';

type Changes = Change<'reset-user' | 'change-role' | 'deactivate-user' | 'reactivate-user'>;

/** What the main user changes of another; of the main user the log's rules and the table's check allow none. */
export async function changeUser({ db, action, extras }: Changes): Promise<SecurityEventKind> {
  const { userId } = action;
  switch (action.kind) {
    case 'reset-user':
      await resetUser(db, userId, fromWire(extras.activationLocatorHash ?? ''));
      break;
    case 'change-role':
      await db.updateTable('practice_user').set({ role: action.role }).where('id', '=', userId).execute();
      // An assistant holds no consultation, so no call window of theirs comes back.
      await db.deleteFrom('host_ticket').where('user_id', '=', userId).execute();
      break;
    case 'deactivate-user':
      await setState(db, userId, 'deactivated');
      await endSessionsOf(db, userId);
      break;
    case 'reactivate-user':
      await setState(db, userId, 'active');
      break;
    default:
      return action satisfies never;
  }
  return 'user-changed';
}

/** A forgotten password or a lost second factor: the paper in their hand is what counts from now on. */
async function resetUser(db: Db, userId: string, locatorHash: Buffer): Promise<void> {
  await db
    .updateTable('practice_user')
    .set({ state: 'invited', password_hash: null, activation_locator_hash: locatorHash })
    .where('id', '=', userId)
    .execute();
  await endSessionsOf(db, userId);
  await db.deleteFrom('profile').where('kind', '=', 'user-key').where('id', '=', userId).execute();
  await db.deleteFrom('totp').where('user_id', '=', userId).execute();
  await db.deleteFrom('passkey').where('user_id', '=', userId).execute();
  await db.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
}

async function setState(db: Db, userId: string, state: 'active' | 'deactivated'): Promise<void> {
  await db.updateTable('practice_user').set({ state }).where('id', '=', userId).execute();
}
