import type { Db } from '../db/database.ts';

/** Signs out whoever is at the device, call windows opened there included. */
export async function endSessionsAt(db: Db, deviceId: string): Promise<void> {
  const users = db.selectFrom('session').where('device_id', '=', deviceId).select('user_id');
  await db.deleteFrom('host_ticket').where('user_id', 'in', users).execute();
  await db.deleteFrom('session').where('device_id', '=', deviceId).execute();
}

/** Signs the user out everywhere; no call window of theirs comes back either. */
export async function endSessionsOf(db: Db, userId: string): Promise<void> {
  await db.deleteFrom('host_ticket').where('user_id', '=', userId).execute();
  await db.deleteFrom('session').where('user_id', '=', userId).execute();
}
