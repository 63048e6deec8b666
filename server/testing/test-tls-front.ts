import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { TestCertificate } from './test-certificate.ts';

export type TestTlsFront = {
  port: number;
  /** Where the connections go from here. */
  target: number;
  close(): Promise<void>;
};

/** A TLS proxy as it stands before a server, on a free port of this machine; it passes bytes on. */
export async function startTestTlsFront(certificate: TestCertificate): Promise<TestTlsFront> {
  const open = new Set<Socket>();
  const server = createServer(certificate, (outer) => {
    const inner = connect(front.target, '127.0.0.1');
    for (const socket of [outer, inner]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        outer.destroy();
        inner.destroy();
        open.delete(socket);
      });
    }
    outer.pipe(inner).pipe(outer);
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const front: TestTlsFront = {
    port: (server.address() as AddressInfo).port,
    target: 0,
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
  return front;
}
