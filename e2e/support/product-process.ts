import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureWebBuilt, repositoryRoot } from '../../scripts/build.ts';
import type { TestServerAddress } from '../../server/testing/test-server.ts';
import { endProcess } from './end-process.ts';
import { freePort } from '../../server/testing/free-port.ts';

export type ProductProcess = TestServerAddress & {
  dataDir: string;
  ports: { practice: number; room: number };
  /** Everything it has printed. */
  output(): string;
  kill9(): Promise<void>;
  /** As the system stops it: SIGTERM. Resolves when it has ended. */
  stop(): Promise<void>;
  /** Starts again on the same ports and the same data, from the folder of another version where one is named. */
  restart(root?: string): Promise<void>;
  close(): Promise<void>;
};

/**
 * The product as `npm start` runs it: a process of its own on an embedded database of its own. It ends with this process.
 * @param settings more of them
 */
export async function startProductProcess(settings: Record<string, string> = {}): Promise<ProductProcess> {
  await ensureWebBuilt();
  const dataDir = await mkdtemp(join(tmpdir(), 'sprechzimmer-e2e-'));
  const [practicePort, roomPort] = [await freePort(), await freePort()];
  let printed = '';
  let child: ChildProcess;

  async function start(root = repositoryRoot): Promise<void> {
    const env = {
      ...process.env,
      DATA_DIR: dataDir,
      PRACTICE_PORT: `${practicePort}`,
      ROOM_PORT: `${roomPort}`,
      ...settings,
    };
    child = spawn(process.execPath, ['scripts/start.ts'], {
      cwd: root,
      env: { ...env, LOG_LEVEL: 'debug' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const before = printed.length;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data) => (printed += String(data)));
    while (!printed.slice(before).includes('room  http')) {
      if (child.exitCode !== null) throw new Error(`the product did not start: ${printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  await start();
  return {
    practiceOrigin: settings['PRACTICE_ORIGIN'] ?? `http://localhost:${practicePort}`,
    practiceAddress: `http://localhost:${practicePort}`,
    roomOrigin: settings['ROOM_ORIGIN'] ?? `http://localhost:${roomPort}`,
    ports: { practice: practicePort, room: roomPort },
    context: { now: () => new Date() },
    dataDir,
    output: () => printed,
    kill9: () => endProcess(child, 'SIGKILL'),
    stop: () => endProcess(child, 'SIGTERM'),
    restart: start,
    async close() {
      await endProcess(child, 'SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
