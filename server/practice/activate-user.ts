import { createHash } from 'node:crypto';
import { verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import { signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { useChallenge } from './challenge.ts';
import { holdPractice } from './hold-practice.ts';
import type { PracticeLimits } from './limits.ts';
import { isMemberDevice } from './member-device.ts';
import { checkNewPassword, hashPassword, inPasswordSlot } from './password.ts';
import { recordEvent } from './record-event.ts';
import { startSession } from './session.ts';
import { isSuspendedAt } from './suspension.ts';

type Activation = {
  locator: string;
  password: string;
  deviceId: string;
  challenge: string;
  /** Over `signInProof('activate', locator, ...)`: nobody has said an address yet. */
  signature: string;
};

/**
 * Lets the holder of an activation code set their password, at an approved device of the same practice, and signs in.
 * @returns the session's cookie, and who it is
 * @throws SIGN_IN_REFUSED for whatever is wrong of code, device and proof; PASSWORD_TOO_SHORT and PASSWORD_BREACHED, with
 *   which the code is still good; TOO_MANY_ATTEMPTS
 */
export async function activateUser(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  limits: PracticeLimits,
  input: Activation,
  addressKey: string,
): Promise<{ cookie: string; userId: UserId; email: string }> {
  const { allowed, retryAfterSeconds } = limits.address.check(addressKey);
  if (!allowed) throw refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
  const locatorHash = createHash('sha256').update(fromWire(input.locator)).digest();
  const isFresh = await useChallenge(context.db, fromWire(input.challenge), context.now());
  const invited = await findInvited(context.db, locatorHash, input.deviceId);
  const isDevice = invited && !isSuspendedAt(invited, context.now());
  if (!isFresh || !isDevice || !(await isProven(context.db, input, invited))) {
    limits.address.count(addressKey);
    throw refusal('SIGN_IN_REFUSED');
  }
  const { id: userId, practice_id: practiceId, email } = invited;
  checkNewPassword(input.password, email);
  const password_hash = await inPasswordSlot(() => hashPassword(input.password));
  const cookie = await context.db.transaction().execute(async (transaction) => {
    await holdPractice(transaction, practiceId);
    const activated = await transaction
      .updateTable('practice_user')
      .set({ password_hash, state: 'active', activation_locator_hash: null })
      .where('id', '=', userId)
      .where('state', '=', 'invited')
      .where('activation_locator_hash', '=', locatorHash)
      .executeTakeFirst();
    if (activated.numUpdatedRows !== 1n) throw refusal('SIGN_IN_REFUSED');
    const event = { practiceId, kind: 'user-activated', userId, deviceId: input.deviceId } as const;
    await recordEvent(transaction, { ...event, at: context.now() });
    return startSession({ ...context, db: transaction }, { userId, deviceId: input.deviceId });
  });
  return { cookie, userId: userId as UserId, email };
}

type Invited = NonNullable<Awaited<ReturnType<typeof findInvited>>>;

/** The invited user with this code, if the device is of their practice. */
async function findInvited(db: Db, locatorHash: Buffer, deviceId: string) {
  return db
    .selectFrom('practice_user')
    .innerJoin('device', 'device.practice_id', 'practice_user.practice_id')
    .where('activation_locator_hash', '=', locatorHash)
    .where('state', '=', 'invited')
    .where('device.id', '=', deviceId)
    .select([
      'practice_user.id',
      'practice_user.practice_id',
      'email',
      'sign_key',
      'is_suspended',
      'suspended_until',
    ])
    .executeTakeFirst();
}

async function isProven(db: Db, input: Activation, invited: Invited): Promise<boolean> {
  const { sign_key: signKey, practice_id: practiceId } = invited;
  const proof = signInProof('activate', input.locator, input.deviceId, input.challenge);
  const isSigned = await verifyText(new Uint8Array(signKey), proof, fromWire(input.signature));
  return isSigned && isMemberDevice(db, practiceId, { id: input.deviceId, signKey });
}
