import { createHash, randomBytes } from 'node:crypto';
import type { DeliveryConfig } from '../http/delivery-settings.ts';

type BounceConfig = Pick<NonNullable<DeliveryConfig['bounce']>, 'domain'>;

/** The address that one message's bounces go to, and what is kept of it: SHA-256 of its token. */
export function newBounceAddress({ domain }: BounceConfig): { address: string; hash: Buffer } {
  const token = randomBytes(16).toString('hex');
  return { address: `bounce+${token}@${domain}`, hash: hashOf(token) };
}

/** Undefined for an address that this server never gave to any message. */
export function readBounceAddress(address: string, { domain }: BounceConfig): Buffer | undefined {
  const [local = '', host = ''] = address.toLowerCase().split('@');
  const token = /^bounce\+([0-9a-f]{32})$/.exec(local)?.[1];
  return token !== undefined && host === domain ? hashOf(token) : undefined;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
