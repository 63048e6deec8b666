import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAssets } from '../server/http/assets.ts';
import { createManifest, manifestText, type WebManifest } from '../server/http/web-manifest.ts';
import type { Outcome } from './admin-command.ts';
import { AdminError } from './admin-error.ts';
import { ensureWebBuilt, repositoryRoot, type WebApp, webApps } from './build.ts';
import { parseManifest, verifyServer } from './verify-server.ts';

/**
 * Compares a running server with the sources here, or with a manifest in a file; tells each difference.
 * @param words an address, and maybe `--manifest FILE`
 */
export async function verify(words: string[]): Promise<Outcome> {
  const { address, file } = readWords(words);
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new AdminError('Please give the address of a server, such as https://video.example.org.');
  }
  const manifests = file === undefined ? await buildManifests() : [await readManifest(file)];
  const { app, version, files, differences } = await verifyServer(url, manifests);
  const what = `${url.origin}: ${app} app, version ${version}, ${files} files`;
  if (differences.length === 0) return { output: `${what}: as expected.\n`, isGood: true };
  const lines = differences.map((difference) => `  ${printable(difference)}\n`).join('');
  return { output: `${what}: ${differences.length} differences.\n${lines}`, isGood: false };
}

/** The manifest of one app as its sources here make it. @param words `practice` or `room` */
export async function printManifest([app]: string[]): Promise<string> {
  const wanted = webApps.find((one) => one === app);
  if (!wanted) throw new AdminError('Please say of which app: practice or room.');
  await ensureWebBuilt();
  return manifestText(await manifestOf(wanted));
}

async function buildManifests(): Promise<WebManifest[]> {
  await ensureWebBuilt();
  return Promise.all(webApps.map(manifestOf));
}

async function manifestOf(app: WebApp): Promise<WebManifest> {
  return createManifest(app, await readAssets(join(repositoryRoot, 'web', app, 'dist')));
}

async function readManifest(file: string): Promise<WebManifest> {
  const manifest = parseManifest(await readFile(file, 'utf8').catch(() => ''));
  if (!manifest) throw new AdminError(`${file} holds no manifest, such as \`manifest room\` prints.`);
  return manifest;
}

function readWords(words: string[]): { address: string; file: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: { manifest: { type: 'string' } },
      allowPositionals: true,
    });
    return { address: positionals.length === 1 ? positionals[0]! : '', file: values.manifest };
  } catch (error) {
    throw new AdminError((error as Error).message);
  }
}

/** What a foreign server sends may hold what a terminal would take for a command. */
function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 500);
}
