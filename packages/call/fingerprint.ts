import { InsecureError } from './insecure.ts';

/** A certificate's hash as a description names it (RFC 8122, section 5). */
export type Fingerprint = { algorithm: 'SHA-256' | 'SHA-384' | 'SHA-512'; hash: string };

const strong = { 'sha-256': 'SHA-256', 'sha-384': 'SHA-384', 'sha-512': 'SHA-512' } as const;

/**
 * The one fingerprint of a session description. Browsers repeat it in each media section; all must be the same, none may
 * be missing, weaker than SHA-256, or beside SDES keys (`a=crypto`, RFC 4568).
 * @throws InsecureError
 */
export function readFingerprint(sdp: string): Fingerprint {
  const lines = sdp.split(/\r\n|\r|\n/);
  if (lines.some((line) => /^a=crypto:/i.test(line))) throw new InsecureError('fingerprint');
  const values = lines.filter((line) => /^a=fingerprint:/i.test(line)).map((line) => line.slice(14).trim());
  const [value, ...others] = new Set(values.map((line) => line.toLowerCase()));
  if (value === undefined || others.length > 0) throw new InsecureError('fingerprint');
  if (!coversEverySection(lines)) throw new InsecureError('fingerprint');
  return parse(value);
}

/** Hashes a DER certificate and compares. @throws InsecureError when it is another certificate */
export async function checkCertificate(certificate: ArrayBuffer, expected: Fingerprint): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest(expected.algorithm, certificate));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(':');
  if (hash !== expected.hash) throw new InsecureError('certificate');
}

function parse(value: string): Fingerprint {
  const [name = '', hash = '', ...rest] = value.split(' ');
  const algorithm = name in strong ? strong[name as keyof typeof strong] : undefined;
  if (!algorithm || rest.length > 0) throw new InsecureError('fingerprint');
  const bytes = Number(algorithm.slice(4)) / 8;
  const wellFormed = new RegExp(`^[0-9a-f]{2}(:[0-9a-f]{2}){${bytes - 1}}$`).test(hash);
  if (!wellFormed) throw new InsecureError('fingerprint');
  return { algorithm, hash };
}

/** One at the session level covers all; else each media section needs its own. */
function coversEverySection(lines: string[]): boolean {
  const sections = lines
    .join('\n')
    .split(/^(?=m=)/m)
    .map((section) => /^a=fingerprint:/im.test(section));
  const [session, ...media] = sections;
  return media.length > 0 && (session === true || media.every(Boolean));
}
