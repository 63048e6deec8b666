import { randomUUID } from 'node:crypto';
import { importAgreeKey, verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import {
  type DeviceRequest,
  deviceRequestLifetimeMs,
  type DeviceRequestId,
} from '@sprechzimmer/protocol/device.ts';
import { signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { useChallenge } from '../practice/challenge.ts';
import { type Account, withCredentials } from '../practice/check-credentials.ts';
import type { PracticeLimits } from '../practice/limits.ts';
import { recordEvent } from '../practice/record-event.ts';

/** So many requests of one user may be open at a time. */
const maxOpen = 5;

/**
 * Notes that a browser wants to become a device of the practice whose user knows the password. Nothing of the practice is
 * told.
 * @throws BAD_INPUT, ALREADY_REGISTERED for a device that there is, SIGN_IN_REFUSED, SECOND_FACTOR_NEEDED,
 *   TOO_MANY_ATTEMPTS
 */
export async function requestDevice(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  limits: PracticeLimits,
  input: DeviceRequest,
  addressKey: string,
): Promise<{ requestId: DeviceRequestId; expiresAt: string }> {
  const { device, email, password, secondFactor } = input;
  await importAgreeKey(fromWire(device.agreeKey)).catch(() => {
    throw refusal('BAD_INPUT');
  });
  const isFresh = await useChallenge(context.db, fromWire(input.challenge), context.now());
  const proof = signInProof('request-device', email, device.id, input.challenge);
  const isSigned = await verifyText(fromWire(device.signKey), proof, fromWire(input.signature));
  const credentials = { email, password, secondFactor, addressKey, isProven: isSigned && isFresh };
  return withCredentials(context, limits, credentials, (transaction, account) =>
    insertRequest(transaction, input, account, context.now()),
  );
}

async function insertRequest(db: Db, input: DeviceRequest, account: Account, now: Date) {
  const { practiceId, userId } = account;
  await checkOpenRequests(db, userId, now);
  const { device } = input;
  const known = await db.selectFrom('device').where('id', '=', device.id).select('id').executeTakeFirst();
  if (known) throw refusal('ALREADY_REGISTERED');
  const requestId = randomUUID() as DeviceRequestId;
  const expiresAt = new Date(now.getTime() + deviceRequestLifetimeMs);
  await db
    .insertInto('device_request')
    .values({
      id: requestId,
      practice_id: practiceId,
      user_id: userId,
      device_id: device.id,
      sign_key: fromWire(device.signKey),
      agree_key: fromWire(device.agreeKey),
      browser: input.browser,
      locator_hash: fromWire(input.locatorHash),
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  await recordEvent(db, { practiceId, kind: 'device-requested', userId, deviceId: device.id, at: now });
  return { requestId, expiresAt: expiresAt.toISOString() };
}

/** The one that ends first says how long to wait. */
async function checkOpenRequests(db: Db, userId: string, now: Date): Promise<void> {
  const open = await db
    .selectFrom('device_request')
    .where('user_id', '=', userId)
    .where('state', 'in', ['waiting', 'matched'])
    .where('expires_at', '>', now)
    .orderBy('expires_at')
    .select('expires_at')
    .execute();
  const [first] = open;
  if (!first || open.length < maxOpen) return;
  const retryAfterSeconds = Math.ceil((first.expires_at.getTime() - now.getTime()) / 1000);
  throw refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
}
