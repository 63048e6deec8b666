import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, isIPv6, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decodeMessage, messageLength, type TurnMessage } from './stun-message.ts';

export type TurnServerAddress = {
  host: string;
  port: number;
  transport: 'udp' | 'tcp' | 'tls';
  /** The certificate to trust, as PEM. */
  ca?: string;
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

async function openUdp({ host, port }: TurnServerAddress): Promise<TurnLine> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  socket.connect(port, host);
  await once(socket, 'connect');
  // A relay that is not there answers with ICMP: whoever waits for an answer says so in time.
  socket.on('error', () => {});
  return {
    send: (bytes) => socket.send(bytes),
    onMessage: (listener) => void socket.on('message', (bytes) => listener(decodeMessage(bytes))),
    close: () => void socket.close(),
  };
}

async function openStream({ host, port, transport, ca }: TurnServerAddress): Promise<TurnLine> {
  const socket: Socket =
    transport === 'tls'
      ? connectTls({ host, port, servername: 'localhost', ...(ca && { ca }) })
      : connect({ host, port });
  await once(socket, transport === 'tls' ? 'secureConnect' : 'connect');
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
