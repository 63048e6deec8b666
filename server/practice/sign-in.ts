import { generateKeyPairSync } from 'node:crypto';
import { verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import { type SignIn, signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { useChallenge } from './challenge.ts';
import { withCredentials } from './check-credentials.ts';
import type { PracticeLimits } from './limits.ts';
import { isMemberDevice } from './member-device.ts';
import { recordEvent } from './record-event.ts';
import { endSessionElsewhere, startSessionHere } from './session.ts';
import { isSuspendedAt } from './suspension.ts';

/** Signatures are checked against this key where there is no device's, so that it takes the same time. */
const keyOfNobody = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  type: 'spki',
  format: 'der',
});

/**
 * Signs a user in at one of the practice's devices. Whatever is wrong of password, device and proof, answer and duration
 * are the same; what the other refusals tell, only the right password at a right device gets to hear.
 * @returns the session's cookie
 * @throws SIGN_IN_REFUSED, TOO_MANY_ATTEMPTS, SECOND_FACTOR_NEEDED, DEVICE_SUSPENDED, SESSION_ELSEWHERE
 */
export async function signIn(
  context: Pick<Context, 'db' | 'config' | 'now' | 'isHosting'>,
  limits: PracticeLimits,
  input: SignIn,
  addressKey: string,
): Promise<string> {
  const email = input.email.trim().toLowerCase();
  const isFresh = await useChallenge(context.db, fromWire(input.challenge), context.now());
  const device = await findDevice(context.db, email, input.deviceId);
  const proof = signInProof('sign-in', email, input.deviceId, input.challenge);
  const key = new Uint8Array(device?.sign_key ?? keyOfNobody);
  const isSigned = await verifyText(key, proof, fromWire(input.signature));
  const credentials = {
    email,
    password: input.password,
    secondFactor: input.secondFactor,
    addressKey,
    deviceId: input.deviceId,
    isProven: isSigned && isFresh && device !== undefined,
  };
  return withCredentials(context, limits, credentials, async (transaction, { userId, practiceId }) => {
    const member = { id: input.deviceId, signKey: device?.sign_key ?? Buffer.alloc(0) };
    if (!(await isMemberDevice(transaction, practiceId, member))) throw refusal('SIGN_IN_REFUSED');
    if (!device || isSuspendedAt(device, context.now())) {
      throw refusal('DEVICE_SUSPENDED', { until: device?.suspended_until?.toISOString() ?? null });
    }
    const session = { userId, practiceId, deviceId: input.deviceId };
    const tookOver = input.takeOver === true && (await endSessionElsewhere(transaction, session));
    const cookie = await startSessionHere({ ...context, db: transaction }, session);
    const kind = tookOver ? 'session-taken-over' : 'signed-in';
    await recordEvent(transaction, { ...session, kind, at: context.now() });
    return cookie;
  });
}

/** The device, if it is of the practice of whoever has this address. */
async function findDevice(db: Db, email: string, deviceId: string) {
  return db
    .selectFrom('device')
    .innerJoin('practice_user', 'practice_user.practice_id', 'device.practice_id')
    .where('practice_user.email', '=', email)
    .where('device.id', '=', deviceId)
    .select(['sign_key', 'is_suspended', 'suspended_until'])
    .executeTakeFirst();
}
