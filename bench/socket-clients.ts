import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientMessage } from '@sprechzimmer/protocol/signalling.ts';
import { WebSocket } from 'ws';
import { readConfig } from '../server/http/config.ts';
import { answerRequests } from './child.ts';

/** The process of all clients of a bench. A greeting is what a socket says first; a bare one says nothing. */
export type SocketClients = {
  /** Opens sockets and waits until each is let in. */
  open: null;
  /** Opens pairs that send each other one frame to and fro from `start` to `stop`. */
  pair: null;
  start: null;
  stop: null;
  /** Frames that have come in so far. */
  received: number;
  /** Opens all sockets at the same moment, each again until it is let in, as our pages do. In milliseconds. */
  storm: number;
  /** How long frames took from one end of a pair to the other while few were under way; the given share of them took less, in milliseconds. */
  latency: number;
};

export type Pair = { hostUrl: string; host?: ClientMessage; guestUrl: string; guest?: ClientMessage };

const origin = readConfig({}, '/').roomOrigin;
const payloadBytes = 512;
const atOnce = 100;
let opened = 0;
let received = 0;
let isRunning = false;
/** What sends the first frame of each pair. */
const serves: (() => void)[] = [];
/** What sends one frame to and fro, and takes half of the time that it took. */
const exchanges: (() => Promise<number>)[] = [];

answerRequests({
  async open({ url, greetings }: { url: string; greetings: (ClientMessage | null)[] }) {
    await inBatches(greetings, async (greeting) => {
      await openSocket(url, greeting ?? undefined);
    });
    return null;
  },
  async pair(pairs: Pair[]) {
    await inBatches(pairs, openPair);
    return null;
  },
  async storm({ url, greetings }: { url: string; greetings: (ClientMessage | null)[] }) {
    const began = performance.now();
    await Promise.all(greetings.map((greeting) => openAtLast(url, greeting ?? undefined)));
    return performance.now() - began;
  },
  async latency({ share, seconds }: { share: number; seconds: number }) {
    const times: number[] = [];
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      const exchange = exchanges[times.length % exchanges.length];
      if (exchange) times.push(await exchange());
    }
    return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? NaN;
  },
  start() {
    isRunning = true;
    for (const send of serves) send();
    return null;
  },
  stop() {
    isRunning = false;
    return null;
  },
  received: () => received,
});

async function inBatches<T>(items: T[], open: (item: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < items.length; i += atOnce) await Promise.all(items.slice(i, i + atOnce).map(open));
}

async function openSocket(url: string, greeting: ClientMessage | undefined): Promise<WebSocket> {
  const headers = { 'x-forwarded-for': `10.${++opened >> 16}.${(opened >> 8) & 255}.${opened & 255}` };
  const socket = new WebSocket(url, { origin, perMessageDeflate: false, headers });
  await once(socket, 'open');
  if (!greeting) return socket;
  socket.send(JSON.stringify(greeting));
  const [answer] = (await Promise.race([
    once(socket, 'message'),
    once(socket, 'close').then(() => {
      throw new Error('closed before it was let in');
    }),
  ])) as [Buffer];
  const { kind } = JSON.parse(answer.toString()) as { kind: string };
  if (kind !== 'joined' && kind !== 'hosting') throw new Error(`not let in: ${kind}`);
  return socket;
}

async function openAtLast(url: string, greeting: ClientMessage | undefined): Promise<void> {
  for (let retryMs = 250; ; retryMs = Math.min(retryMs * 2, 10_000)) {
    try {
      await openSocket(url, greeting);
      return;
    } catch {
      await delay(retryMs * (0.5 + Math.random()));
    }
  }
}

/** A closed loop: one frame is under way between the two, and each sends when it has got the other's. */
async function openPair({ hostUrl, host, guestUrl, guest }: Pair): Promise<void> {
  const hostSocket = await openSocket(hostUrl, host);
  const guestSocket = await openSocket(guestUrl, guest);
  const fromGuest = Buffer.alloc(4 + payloadBytes);
  const fromHost = Buffer.alloc(4 + payloadBytes);
  hostSocket.on('message', (frame: Buffer, isBinary) => {
    if (!isBinary) return;
    received++;
    frame.copy(fromHost, 0, 0, 4);
    hostSocket.send(fromHost);
  });
  guestSocket.on('message', (_, isBinary) => {
    if (!isBinary) return;
    received++;
    if (isRunning) guestSocket.send(fromGuest);
  });
  serves.push(() => guestSocket.send(fromGuest));
  exchanges.push(async () => {
    const began = performance.now();
    guestSocket.send(fromGuest);
    await once(guestSocket, 'message');
    return (performance.now() - began) / 2;
  });
}
