import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { TestCertificate } from '../../server/testing/test-certificate.ts';
import type { Namespace } from './namespaces.ts';
import { addresses } from './network.ts';
import type { ProxyOptions } from './tls-proxy.ts';

/** A name on the lab's internet, and where the product listens for it on this machine. */
export type Site = { host: string; port: number };

/** Lets browsers in the lab's namespaces reach the product over HTTPS. */
export async function openEntrance(
  internet: Namespace,
  { folder, certificate, sites }: { folder: string; certificate: TestCertificate; sites: Site[] },
): Promise<{ close(): Promise<void> }> {
  const bridges = await Promise.all(
    sites.map(({ host, port }) => openBridge(join(folder, `${host}.socket`), port)),
  );
  const options: ProxyOptions = {
    ...certificate,
    addresses: [addresses.web[4], addresses.web[6]],
    sockets: Object.fromEntries(sites.map(({ host }) => [host, join(folder, `${host}.socket`)])),
  };
  const program = [process.execPath, join(import.meta.dirname, 'tls-proxy.ts'), JSON.stringify(options)];
  const proxy = spawn('ip', ['netns', 'exec', internet.name, ...program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(proxy, 'exit');
  await Promise.race([
    once(proxy, 'message'),
    ended.then(() => Promise.reject(new Error('the TLS proxy ended before it was ready'))),
  ]);
  return {
    async close() {
      proxy.kill();
      await ended;
      await Promise.all(bridges.map((bridge) => new Promise((resolve) => bridge.close(resolve))));
    },
  };
}

async function openBridge(path: string, port: number): Promise<Server> {
  const bridge = createServer((proxy) => {
    const product = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [proxy, product],
      [product, proxy],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    proxy.pipe(product).pipe(proxy);
  });
  bridge.listen(path);
  await once(bridge, 'listening');
  return bridge;
}
