import { createHmac, randomBytes } from 'node:crypto';
import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';
import type { Context } from '../http/context.ts';

const testSeconds = 120;

export type IceServers = {
  /** For whoever waits or hosts. */
  forSeat(): IceServer[];
  /** For whoever tries out their line. */
  forTest(): IceServer[];
  /** How long after `forSeat` newer ones are due; Infinity when nothing in them expires. */
  renewAfterMs: number;
};

/**
 * What browsers find their way to each other with. The relay's credentials follow coturn's `use-auth-secret`: a name that
 * begins with the second at which it expires, and as password the HMAC of that name. The rest of the name is random, so
 * it says nothing about anybody, and the relay counts by it.
 */
export function createIceServers({ config, now }: Pick<Context, 'config' | 'now'>): IceServers {
  const { stunUrls, relay } = config;
  const stun: IceServer[] = stunUrls.length > 0 ? [{ urls: stunUrls }] : [];

  function lasting(seconds: number): IceServer[] {
    if (!relay) return stun;
    const expires = Math.floor(now().getTime() / 1000) + seconds;
    const username = `${expires}:${randomBytes(9).toString('base64url')}`;
    const credential = createHmac('sha1', relay.secret).update(username).digest('base64');
    return [...stun, { urls: relay.urls, username, credential }];
  }

  const seatSeconds = relay ? relay.credentialMinutes * 60 : 0;
  return {
    forSeat: () => lasting(seatSeconds),
    forTest: () => lasting(testSeconds),
    renewAfterMs: relay ? (seatSeconds * 1000) / 2 : Infinity,
  };
}
