import type { IncomingMessage } from 'node:http';
import { addressKey } from '../http/rate-limit.ts';

/**
 * Whom an upgrade request is counted by, as `addressKey` gives it. Behind a proxy it is the last address of
 * `X-Forwarded-For`: the proxy wrote that one itself, what stands before it the client may have made up.
 */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
  const last = [forwarded].flat().at(-1)?.split(',').at(-1)?.trim();
  return addressKey(last || (request.socket.remoteAddress ?? ''));
}
