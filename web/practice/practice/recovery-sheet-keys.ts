import { sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { exportPublicKey } from '@sprechzimmer/crypto/device-keys.ts';
import { type RecoveryKeyPairs, sealRecoveryKeys } from '@sprechzimmer/crypto/recovery-keys.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import type { RecoverySheet } from '@sprechzimmer/protocol/practice.ts';

/** What the server keeps of a recovery sheet. @param origin the practice app's, part of the code's salt */
export async function sealSheet(
  code: string,
  keys: RecoveryKeyPairs,
  practiceId: string,
  origin: string,
): Promise<RecoverySheet> {
  const { locator, cardKey } = await deriveSecrets(code, 'recovery', origin);
  return {
    locatorHash: toBase64url(await sha256(locator)),
    sealedKeys: toBase64url(await sealRecoveryKeys(keys, cardKey, practiceId)),
  };
}

/** The sheet as the membership log knows it. */
export async function publicSheetKeys(
  keys: RecoveryKeyPairs,
): Promise<Extract<MembershipAction, { kind: 'found' }>['recovery']> {
  return {
    signKey: toBase64url(await exportPublicKey(keys.sign.publicKey)),
    agreeKey: toBase64url(await exportPublicKey(keys.agree.publicKey)),
  };
}
