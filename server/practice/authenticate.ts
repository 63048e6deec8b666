import { createHash } from 'node:crypto';
import { verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import type { Role } from '@sprechzimmer/protocol/membership.ts';
import {
  parseSignatureHeader,
  signatureWindowMs,
  signedRequestText,
} from '@sprechzimmer/protocol/signed-request.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { maxUnlockFailures } from './lock.ts';
import { sessionTokenHash } from './session.ts';

/** Who sent a request: proven by the session's cookie and by the signature of the session's device. */
export type SignedIn = {
  practiceId: string;
  timeZone: string;
  userId: string;
  deviceId: string;
  role: Role;
  isMain: boolean;
};

export type SignedRequest = {
  method: string;
  /** As on the request line. */
  path: string;
  body: Buffer;
  cookie: string;
  signature: string;
};

/** How often an approved device's `last_seen_at` is written at most. */
const lastSeenIntervalMs = 60_000;

/**
 * @param lock whether a locked session gets through: only to be unlocked or ended
 * @throws NOT_SIGNED_IN; REQUEST_EXPIRED when nothing but the clock is wrong; LOCKED
 */
export async function authenticate(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  request: SignedRequest,
  lock: 'locked-too' | 'unlocked-only' = 'unlocked-only',
): Promise<SignedIn> {
  const now = context.now();
  const tokenHash = sessionTokenHash(request.cookie, context.config.practiceOrigin);
  const parts = parseSignatureHeader(request.signature);
  const session = tokenHash && parts && (await findSession(context.db, tokenHash, now));
  if (!session || session.deviceId !== parts.deviceId) throw refusal('NOT_SIGNED_IN');

  const bodyHash = createHash('sha256').update(request.body).digest('base64url');
  const text = signedRequestText({ method: request.method, path: request.path, bodyHash }, parts);
  const isSigned = await verifyText(new Uint8Array(session.signKey), text, fromWire(parts.signature));
  if (!isSigned) throw refusal('NOT_SIGNED_IN');
  if (Math.abs(now.getTime() - parts.timestampMs) > signatureWindowMs) {
    throw refusal('REQUEST_EXPIRED', { serverTimeMs: now.getTime() });
  }
  const isFirstUse = await useNonce(context.db, parts.deviceId, fromWire(parts.nonce), now);
  if (!isFirstUse) throw refusal('NOT_SIGNED_IN');
  if (session.lockedAt && lock === 'unlocked-only') {
    throw refusal('LOCKED', { attemptsLeft: maxUnlockFailures - session.unlockFailures });
  }
  await rememberSeen(context.db, session, now);
  const { practiceId, timeZone, userId, deviceId, isMain } = session;
  return { practiceId, timeZone, userId, deviceId, isMain, role: session.role as Role }; // the table checks it
}

/** The session, if its user and device may still come in. */
async function findSession(db: Db, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('session')
    .innerJoin('practice_user', 'practice_user.id', 'session.user_id')
    .innerJoin('practice', 'practice.id', 'practice_user.practice_id')
    .innerJoin('device', 'device.id', 'session.device_id')
    .where('session.token_hash', '=', tokenHash)
    .where('session.expires_at', '>', now)
    .where('practice_user.state', '=', 'active')
    .where((where) => where.or([where('is_suspended', '=', false), where('suspended_until', '<=', now)]))
    .select([
      'practice.id as practiceId',
      'practice.time_zone as timeZone',
      'practice_user.id as userId',
      'device.id as deviceId',
      'device.sign_key as signKey',
      'device.last_seen_at as lastSeenAt',
      'practice_user.role',
      'practice_user.is_main as isMain',
      'session.locked_at as lockedAt',
      'session.unlock_failures as unlockFailures',
    ])
    .executeTakeFirst();
}

async function rememberSeen(
  db: Db,
  { deviceId, lastSeenAt }: { deviceId: string; lastSeenAt: Date | null },
  now: Date,
): Promise<void> {
  if (lastSeenAt && now.getTime() - lastSeenAt.getTime() < lastSeenIntervalMs) return;
  await db.updateTable('device').set({ last_seen_at: now }).where('id', '=', deviceId).execute();
}

/** The table's key, not this code, sees to it that of two equal requests at the same time one is refused. */
async function useNonce(db: Db, deviceId: string, nonce: Buffer, now: Date): Promise<boolean> {
  const inserted = await db
    .insertInto('used_signature')
    .values({ device_id: deviceId, nonce, used_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}
