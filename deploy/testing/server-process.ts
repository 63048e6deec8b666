import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../server/testing/free-port.ts';

export type ServerProcess = {
  practicePort: number;
  roomPort: number;
  env: Record<string, string>;
  /** Everything it has printed. */
  output(): string;
  /** Sends a signal and waits for the end. @returns the exit code; null after a signal that ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
  start(): Promise<void>;
};

export type ServerProcessOptions = {
  /** The repository, or a copy. */
  root: string;
  env: Record<string, string>;
  node?: string;
  /** As whom, where this process may choose. */
  user?: { uid: number; gid: number };
};

/** `scripts/start.ts` as a process on free ports, with no more of this environment than the path. Call `start`. */
export async function newServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const [practicePort, roomPort] = [await freePort(), await freePort()];
  let printed = '';
  let child: ChildProcess;
  const env = {
    PATH: process.env['PATH'] ?? '',
    PRACTICE_PORT: String(practicePort),
    ROOM_PORT: String(roomPort),
    ...options.env,
  };
  return {
    practicePort,
    roomPort,
    env,
    output: () => printed,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
    async start() {
      const before = printed.length;
      // The channel ends it when this process dies.
      child = spawn(options.node ?? process.execPath, [join(options.root, 'scripts', 'start.ts')], {
        cwd: options.root,
        env,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        ...options.user,
      });
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (data) => (printed += String(data)));
      while (!printed.slice(before).includes('room  http')) {
        if (child.exitCode !== null) throw new Error(`the server did not start: ${printed}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
