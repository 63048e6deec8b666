import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decodeMessage, messageLength, type TurnMessage } from './stun-message.ts';

export type TurnServerAddress = {
  host: string;
  port: number;
  transport: 'udp' | 'tcp' | 'tls';
  /** The certificate to trust, as PEM. */
  ca?: string | undefined;
  /** Ends the attempt to connect; a line that is open already stays. */
  signal?: AbortSignal;
};

/** Messages to and from a relay, over whichever transport. */
export type TurnLine = {
  send(bytes: Buffer): void;
  onMessage(listener: (message: TurnMessage) => void): void;
  close(): void;
};

export async function openTurnLine(server: TurnServerAddress): Promise<TurnLine> {
  return server.transport === 'udp' ? openUdp(server) : openStream(server);
}

async function openUdp({ host, port, signal }: TurnServerAddress): Promise<TurnLine> {
  const { address, family } = await lookup(host);
  signal?.throwIfAborted();
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  socket.connect(port, address);
  await once(socket, 'connect');
  // A relay that is not there answers with ICMP: whoever waits for an answer says so in time.
  socket.on('error', () => {});
  return {
    send: (bytes) => socket.send(bytes),
    onMessage: (listener) => void socket.on('message', (bytes) => listener(decodeMessage(bytes))),
    close: () => void socket.close(),
  };
}

async function openStream({ host, port, transport, ca, signal }: TurnServerAddress): Promise<TurnLine> {
  const socket: Socket =
    transport === 'tls'
      ? connectTls({ host, port, servername: isIP(host) ? '' : host, ...(ca && { ca }) })
      : connect({ host, port });
  try {
    await once(socket, transport === 'tls' ? 'secureConnect' : 'connect', { ...(signal && { signal }) });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.on('error', () => {});
  return {
    send: (bytes) => void socket.write(bytes),
    onMessage(listener) {
      let pending = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        pending = Buffer.concat([pending, chunk]);
        for (let length = messageLength(pending); length && pending.length >= length;) {
          listener(decodeMessage(pending.subarray(0, length)));
          pending = pending.subarray(length);
          length = messageLength(pending);
        }
      });
    },
    close: () => void socket.destroy(),
  };
}
