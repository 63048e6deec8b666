import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

const maxConnections = 20;
const timeouts = { headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 };
const headers = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

/**
 * Serves `GET /metrics` to Prometheus, on a listener that has nothing to do with the two origins.
 * @throws a system error with a `code` such as `EADDRINUSE` when it cannot listen
 */
export async function listenForMetrics(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer(timeouts, (request, response) => void answer(metrics, request, response));
  server.maxConnections = maxConnections;
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  { url, method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (url !== '/metrics' || (method !== 'GET' && method !== 'HEAD')) {
    response.writeHead(404, headers).end();
    return;
  }
  try {
    const text = await metrics.text();
    response.writeHead(200, { ...headers, 'content-type': metrics.contentType }).end(text);
  } catch {
    response.writeHead(500, headers).end();
  }
}
