import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';
import { endSessionsAt } from './end-sessions.ts';

/** Takes a device out for good: its wraps and sessions go with it by the tables' cascade. */
export async function removeDevice(change: Change<'remove-device'>): Promise<SecurityEventKind> {
  const { db, practiceId, action } = change;
  await endSessionsAt(db, action.deviceId);
  await db
    .deleteFrom('device')
    .where('id', '=', action.deviceId)
    .where('practice_id', '=', practiceId)
    .execute();
  await db
    .deleteFrom('profile')
    .where('practice_id', '=', practiceId)
    .where('kind', '=', 'device')
    .where('id', '=', action.deviceId)
    .execute();
  return 'device-removed';
}
