import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { type Account, canReach, chooseAccount } from './postgres-account.ts';

/** Where an account can always keep a database, when it cannot reach the data folder. */
export const systemFolder = '/var/lib/sprechzimmer';

export const superuser = 'sprechzimmer';

export type Place = { cluster: string; account: Account | undefined };

/**
 * Finds the folder of the database of `dataDir`, which is made if need be: `<dataDir>/postgres`, or, where that is a link,
 * what it points to. As root it must be one that the unprivileged account can reach.
 * @throws EmbeddedPostgresError `no-access`, `no-account`, `gone`
 */
export function findPlace(dataDir: string, log: (message: string) => void): Place {
  makeDataDir(dataDir);
  const here = join(dataDir, 'postgres');
  const elsewhere = readLink(here);
  if (elsewhere) {
    if (!existsSync(elsewhere)) throw databaseGone(dataDir, elsewhere);
    log(`The database of ${dataDir} lies in ${elsewhere}.`);
    return { cluster: elsewhere, account: chooseAccount(elsewhere) };
  }
  const account = chooseAccount(here);
  const owner = statSync(here, { throwIfNoEntry: false })?.uid;
  if (!account && owner !== undefined && owner !== process.getuid?.()) throw notOurs(here, owner);
  if (!account || canReach(account, dataDir)) return { cluster: here, account };
  // Others may pass through the folder, not list it.
  chmodSync(dataDir, lstatSync(dataDir).mode | 0o011);
  if (canReach(account, dataDir)) return { cluster: here, account };
  if (owner !== undefined) throw notOurs(here, owner);
  return { cluster: moveElsewhere(here, account, log), account };
}

/**
 * Makes the database's files (initdb) unless they are there. Interrupted at any point, it leaves either nothing or all.
 * @throws EmbeddedPostgresError `failed`
 */
export async function makeCluster(place: Place, binaries: string): Promise<void> {
  const { cluster, account } = place;
  removeAbandoned(cluster);
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  const fresh = mkdtempSync(`${cluster}.new-${process.pid}-`);
  try {
    if (account) chownSync(fresh, account.uid, account.gid);
    await initdb(fresh, binaries, account);
    renameSync(fresh, cluster);
    flushFolder(dirname(cluster));
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another start was quicker; whose database it is will be told by the lock.
    if (existsSync(join(cluster, 'PG_VERSION'))) return;
    throw error;
  }
}

async function initdb(folder: string, binaries: string, account: Account | undefined): Promise<void> {
  const settings = [
    `--username=${superuser}`,
    '--auth=trust', // whoever can enter the socket's folder, which only we can
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ];
  try {
    await promisify(execFile)(join(binaries, 'bin', 'initdb'), ['--pgdata', folder, ...settings], {
      cwd: folder,
      env: postgresEnvironment(),
      ...(account && { uid: account.uid, gid: account.gid }),
    });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || String(error);
    throw new EmbeddedPostgresError(
      'failed',
      `The database could not be created in ${dirname(folder)}: ${said}`,
      {
        cause: error,
      },
    );
  }
}

/** Else a power failure could undo the rename, and everything that was stored since. */
function flushFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** Without the PG* variables of the operator's shell, which would lead PostgreSQL elsewhere. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    // The only true test of whether we may write: to write.
    rmSync(mkdtempSync(join(dataDir, '.writable-')), { recursive: true });
  } catch (error) {
    throw new EmbeddedPostgresError(
      'no-access',
      `The data folder ${dataDir} cannot be written (${(error as Error).message}). ` +
        'Give this user the right to write there, or choose another folder with DATA_DIR.',
      { cause: error },
    );
  }
}

function readLink(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : undefined;
}

/** The link in the data folder, not a name made from its path: a data folder made anew gets a database made anew. */
function moveElsewhere(here: string, account: Account, log: (message: string) => void): string {
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
  chmodSync(systemFolder, 0o755);
  const elsewhere = mkdtempSync(join(systemFolder, 'data-'));
  chmodSync(elsewhere, 0o711);
  const cluster = join(elsewhere, 'postgres');
  mkdirSync(cluster, { mode: 0o700 });
  chownSync(cluster, account.uid, account.gid);
  try {
    symlinkSync(cluster, here);
  } catch (error) {
    rmSync(elsewhere, { recursive: true });
    const theirs = readLink(here);
    if (!theirs) throw error;
    return theirs;
  }
  log(
    `PostgreSQL runs as ${account.name}, which cannot reach ${dirname(here)}: the database lies in ${cluster}.`,
  );
  return cluster;
}

/** What an initdb that was killed left behind. */
function removeAbandoned(cluster: string): void {
  const prefix = `${basename(cluster)}.new-`;
  for (const name of readdirSync(dirname(cluster))) {
    if (name.startsWith(prefix) && !isAlive(Number.parseInt(name.slice(prefix.length), 10))) {
      rmSync(join(dirname(cluster), name), { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** Whether a process of this number runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function notOurs(cluster: string, owner: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'no-access',
    `The database in ${cluster} belongs to account number ${owner}, which cannot be used here. ` +
      'Start as that account, let it reach the folder, or choose another one with DATA_DIR.',
  );
}

function databaseGone(dataDir: string, cluster: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'gone',
    `The database of ${dataDir} lay in ${cluster}, which is no longer there. ` +
      `Bring it back, or remove ${join(dataDir, 'postgres')} to begin with an empty one.`,
  );
}
