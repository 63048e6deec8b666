import { randomBytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { type CodeSecrets, deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import type { Place } from './place.ts';

let derived: { code: string; secrets: Promise<CodeSecrets> } | undefined;

/** Begins to turn a code into keys. It takes a moment and happens on this device alone: nothing is sent. */
export function prepareKeys(code: string): Promise<CodeSecrets> {
  if (derived?.code !== code) derived = { code, secrets: deriveSecrets(code, 'invitation', location.origin) };
  return derived.secrets;
}

/** A new place for whoever has this code. */
export async function takePlace(code: string, name: string): Promise<Place> {
  const { locator, psk, cardKey } = await prepareKeys(code);
  return {
    code,
    locator: toBase64url(locator),
    psk: toBase64url(psk),
    cardKey: toBase64url(cardKey),
    place: toBase64url(randomBytes(16)),
    name,
    over: false,
  };
}
