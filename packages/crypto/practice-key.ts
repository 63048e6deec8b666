import { type Bytes, concat, framed, randomBytes, sha256, utf8 } from './bytes.ts';
import { exportPublicKey, importAgreeKey } from './device-keys.ts';
import { hkdf } from './secret.ts';
import { open, OpenError, openJson, seal, sealingKey, sealJson } from './seal.ts';

/** Where a sealed record belongs. All of it is authenticated: a record moved elsewhere does not open. */
export type RecordPlace = {
  practiceId: string;
  kind: string;
  id: string;
  version: number;
  generation: number;
};

export function newPracticeKey(): Bytes {
  return randomBytes(32);
}

/** The key that seals records of one generation, from the practice key's 32 bytes. */
export async function recordKey(practiceKey: Bytes): Promise<CryptoKey> {
  return sealingKey(await hkdf(practiceKey, 'records', 32));
}

export async function sealRecord(key: CryptoKey, value: unknown, place: RecordPlace): Promise<Bytes> {
  return sealJson(key, value, placeContext(place));
}

/** @throws OpenError */
export async function openRecord(key: CryptoKey, blob: Bytes, place: RecordPlace): Promise<unknown> {
  return openJson(key, blob, placeContext(place));
}

/**
 * Wraps the practice key to a device: ephemeral-static ECDH P-256, HKDF, AES-256-GCM.
 * `length of SPKI (1) | ephemeral public key, SPKI | sealed key`
 */
export async function wrapToDevice(
  practiceKey: Bytes,
  devicePublicKey: Bytes,
  context: string[],
): Promise<Bytes> {
  const ephemeral = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ]);
  const ephemeralPublic = await exportPublicKey(ephemeral.publicKey);
  const shared = await agree(ephemeral.privateKey, await importAgreeKey(devicePublicKey));
  const key = await wrappingKey(shared, ephemeralPublic, devicePublicKey);
  const sealed = await seal(key, practiceKey, ['device wrap', ...context]);
  return concat(Uint8Array.of(ephemeralPublic.length), ephemeralPublic, sealed);
}

/** @throws OpenError */
export async function unwrapAtDevice(wrap: Bytes, device: CryptoKeyPair, context: string[]): Promise<Bytes> {
  const length = wrap[0] ?? 0;
  const ephemeralPublic = wrap.slice(1, 1 + length);
  const shared = await agree(device.privateKey, await importPeer(ephemeralPublic));
  const key = await wrappingKey(shared, ephemeralPublic, await exportPublicKey(device.publicKey));
  return open(key, wrap.slice(1 + length), ['device wrap', ...context]);
}

function placeContext(place: RecordPlace): string[] {
  return ['record', place.practiceId, place.kind, place.id, String(place.version), String(place.generation)];
}

async function agree(privateKey: CryptoKey, publicKey: CryptoKey): Promise<ArrayBuffer> {
  return crypto.subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256);
}

async function importPeer(publicKey: Bytes): Promise<CryptoKey> {
  try {
    return await importAgreeKey(publicKey);
  } catch (cause) {
    throw new OpenError('no public key in the wrap', { cause });
  }
}

async function wrappingKey(shared: ArrayBuffer, ephemeral: Bytes, device: Bytes): Promise<CryptoKey> {
  const salt = await sha256(framed(utf8('sprechzimmer v1 device wrap'), ephemeral, device));
  return sealingKey(await hkdf(shared, 'device wrap', 32, salt));
}
