import { logDeletions } from '../practice/log-deletions.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';
import { endSessionsAt } from './end-sessions.ts';

/** Takes a device out for good: its wraps and sessions go with it by the tables' cascade. */
export async function removeDevice(change: Change<'remove-device'>): Promise<SecurityEventKind> {
  const { db, practiceId, action, now } = change;
  await endSessionsAt(db, action.deviceId);
  const deleted = await db
    .deleteFrom('device')
    .where('id', '=', action.deviceId)
    .where('practice_id', '=', practiceId)
    .executeTakeFirst();
  const line = { practiceId, kind: 'device', rule: 'by-practice' } as const;
  await logDeletions(db, now, [{ ...line, count: Number(deleted.numDeletedRows) }]);
  await db
    .deleteFrom('profile')
    .where('practice_id', '=', practiceId)
    .where('kind', '=', 'device')
    .where('id', '=', action.deviceId)
    .execute();
  return 'device-removed';
}
