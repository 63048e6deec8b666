import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { liveGenerations } from '../practice/generations.ts';
import { insertWraps, isEachWrap } from '../practice/key-wraps.ts';
import { insertProfiles } from '../practice/profiles.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';
import { checkProfile } from './extras.ts';

/**
 * Lets a device in whose code was typed at the approving one, and gives it each live key.
 * @throws NOT_FOUND, EXPIRED, FORBIDDEN for a request that this device has not matched, BAD_INPUT
 */
export async function approveDevice(change: Change<'approve-device'>): Promise<SecurityEventKind> {
  const { db, practiceId, action, extras, after, now } = change;
  const { id, signKey, agreeKey } = action.device;
  await takeRequest(change);
  if (!isEachWrap(extras.wraps, [id], await liveGenerations(db, practiceId))) throw refusal('BAD_INPUT');
  checkProfile(extras.profiles, { kind: 'device', id, generation: after.generation });
  await insertDevice(db, practiceId, { id, signKey, agreeKey, now });
  await insertWraps(db, practiceId, extras.wraps);
  await insertProfiles(db, practiceId, extras.profiles);
  return 'device-approved';
}

/** The request is the practice's, matched at this very device, with these very keys, and in time. */
async function takeRequest(change: Change<'approve-device'>): Promise<void> {
  const { db, practiceId, by, action, extras, now } = change;
  const request = await db
    .selectFrom('device_request')
    .where('id', '=', extras.requestId ?? '')
    .where('practice_id', '=', practiceId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst();
  if (!request) throw refusal('NOT_FOUND');
  const isOver = request.state === 'approved' || request.state === 'declined';
  if (isOver || request.expires_at <= now) throw refusal('EXPIRED');
  if (request.state !== 'matched' || request.matched_by !== by.deviceId) throw refusal('FORBIDDEN');
  const { id, signKey, agreeKey } = action.device;
  const isSame =
    request.device_id === id &&
    request.sign_key.equals(fromWire(signKey)) &&
    request.agree_key.equals(fromWire(agreeKey));
  if (!isSame) throw refusal('BAD_INPUT');
  await db.updateTable('device_request').set({ state: 'approved' }).where('id', '=', request.id).execute();
}

export async function insertDevice(
  db: Db,
  practiceId: string,
  device: { id: string; signKey: string; agreeKey: string; now: Date },
): Promise<void> {
  await db
    .insertInto('device')
    .values({
      id: device.id,
      practice_id: practiceId,
      sign_key: fromWire(device.signKey),
      agree_key: fromWire(device.agreeKey),
      created_at: device.now,
    })
    .execute();
}
