import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../scripts/build.ts';
import { median } from './child.ts';

/** `npm start` until both addresses are printed, on a database and bundles that are there already: median of five. */
export async function measureStartAgain(): Promise<{ startAgainMs: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sprechzimmer-start-'));
  const times: number[] = [];
  try {
    await startOnce(dataDir);
    for (let index = 0; index < 5; index += 1) times.push(await startOnce(dataDir));
  } finally {
    await rm(dataDir, { recursive: true });
  }
  return { startAgainMs: median(times) };
}

async function startOnce(dataDir: string): Promise<number> {
  const began = performance.now();
  const npm = spawn('npm', ['start', '--silent'], {
    cwd: repositoryRoot,
    env: { ...process.env, DATA_DIR: dataDir, PRACTICE_PORT: '28080', ROOM_PORT: '28081' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(npm, 'exit');
  let told = '';
  for await (const chunk of npm.stdout) {
    told += String(chunk);
    if (/^practice .*\nroom .*\n/m.test(told)) break;
  }
  const took = performance.now() - began;
  npm.kill('SIGTERM');
  await ended;
  if (!told.includes('room ')) throw new Error('npm start ended before it had started');
  return took;
}
