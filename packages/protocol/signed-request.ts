/**
 * A request of the practice app carries, beside its cookie, a signature of the device's key (ECDSA P-256, SHA-256) over
 * method, path, body hash, time and a nonce: a copied cookie is worth nothing without it, and a captured request cannot
 * be sent again or with another body.
 */
export const signatureHeader = 'sprechzimmer-signature';

/** How far a signature's time may lie from the server's, in milliseconds. Nonces are remembered for twice as long. */
export const signatureWindowMs = 300_000;

export type SignatureParts = {
  deviceId: string;
  timestampMs: number;
  nonce: string; // 16 bytes, base64url
  signature: string; // 64 bytes, base64url, r | s (IEEE P1363)
};

export function formatSignatureHeader(parts: SignatureParts): string {
  return [parts.deviceId, parts.timestampMs, parts.nonce, parts.signature].join(';');
}

const headerPattern = /^([0-9a-f-]{36});(\d{13});([A-Za-z0-9_-]{22});([A-Za-z0-9_-]{86})$/;

/** @returns undefined for anything that is not of the exact form */
export function parseSignatureHeader(value: string): SignatureParts | undefined {
  const match = headerPattern.exec(value);
  if (!match) return undefined;
  const [, deviceId = '', timestamp = '', nonce = '', signature = ''] = match;
  return { deviceId, timestampMs: Number(timestamp), nonce, signature };
}

/** The text that is signed. `bodyHash` is SHA-256 of the body's bytes, base64url. */
export function signedRequestText(
  request: { method: string; path: string; bodyHash: string },
  parts: Pick<SignatureParts, 'deviceId' | 'timestampMs' | 'nonce'>,
): string {
  return [
    'sprechzimmer v1 request',
    request.method.toUpperCase(),
    request.path,
    request.bodyHash,
    parts.deviceId,
    parts.timestampMs,
    parts.nonce,
  ].join('\n');
}
