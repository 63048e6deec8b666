import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const repositoryRoot: string = dirname(import.meta.dirname);
export const webApps = ['practice', 'room'] as const;

export type WebApp = (typeof webApps)[number];

/**
 * Builds `web/<app>/dist` of both apps unless they are as their sources are. Another process does it, because the
 * bundler's memory would stay with a server for its whole life.
 * @throws when the build fails; the bundler has said why on stderr
 */
export async function ensureWebBuilt(): Promise<void> {
  const inputs = hashInputs(repositoryRoot);
  if (webApps.every((app) => isCurrent(app, inputs))) return;
  process.stderr.write('Building the web apps ...\n');
  const child = spawn(process.execPath, [import.meta.filename], { stdio: ['ignore', 2, 2] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The web apps could not be built: see the message above.');
}

/** SHA-256 (hex) over names and contents of everything the bundles are made of. */
export function hashInputs(root: string): string {
  const hash = createHash('sha256');
  for (const file of [
    'package-lock.json',
    'tsconfig.base.json',
    ...listSources(root, 'packages'),
    ...listSources(root, 'web'),
  ]) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Bundles one app of `root` into `outDir`, the same bytes for the same sources.
 * @throws the bundler's error
 */
export async function bundle(root: string, app: WebApp, outDir: string): Promise<void> {
  const vite = await import('vite');
  // Whatever the operator's environment says: a development build has other bytes, and is slow.
  process.env['NODE_ENV'] = 'production';
  await vite.build({
    configFile: join(root, 'web', app, 'vite.config.ts'),
    configLoader: 'native',
    mode: 'production',
    build: { outDir, emptyOutDir: true },
  });
}

async function buildApp(app: WebApp, inputs: string): Promise<void> {
  if (isCurrent(app, inputs)) return;
  const fresh = join(repositoryRoot, '.build', 'web', `${app}-${process.pid}`);
  await bundle(repositoryRoot, app, fresh);
  const dist = join(repositoryRoot, 'web', app, 'dist');
  try {
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } catch (error) {
    // A build that ran at the same time was quicker, with the same bytes.
    if (!existsSync(join(dist, 'index.html'))) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  mkdirSync(dirname(stampOf(app)), { recursive: true });
  writeFileSync(stampOf(app), inputs);
}

function isCurrent(app: WebApp, inputs: string): boolean {
  const isBuilt = existsSync(join(repositoryRoot, 'web', app, 'dist', 'index.html'));
  return isBuilt && existsSync(stampOf(app)) && readFileSync(stampOf(app), 'utf8') === inputs;
}

function stampOf(app: WebApp): string {
  return join(repositoryRoot, '.build', 'web', `${app}.sha256`);
}

function listSources(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== 'dist')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listSources(root, path);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
    });
}

if (import.meta.main) {
  const inputs = hashInputs(repositoryRoot);
  for (const app of webApps) await buildApp(app, inputs);
}
