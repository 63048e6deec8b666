import { refusal } from '../http/errors.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';
import { endSessionsAt } from './end-sessions.ts';

/** Shuts a device out for a while; it keeps its keys. @throws BAD_INPUT for an end in the past */
export async function suspendDevice(change: Change<'suspend-device'>): Promise<SecurityEventKind> {
  const { db, practiceId, action, extras, now } = change;
  const until = extras.suspendedUntil ? new Date(extras.suspendedUntil) : null;
  if (until && until <= now) throw refusal('BAD_INPUT');
  await db
    .updateTable('device')
    .set({ is_suspended: true, suspended_until: until })
    .where('id', '=', action.deviceId)
    .where('practice_id', '=', practiceId)
    .execute();
  await endSessionsAt(db, action.deviceId);
  return 'device-suspended';
}

export async function resumeDevice(change: Change<'resume-device'>): Promise<SecurityEventKind> {
  const { db, practiceId, action } = change;
  await db
    .updateTable('device')
    .set({ is_suspended: false, suspended_until: null })
    .where('id', '=', action.deviceId)
    .where('practice_id', '=', practiceId)
    .execute();
  return 'device-resumed';
}
