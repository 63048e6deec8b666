import { type Bytes, concat, framed, fromUtf8, randomBytes, utf8 } from './bytes.ts';

/** Suite 1: ECDH and ECDSA P-256, HKDF and HMAC with SHA-256, AES-256-GCM. Every blob begins with its suite. */
export const suite = 1;
const nonceLength = 12;

/** Something sealed could not be opened: wrong key, wrong place, or changed on the way. */
export class OpenError extends Error {
  override readonly name = 'OpenError';
  readonly code = 'cannot-open';
}

/** @param key 32 bytes; imported non-extractable */
export async function sealingKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** `suite | nonce (12) | AES-256-GCM ciphertext and tag`; `context` is authenticated, not stored. */
export async function seal(key: CryptoKey, plaintext: Bytes, context: string[]): Promise<Bytes> {
  const iv = randomBytes(nonceLength);
  const parameters = { name: 'AES-GCM', iv, additionalData: additionalData(context) };
  const ciphertext = await crypto.subtle.encrypt(parameters, key, plaintext);
  return concat(Uint8Array.of(suite), iv, new Uint8Array(ciphertext));
}

/** @throws OpenError */
export async function open(key: CryptoKey, blob: Bytes, context: string[]): Promise<Bytes> {
  if (blob[0] !== suite) throw new OpenError(`unknown suite ${blob[0]}`);
  const iv = blob.subarray(1, 1 + nonceLength);
  const parameters = { name: 'AES-GCM', iv, additionalData: additionalData(context) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, blob.subarray(1 + nonceLength)));
  } catch (cause) {
    throw new OpenError('authentication failed', { cause });
  }
}

/** Seals a value as JSON. */
export async function sealJson(key: CryptoKey, value: unknown, context: string[]): Promise<Bytes> {
  return seal(key, utf8(JSON.stringify(value)), context);
}

/**
 * Opens what `sealJson` sealed. The caller parses the result.
 * @throws OpenError
 */
export async function openJson(key: CryptoKey, blob: Bytes, context: string[]): Promise<unknown> {
  return JSON.parse(fromUtf8(await open(key, blob, context)));
}

function additionalData(context: string[]): Bytes {
  return framed(Uint8Array.of(suite), ...context.map(utf8));
}
