import { once } from 'node:events';
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
};

export type Pair = { hostUrl: string; host?: ClientMessage; guestUrl: string; guest?: ClientMessage };

const origin = readConfig({}, '/').roomOrigin;
const payloadBytes = 512;
const atOnce = 100;
let received = 0;
let isRunning = false;
/** What sends the first frame of each pair. */
const serves: (() => void)[] = [];

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
  const socket = new WebSocket(url, { origin, perMessageDeflate: false });
  await once(socket, 'open');
  if (!greeting) return socket;
  socket.send(JSON.stringify(greeting));
  const [answer] = (await once(socket, 'message')) as [Buffer];
  const { kind } = JSON.parse(answer.toString()) as { kind: string };
  if (kind !== 'joined' && kind !== 'hosting') throw new Error(`not let in: ${kind}`);
  return socket;
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
}
