import type { Bytes } from './bytes.ts';
import { openJson, sealingKey, sealJson } from './seal.ts';
import { hkdf } from './secret.ts';

/** Seals a participant's answer to the consent text with a key of the invitation's psk. */
export async function sealConsent(psk: Bytes, answer: unknown): Promise<Bytes> {
  return sealJson(await consentKey(psk), answer, ['consent']);
}

/**
 * Whoever opens it knows that it comes from somebody with the invitation's code.
 * @throws OpenError
 */
export async function openConsent(psk: Bytes, blob: Bytes): Promise<unknown> {
  return openJson(await consentKey(psk), blob, ['consent']);
}

/** 32 bytes: `HKDF(psk, "consent")`. */
export async function deriveConsentKey(psk: Bytes): Promise<Bytes> {
  return hkdf(psk, 'consent', 32);
}

async function consentKey(psk: Bytes): Promise<CryptoKey> {
  return sealingKey(await deriveConsentKey(psk));
}
