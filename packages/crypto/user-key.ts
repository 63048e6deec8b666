import { type Bytes, utf8 } from './bytes.ts';
import { open, seal, sealingKey } from './seal.ts';
import { pbkdf2Iterations } from './secret.ts';

/**
 * A user's own signing key: what the main user signs changes of the practice's members with. Its private half is sealed
 * with a key from the password, so another user at the same device cannot use it; and that blob lies in a record of the
 * practice, so whoever knows the password alone cannot either.
 */
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };

/** Extractable, because it is sealed next. */
export async function generateUserKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
}

/** Whose key it is: part of salt and seal. */
export type UserKeyPlace = { practiceId: string; userId: string };

export async function sealUserKey(
  privateKey: CryptoKey,
  password: string,
  place: UserKeyPlace,
): Promise<Bytes> {
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
  return seal(await passwordKey(password, place), pkcs8, context(place));
}

/**
 * @param extractable only to seal it anew, for a new password
 * @throws OpenError for a wrong password
 */
export async function openUserKey(
  sealed: Bytes,
  password: string,
  place: UserKeyPlace,
  extractable = false,
): Promise<CryptoKey> {
  const pkcs8 = await open(await passwordKey(password, place), sealed, context(place));
  return crypto.subtle.importKey('pkcs8', pkcs8, ecdsa, extractable, ['sign']);
}

async function passwordKey(password: string, { practiceId, userId }: UserKeyPlace): Promise<CryptoKey> {
  const material = utf8(password.normalize('NFKC'));
  const key = await crypto.subtle.importKey('raw', material, 'PBKDF2', false, ['deriveBits']);
  const salt = utf8(['sprechzimmer v1', 'user key', practiceId, userId].join('|'));
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: pbkdf2Iterations };
  return sealingKey(new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256)));
}

function context({ practiceId, userId }: UserKeyPlace): string[] {
  return ['user key', practiceId, userId];
}
