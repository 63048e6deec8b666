import { createHmac } from 'node:crypto';
import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';
import type { Context } from '../http/context.ts';

const testSeconds = 120;

export type IceServers = {
  /** For whoever waits or hosts. `seat` is whom the relay's quota counts: an invitation's, host code's or room's key. */
  forSeat(seat: string): IceServer[];
  /** For whoever tries out their line, counted with the same seat. */
  forTest(seat: string): IceServer[];
  /** How long after `forSeat` newer ones are due; Infinity when nothing in them expires. */
  renewAfterMs: number;
};

/**
 * What browsers find their way to each other with. The relay's credentials follow coturn's `use-auth-secret`: a name that
 * begins with the second at which it expires, and as password the HMAC of that name. The relay counts by the rest of the
 * name. It is the same for a seat however often somebody takes it, or one code would get a whole quota each time; and it
 * is made from an id that the relay never sees, so it names nobody there.
 */
export function createIceServers({
  config,
  metrics,
  now,
}: Pick<Context, 'config' | 'metrics' | 'now'>): IceServers {
  const { stunUrls, relay } = config;
  const stun: IceServer[] = stunUrls.length > 0 ? [{ urls: stunUrls }] : [];

  function lasting(seat: string, purpose: 'seat' | 'test', seconds: number): IceServer[] {
    if (!relay) return stun;
    metrics.relayCredentialsMinted(purpose);
    const expires = Math.floor(now().getTime() / 1000) + seconds;
    const username = `${expires}:${nameOf(seat, relay.secret)}`;
    const credential = createHmac('sha1', relay.secret).update(username).digest('base64');
    return [...stun, { urls: relay.urls, username, credential }];
  }

  const seatSeconds = relay ? relay.credentialMinutes * 60 : 0;
  return {
    forSeat: (seat) => lasting(seat, 'seat', seatSeconds),
    forTest: (seat) => lasting(seat, 'test', testSeconds),
    renewAfterMs: relay ? (seatSeconds * 1000) / 2 : Infinity,
  };
}

function nameOf(seat: string, secret: string): string {
  return createHmac('sha256', secret).update(`relay seat ${seat}`).digest().toString('base64url', 0, 9);
}
