import { type Bytes, utf8 } from './bytes.ts';

/** What an approved device holds. The private halves are non-extractable; keep them in IndexedDB. */
export type DeviceKeyPairs = { sign: CryptoKeyPair; agree: CryptoKeyPair };

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
const ecdh = { name: 'ECDH', namedCurve: 'P-256' };
const signing = { name: 'ECDSA', hash: 'SHA-256' };

export async function generateDeviceKeys(): Promise<DeviceKeyPairs> {
  const [sign, agree] = await Promise.all([
    crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify']),
    crypto.subtle.generateKey(ecdh, false, ['deriveBits']),
  ]);
  return { sign, agree };
}

/** SubjectPublicKeyInfo (RFC 5280), 91 bytes. */
export async function exportPublicKey(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('spki', key));
}

/** ECDSA P-256 with SHA-256; 64 bytes, r | s. */
export async function signText(privateKey: CryptoKey, text: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(signing, privateKey, utf8(text)));
}

/** @param publicKey SubjectPublicKeyInfo; anything that is not a P-256 key verifies nothing */
export async function verifyText(publicKey: Bytes, text: string, signature: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('spki', publicKey, ecdsa, false, ['verify']);
    return await crypto.subtle.verify(signing, key, signature, utf8(text));
  } catch {
    return false;
  }
}

export async function importAgreeKey(publicKey: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', publicKey, ecdh, true, []);
}
