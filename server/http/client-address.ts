import type { IncomingMessage } from 'node:http';
import type { Config } from './config.ts';

/**
 * Where a request comes from, as IP address; for limits only, never for a log.
 * Behind a proxy it is the last entry of `X-Forwarded-For`: those before it are whatever the client wrote.
 */
export function clientAddress(request: IncomingMessage, config: Pick<Config, 'trustProxy'>): string {
  const socketAddress = request.socket.remoteAddress ?? 'unknown';
  if (!config.trustProxy) return socketAddress;
  const forwarded = [request.headers['x-forwarded-for'] ?? ''].flat().join(',');
  return forwarded.split(',').at(-1)?.trim() || socketAddress;
}
