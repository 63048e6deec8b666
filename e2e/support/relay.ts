import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { turnserverConf } from '../../deploy/turnserver-conf.ts';
import type { RelayConfig } from '../../server/http/relay-settings.ts';
import { makeTestCertificate, type TestCertificate } from '../../server/testing/test-certificate.ts';
import { endProcess } from './end-process.ts';

export type RelayOptions = {
  /** The relay's own addresses; the first one stands in its URLs. */
  listen?: string[];
  /** Otherwise free ones of this machine. `tls` beyond the first are such as 443. */
  ports?: RelayPorts;
  /** Internal peers that are relayed all the same, such as `127.0.0.1` for browsers on this machine. */
  peersOfTest?: string[];
  /** What runs it, such as `ip netns exec relay`. */
  runner?: string[];
  /** Of its TLS ports; otherwise one of its own. */
  certificate?: TestCertificate;
  /** Lines that replace the configuration's own of the same name. */
  overrides?: string[];
};

export type RelayPorts = { plain: number[]; tls: number[] };

export type Relay = {
  /** What the product is started with: `startProduct({ config: { relay: relay.config } })`. */
  config: RelayConfig;
  ports: RelayPorts;
  /** Of the process that runs now. */
  pid(): number;
  /** The certificate of its TLS ports, as PEM. */
  ca: string;
  /** For Chromium's `--ignore-certificate-errors-spki-list=`. */
  certificateHash: string;
  /** Everything it has printed, and written into its log if it keeps one. */
  output(): string;
  kill9(): Promise<void>;
  /** On the same ports, with the same secret. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

const startsWithinMs = 10_000;

/** A real coturn with the configuration that `deploy/` makes. */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const { listen = ['127.0.0.1'], runner = [], peersOfTest = [], overrides = [] } = options;
  const ports = options.ports ?? (await freePorts());
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-relay-'));
  const file = (name: string) => join(folder, name);
  const { key, cert } = options.certificate ?? makeTestCertificate();
  const urls = urlsOf(listen[0]!, ports);
  const secret = randomBytes(24).toString('base64url');
  const tls = { certificate: file('cert.pem'), key: file('key.pem') };
  const conf = turnserverConf({ urls, secret, listen, tls, peersOfTest });
  await Promise.all([
    writeFile(file('turnserver.conf'), withOverrides(conf, overrides)),
    writeFile(tls.certificate, cert),
    writeFile(tls.key, key),
  ]);
  let output = '';
  let child: ChildProcess;

  async function start(): Promise<void> {
    const own = ['--pidfile', file('pid'), '--userdb', file('turndb')];
    const [command, ...words] = [...runner, 'turnserver', '-c', file('turnserver.conf'), ...own];
    child = spawn(command!, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    const failed = new Promise<never>((_, reject) => child.on('error', reject));
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += String(data)));
    await Promise.race([failed, listens(child, listen[0]!, ports, runner, () => output)]);
  }

  await start();
  return {
    config: { urls, secret, credentialMinutes: 10 },
    ports,
    pid: () => child.pid!,
    ca: cert,
    certificateHash: spkiHash(cert),
    output: () => output,
    kill9: () => endProcess(child, 'SIGKILL'),
    restart: start,
    async close() {
      await endProcess(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function urlsOf(host: string, { plain, tls }: RelayPorts): string[] {
  const place = host.includes(':') ? `[${host}]` : host;
  return [
    ...plain.flatMap((port) => ['udp', 'tcp'].map((kind) => `turn:${place}:${port}?transport=${kind}`)),
    ...tls.map((port) => `turns:${place}:${port}?transport=tcp`),
  ];
}

function withOverrides(conf: string, overrides: string[]): string {
  const nameOf = (line: string) => line.split('=')[0];
  const names = new Set(overrides.map(nameOf));
  return [...conf.split('\n').filter((line) => !names.has(nameOf(line))), ...overrides, ''].join('\n');
}

/** Until its last port takes a connection, asked from where it runs. */
async function listens(
  child: ChildProcess,
  host: string,
  ports: RelayPorts,
  runner: string[],
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + startsWithinMs;
  const port = [...ports.plain, ...ports.tls].at(-1)!;
  while (!(await takesConnection(host, port, runner))) {
    if (child.exitCode !== null) throw new Error(`coturn did not start: ${output()}`);
    if (Date.now() > deadline) throw new Error(`coturn does not listen on ${host}:${port}: ${output()}`);
    await delay(50);
  }
}

async function takesConnection(host: string, port: number, runner: string[]): Promise<boolean> {
  const script = `require('net').connect(${port}, '${host}').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`;
  const [command, ...words] = [...runner, process.execPath, '-e', script];
  const [code] = await once(spawn(command, words, { stdio: 'ignore' }), 'exit');
  return code === 0;
}

/** Two neighbours for the relay's first port and the next, as it opens both; one more for TLS on a port of its own. */
async function freePorts(): Promise<RelayPorts> {
  const [plain, tls, further] = [await freePair(), await freePair(), await freePair()];
  return { plain: [plain], tls: [tls, further] };
}

async function freePair(): Promise<number> {
  for (;;) {
    const first = await holdPort(0);
    const second = await holdPort(first.port + 1).catch(() => undefined);
    await first.free();
    await second?.free();
    if (second) return first.port;
  }
}

async function holdPort(wanted: number): Promise<{ port: number; free(): Promise<void> }> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    async free() {
      server.close();
      await once(server, 'close');
    },
  };
}

function spkiHash(cert: string): string {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
