import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { refusal } from './errors.ts';

/**
 * Bytes of a request, from their unpadded base64url.
 * @throws BAD_INPUT unless in its one canonical form
 */
export function fromWire(text: string): Buffer<ArrayBuffer> {
  try {
    return Buffer.from(fromBase64url(text).buffer);
  } catch {
    throw refusal('BAD_INPUT');
  }
}

export function toWire(bytes: Buffer): string {
  return bytes.toString('base64url');
}
