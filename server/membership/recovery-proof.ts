import { createHash } from 'node:crypto';
import { verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import type { DeviceKeys } from '@sprechzimmer/protocol/membership.ts';
import { signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { useChallenge } from '../practice/challenge.ts';
import { type Account, checkCredentials } from '../practice/check-credentials.ts';
import type { PracticeLimits } from '../practice/limits.ts';

export type RecoveryProof = {
  email: string;
  password: string;
  /** Of the recovery sheet in force. */
  locator: string;
  challenge: string;
  signature: string;
};

/**
 * Whoever asks has the practice's recovery sheet, the main user's password and the new device's key. The sheet stands in
 * the place of a second factor.
 * @throws SIGN_IN_REFUSED whatever is wrong, TOO_MANY_ATTEMPTS
 */
export async function checkRecoveryProof(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  limits: PracticeLimits,
  { proof, device, addressKey }: { proof: RecoveryProof; device: DeviceKeys; addressKey: string },
): Promise<Account> {
  const { email, password, challenge } = proof;
  const isFresh = await useChallenge(context.db, fromWire(challenge), context.now());
  const text = signInProof('recover', email, device.id, challenge);
  const isSigned = await verifyText(fromWire(device.signKey), text, fromWire(proof.signature));
  const hasSheet = await isSheetOf(context.db, email.trim().toLowerCase(), sheetHash(proof.locator));
  return checkCredentials(context, limits, {
    email,
    password,
    secondFactor: 'skip',
    addressKey,
    isProven: isFresh && isSigned && hasSheet,
  });
}

/** As which the server knows a sheet. */
export function sheetHash(locator: string): Buffer {
  return createHash('sha256').update(fromWire(locator)).digest();
}

async function isSheetOf(db: Db, email: string, locatorHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('practice_user')
    .innerJoin('recovery_sheet', 'recovery_sheet.practice_id', 'practice_user.practice_id')
    .where('email', '=', email)
    .where('is_main', '=', true)
    .where('locator_hash', '=', locatorHash)
    .select('email')
    .executeTakeFirst();
  return row !== undefined;
}
