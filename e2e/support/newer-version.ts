import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebApp } from '../../scripts/build.ts';
import { copyRepository } from '../../scripts/repository-copy.ts';

/** The product one version later, in a folder of its own. */
export type NewerVersion = {
  /** For `ProductProcess.restart`. */
  folder: string;
  /** Whether its own build holds this file. */
  has(app: WebApp, path: string): boolean;
  close(): Promise<void>;
};

/**
 * Copies the product and builds it with other words, so that nearly all of its built files have other names.
 * @param words what takes the place of what, by source file; each must be there once
 */
export async function makeNewerVersion(
  words: Record<string, readonly [old: string, changed: string]>,
): Promise<NewerVersion> {
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-newer-'));
  copyRepository(folder);
  for (const [file, [old, changed]] of Object.entries(words)) replaceOnce(join(folder, file), old, changed);
  const build = spawn(process.execPath, ['scripts/build.ts'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
  });
  const [code] = await once(build, 'exit');
  if (code !== 0) throw new Error('the newer version could not be built: see the message above');
  return {
    folder,
    has: (app, path) => existsSync(join(folder, 'web', app, 'dist', path)),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function replaceOnce(file: string, old: string, changed: string): void {
  const parts = readFileSync(file, 'utf8').split(old);
  if (parts.length !== 2) throw new Error(`“${old}” stands ${parts.length - 1} times in ${file}`);
  writeFileSync(file, parts.join(changed));
}
