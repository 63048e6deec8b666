import { verifyLog } from '@sprechzimmer/membership/log.ts';
import type { Db } from '../db/database.ts';
import { toWire } from '../http/wire-bytes.ts';
import { readLog } from './membership-log.ts';

/**
 * Whether the practice's own log has let the device in, with the very key that stands in its row: a row that somebody
 * put into the table is no device.
 */
export async function isMemberDevice(
  db: Db,
  practiceId: string,
  device: { id: string; signKey: Buffer },
): Promise<boolean> {
  try {
    const { membership } = await verifyLog(await readLog(db, practiceId), practiceId);
    return membership.devices.get(device.id)?.keys.signKey === toWire(device.signKey);
  } catch {
    return false; // a log that does not hold has no members
  }
}
