import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDatabase, sql } from '../server/db/database.ts';
import { findRunningPostgres } from '../server/db/embedded-postgres.ts';
import { migrationNames } from '../server/db/migrate.ts';
import { readAssets } from '../server/http/assets.ts';
import type { Config } from '../server/http/config.ts';
import { createManifest, manifestText, productVersion } from '../server/http/web-manifest.ts';
import { deletionsCsv } from '../server/retention/list-deletions.ts';
import { AdminError } from './admin-error.ts';
import { repositoryRoot, webApps } from './build.ts';
import { type Database, evidencePages } from './evidence/pages.ts';
import { billOfMaterials, type Lockfile } from './evidence/sbom.ts';

export type EvidenceOptions = {
  /** Must be empty or not there yet. */
  folder: string;
  config: Config;
  now: Date;
  /** Where docs and lockfile lie. */
  root?: string;
};

/** The command. */
export async function evidence(config: Config, [folder, ...rest]: string[]): Promise<string> {
  if (folder === undefined || rest.length > 0)
    throw new AdminError('Please name one new folder for the evidence.');
  return `${await writeEvidence({ folder, config, now: new Date() })}\n`;
}

/** A database that does not answer in this time counts as none. */
const databasePatienceMs = 10_000;
const noDatabase = 'Keine Datenbank ist erreichbar.';

/**
 * Writes what an auditor wants to see, German and as files that need nothing else. With the same product, settings and
 * database it is the same but for the date.
 * @returns a line for the operator
 * @throws AdminError when the folder holds anything
 */
export async function writeEvidence({
  folder,
  config,
  now,
  root = repositoryRoot,
}: EvidenceOptions): Promise<string> {
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new AdminError(`${target} is not empty. Please name a new folder.`);
  const database = await askDatabase(config);
  const manifests = await readManifests(root);
  const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
  const files: Record<string, string> = {
    ...evidencePages({ root, config, now, database, manifests, version: productVersion }),
    'stueckliste.cdx.json': json(billOfMaterials(lockfile, { version: productVersion, now })),
    ...(database.deletions !== undefined && { 'loeschprotokoll.csv': database.deletions }),
    ...Object.fromEntries(
      Object.entries(manifests).map(([app, text]) => [`manifest-${app}.json`, text ?? '']),
    ),
  };
  const names = Object.keys(files)
    .filter((name) => files[name] !== '')
    .sort();
  mkdirSync(target, { recursive: true, mode: 0o700 });
  for (const name of names) writeFileSync(join(target, name), files[name]!, { mode: 0o600 });
  const sums = names.map((name) => `${sha256(files[name]!)}  ${name}\n`).join('');
  writeFileSync(join(target, 'SHA256SUMS'), sums, { mode: 0o600 });
  const missing = database.missing ?? '';
  return [`Wrote ${names.length + 1} files to ${target}; begin with index.html.`, missing].join('\n').trim();
}

/** What only the database knows; or why it does not say. */
async function askDatabase({ databaseUrl, dataDir }: Config): Promise<Database> {
  const connectionString = databaseUrl ?? findRunningPostgres(dataDir);
  if (connectionString === undefined) return { missing: noDatabase };
  const db = openDatabase({ connectionString, maxConnections: 1 });
  const over = new AbortController();
  const patience = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error('too late')), databasePatienceMs);
    over.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  const read = async (): Promise<Database> => {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    let deletions = '';
    for await (const part of deletionsCsv(db)) deletions += part;
    return { migrations: rows.map(({ name }) => name), expected: migrationNames, deletions };
  };
  try {
    return await Promise.race([read(), patience]);
  } catch {
    return { missing: noDatabase };
  } finally {
    over.abort();
    await Promise.race([db.destroy(), new Promise((done) => setTimeout(done, 1_000).unref())]);
  }
}

/** By app, as the server publishes it; undefined where nothing is built. */
async function readManifests(root: string): Promise<Record<string, string | undefined>> {
  const entries = webApps.map(async (app) => {
    try {
      const assets = await readAssets(join(root, 'web', app, 'dist'));
      return [app, manifestText(await createManifest(app, assets))] as const;
    } catch {
      return [app, undefined] as const;
    }
  });
  return Object.fromEntries(await Promise.all(entries));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
