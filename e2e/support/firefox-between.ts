import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

// Firefox, as Playwright starts it. In between only to answer the one command that Playwright always sends and that
// this release of Firefox does not know; every other byte passes as it is.
const unknownToFirefox = 'emulation.setMediaFeaturesOverride';
const announcement = 'WebDriver BiDi listening on ';

const child = spawn(process.env['FIREFOX_PATH'] ?? '', process.argv.slice(2), {
  stdio: ['ignore', 'ignore', 'pipe'],
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

let printed = '';
child.stderr.on('data', (data) => {
  process.stderr.write(String(data).replaceAll(announcement, 'Firefox itself: '));
  printed += String(data);
  const address = new RegExp(`${announcement}(ws://\\S+)\\s`).exec(printed)?.[1];
  if (!address) return;
  printed = '';
  void listen(address);
});

async function listen(address: string): Promise<void> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (near, request) => connect(near, new WebSocket(`${address}${request.url}`)));
  await once(server, 'listening');
  process.stderr.write(`${announcement}ws://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
}

function connect(near: WebSocket, far: WebSocket): void {
  const isOpen = once(far, 'open');
  near.on('message', (data: Buffer) => {
    const text = data.toString();
    const { id, method } = JSON.parse(text) as { id: number; method: string };
    if (method === unknownToFirefox) near.send(JSON.stringify({ id, type: 'success', result: {} }));
    else void isOpen.then(() => far.send(text));
  });
  far.on('message', (data: Buffer) => near.send(data.toString()));
  near.on('close', () => far.close());
  far.on('close', () => near.close());
  far.on('error', () => near.close());
}
