import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maxFrameBytes, signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { type WebSocket, WebSocketServer } from 'ws';
import { openDatabase } from '../server/db/database.ts';
import { readConfig } from '../server/http/config.ts';
import { createLog } from '../server/http/log.ts';
import { openBus } from '../server/instances/bus.ts';
import { createMetrics } from '../server/metrics/metrics.ts';
import { signallingLimits } from '../server/waiting-room/limits.ts';
import { attachSignalling } from '../server/waiting-room/signalling.ts';
import { answerRequests } from './child.ts';

/** A server process under measurement: our signalling, or bare `ws` that relays between two sockets of one path. */
export type SocketServer = {
  listen: string;
  cpuSeconds: number;
  /** After garbage collection. */
  memory: { heapBytes: number; residentBytes: number };
};

const [kind, connectionString = '', schema = '', redisUrl] = process.argv.slice(2);
const server = createServer();
if (kind === 'ours') attachOurs(server);
else attachBare(server);

answerRequests({
  /** On this port, or on a free one. */
  async listen(port: number | undefined) {
    await new Promise<void>((resolve) => server.listen(port ?? 0, '127.0.0.1', 8_192, resolve));
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}${signallingPath}`;
  },
  cpuSeconds() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  memory() {
    // The thorough kind, which also gives sparse pages back: what is left is held by something.
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    const { heapUsed, external, rss } = process.memoryUsage();
    return { heapBytes: heapUsed + external, residentBytes: rss };
  },
});

/** As in production, but for the limits: all clients of a bench come from one address. */
function attachOurs(server: Server): void {
  const log = createLog('fatal');
  const context = {
    db: openDatabase({ connectionString, schema }),
    // Each client of a bench says that it has an address of its own, as behind a proxy.
    config: readConfig({ TRUST_PROXY: 'true' }, '/'),
    log,
    metrics: createMetrics(),
    now: () => new Date(),
    bus: redisUrl === undefined ? undefined : openBus(log, { redisUrl, namespace: schema }),
    isHosting: async () => false,
    whoIsHere: async () => new Set<string>(),
  };
  attachSignalling(server, context, {
    ...signallingLimits,
    maxSockets: Infinity,
    maxSocketsPerAddress: Infinity,
    maxUpgradesPerAddressAndMinute: Infinity,
    burstTokens: Infinity,
  });
}

function attachBare(server: Server): void {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
  });
  const alone = new Map<string, WebSocket>();
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const path = request.url ?? '';
      const peer = alone.get(path);
      if (!peer) {
        alone.set(path, opened);
        opened.on('message', () => {});
        return;
      }
      alone.delete(path);
      peer.removeAllListeners('message');
      relayBetween(opened, peer);
      relayBetween(peer, opened);
    });
  });
}

function relayBetween(from: WebSocket, to: WebSocket): void {
  from.on('message', (data, isBinary) => to.send(data, { binary: isBinary }));
}
