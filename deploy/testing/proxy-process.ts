import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { findInstalled } from '../../scripts/installed-program.ts';
import { makeTestCertificate } from '../../server/testing/test-certificate.ts';
import { freePort } from '../../server/testing/free-port.ts';

export type Site = 'praxis' | 'video';
export type RequestOptions = { from?: string; headers?: Record<string, string> };

/** A real Caddy with the Caddyfile that we ship. */
export type ProxyProcess = {
  /** With their port, which only a test's proxy has. */
  origins: Record<Site, string>;
  httpPort: number;
  healthPort: number;
  get(site: Site, path: string, options?: RequestOptions): Promise<{ status: number; body: string }>;
  signalling(options?: RequestOptions): WebSocket;
  start(servers: { practicePort: number; roomPort: number }[]): Promise<void>;
  close(): Promise<void>;
};

const caddyfile = join(import.meta.dirname, '..', 'Caddyfile');

export async function newProxyProcess(): Promise<ProxyProcess> {
  const program = findInstalled(['caddy']);
  if (!program) throw new Error('There is no caddy on this machine.');
  const folder = mkdtempSync(join(tmpdir(), 'sprechzimmer-proxy-'));
  const { cert, key } = makeTestCertificate();
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  const [httpPort, httpsPort, healthPort] = [await freePort(), await freePort(), await freePort()];
  const names = { praxis: 'praxis.localhost', video: 'video.localhost' };
  // The test's certificate is for this machine, whatever it is called.
  const tls = { ca: cert, checkServerIdentity: () => undefined };
  let child: ChildProcess | undefined;

  function optionsFor(site: Site, { from, headers }: RequestOptions) {
    return {
      ...tls,
      host: '127.0.0.1',
      port: httpsPort,
      servername: names[site],
      ...(from !== undefined && { localAddress: from }),
      headers: { host: `${names[site]}:${httpsPort}`, ...headers },
    };
  }
  return {
    origins: {
      praxis: `https://${names.praxis}:${httpsPort}`,
      video: `https://${names.video}:${httpsPort}`,
    },
    httpPort,
    healthPort,
    async get(site, path, options = {}) {
      const request = httpsRequest({ ...optionsFor(site, options), path, agent: false }).end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      let body = '';
      for await (const chunk of response) body += String(chunk);
      return { status: response.statusCode ?? 0, body };
    },
    signalling(options = {}) {
      const { headers, ...rest } = optionsFor('video', options);
      const url = `wss://127.0.0.1:${httpsPort}${signallingPath}`;
      return new WebSocket(url, { ...rest, headers, origin: `https://${names.video}:${httpsPort}` });
    },
    async start(servers) {
      const upstreams = (port: 'practicePort' | 'roomPort') =>
        servers.map((server) => `127.0.0.1:${server[port]}`).join(' ');
      child = spawn(program, ['run', '--adapter', 'caddyfile', '--config', caddyfile], {
        env: {
          HOME: folder,
          XDG_DATA_HOME: folder,
          XDG_CONFIG_HOME: folder,
          PRACTICE_HOST: names.praxis,
          ROOM_HOST: names.video,
          HTTP_PORT: String(httpPort),
          HTTPS_PORT: String(httpsPort),
          HEALTH_PORT: String(healthPort),
          PRACTICE_SERVERS: upstreams('practicePort'),
          ROOM_SERVERS: upstreams('roomPort'),
          GLOBAL_OPTIONS: 'default_bind 127.0.0.1',
          SITE_OPTIONS: `tls ${join(folder, 'cert.pem')} ${join(folder, 'key.pem')}`,
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let printed = '';
      child.stderr?.on('data', (data) => (printed += String(data)));
      const kill = (): void => void child?.kill('SIGKILL');
      process.once('exit', kill);
      while (!(await isListening(httpsPort))) {
        if (child.exitCode !== null) throw new Error(`Caddy did not start: ${printed}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async close() {
      if (child && child.exitCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
