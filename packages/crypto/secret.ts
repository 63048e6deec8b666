import { type Bytes, concat, utf8 } from './bytes.ts';

/** What one code's secret is for; part of the salt, so that a code opens nothing but its own kind. */
export type SecretPurpose = 'invitation' | 'device' | 'recovery' | 'host' | 'activation';

export type CodeSecrets = {
  /** 16 bytes that find the code's row; the server stores only its SHA-256. */
  locator: Bytes;
  /** 32 bytes that authenticate the handshake; never leaves a browser. */
  psk: Bytes;
  /** 32 bytes: opens the invitation's card, or the recovery wrap. */
  cardKey: Bytes;
};

export const pbkdf2Iterations = 600_000;

/**
 * @param code as `readCode` gives it: upper case, no hyphens
 * @param origin the room app's origin, such as `https://video.example.org`
 */
export async function deriveSecrets(
  code: string,
  purpose: SecretPurpose,
  origin: string,
): Promise<CodeSecrets> {
  const password = await crypto.subtle.importKey('raw', utf8(code), 'PBKDF2', false, ['deriveBits']);
  const salt = utf8(['sprechzimmer v1', purpose, origin].join('|'));
  const secret = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: pbkdf2Iterations },
    password,
    256,
  );
  const [locator, psk, cardKey] = await Promise.all([
    hkdf(secret, 'locator', 16),
    hkdf(secret, 'psk', 32),
    hkdf(secret, 'card', 32),
  ]);
  return { locator, psk, cardKey };
}

/** HKDF-SHA-256 (RFC 5869) with an empty salt unless one is given. */
export async function hkdf(
  keyMaterial: ArrayBuffer | Bytes,
  info: string,
  length: number,
  salt: Bytes = concat(),
): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', keyMaterial, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, length * 8));
}
