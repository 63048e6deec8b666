import { type Bytes, fromBase64url, toBase64url } from './bytes.ts';
import { openJson, OpenError, sealingKey, sealJson } from './seal.ts';

/**
 * What the recovery sheet opens: one key that signs the recovery, and one that the practice key is wrapped to, like a
 * device's. So the practice key can be renewed without the sheet.
 */
export type RecoveryKeyPairs = { sign: CryptoKeyPair; agree: CryptoKeyPair };

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
const ecdh = { name: 'ECDH', namedCurve: 'P-256' };

/** Extractable, because they are sealed next. */
export async function generateRecoveryKeys(): Promise<RecoveryKeyPairs> {
  const [sign, agree] = await Promise.all([
    crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']),
    crypto.subtle.generateKey(ecdh, true, ['deriveBits']),
  ]);
  return { sign, agree };
}

/** @param secret the `cardKey` of the recovery code's secrets */
export async function sealRecoveryKeys(
  keys: RecoveryKeyPairs,
  secret: Bytes,
  practiceId: string,
): Promise<Bytes> {
  const [sign, agree] = await Promise.all([pkcs8(keys.sign.privateKey), pkcs8(keys.agree.privateKey)]);
  return sealJson(await sealingKey(secret), { sign, agree }, ['recovery sheet', practiceId]);
}

/**
 * @param publicAgreeKey as the membership log names it, SubjectPublicKeyInfo
 * @throws OpenError for another code or practice
 */
export async function openRecoveryKeys(
  sealed: Bytes,
  secret: Bytes,
  practiceId: string,
  publicAgreeKey: Bytes,
): Promise<{ sign: CryptoKey; agree: CryptoKeyPair }> {
  const opened = await openJson(await sealingKey(secret), sealed, ['recovery sheet', practiceId]);
  const { sign, agree } = opened as { sign: string; agree: string };
  try {
    return {
      sign: await crypto.subtle.importKey('pkcs8', fromBase64url(sign), ecdsa, false, ['sign']),
      agree: {
        privateKey: await crypto.subtle.importKey('pkcs8', fromBase64url(agree), ecdh, false, ['deriveBits']),
        publicKey: await crypto.subtle.importKey('spki', publicAgreeKey, ecdh, true, []),
      },
    };
  } catch (cause) {
    throw new OpenError('not the keys of a recovery sheet', { cause });
  }
}

async function pkcs8(key: CryptoKey): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.exportKey('pkcs8', key)));
}
