import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInstalled } from '../../scripts/installed-program.ts';
import { freePort } from './free-port.ts';

export type TestRedis = {
  url: string;
  pid: number;
  close(): Promise<void>;
};

export type TestRedisOptions = {
  /** Otherwise a free one; that of one that was killed, to have it back. */
  port?: number;
  /** As in redis.conf, such as `['--requirepass', 'geheim']`. */
  settings?: string[];
};

const attempts = 5;

/** A real Redis or Valkey on a port of this machine, which keeps nothing on disk. It ends with this process. */
export async function startTestRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const program = findInstalled(['redis-server', 'valkey-server']);
  if (!program) throw new Error('There is no redis-server and no valkey-server on this machine.');
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-redis-'));
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const quiet = ['--save', '', '--appendonly', 'no', '--daemonize', 'no'];
    const child = spawn(program, [...words, ...quiet, ...(options.settings ?? [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = (): void => void child.kill('SIGKILL');
    process.on('exit', kill);
    const output = await untilReady(child);
    if (output === undefined) {
      return {
        url: `redis://127.0.0.1:${port}`,
        pid: child.pid!,
        async close() {
          process.off('exit', kill);
          await ended(child);
          await rm(folder, { recursive: true, force: true });
        },
      };
    }
    process.off('exit', kill);
    // Somebody else has taken the port meanwhile.
    if (attempt === attempts || options.port !== undefined) {
      await rm(folder, { recursive: true, force: true });
      throw new Error(`Redis did not start: ${output}`);
    }
  }
}

/** @returns what it has printed when it ended instead */
async function untilReady(child: ChildProcess): Promise<string | undefined> {
  let output = '';
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data) => {
      output += String(data);
      if (output.includes('eady to accept connections')) resolve(undefined);
    });
  }
  child.on('error', reject);
  child.on('exit', () => resolve(output));
  return promise;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  // One that a test has stopped (SIGSTOP) hears nothing else.
  child.kill('SIGKILL');
  await exit;
}
