import { type ChildProcess, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, type Place, postgresEnvironment } from './postgres-cluster.ts';

const longestSocketFolder = 100 - '/.s.PGSQL.5432'.length;
const largestLogBytes = 10_000_000;

const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  huge_pages: 'off',
  // Statements and the values in them are personal data. What is wrong with one is told to the server that sent it.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** What a running PostgreSQL says of itself in `postmaster.pid`. */
type Postmaster = { pid: number; socketFolder: string };

/** @returns undefined when none runs, or it has not come far enough to be connected to */
export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const [pid, , , , socketFolder] = lines;
  return pid && socketFolder ? { pid: Number(pid), socketFolder } : undefined;
}

/** The cluster's own folder, which only its owner can enter, or a short one where that path is too long for a socket. */
export function chooseSocketFolder({ cluster, account }: Place): string {
  if (Buffer.byteLength(cluster) <= longestSocketFolder) return cluster;
  const isShort = Buffer.byteLength(tmpdir()) <= longestSocketFolder - '/sprechzimmer-XXXXXX'.length;
  // Root's own temporary folder may be closed to the account.
  const folder = mkdtempSync(join(isShort && !account ? tmpdir() : '/tmp', 'sprechzimmer-'));
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

/** Starts PostgreSQL on a cluster. It outlives us, and writes to `logFile`, unless it is stopped. */
export function spawnPostmaster(
  place: Place,
  binaries: string,
  socketFolder: string,
  logFile: string,
): ChildProcess {
  removeForeignPidFile(place.cluster);
  const output = openLog(logFile);
  const options = Object.entries({ ...settings, unix_socket_directories: quote(socketFolder) });
  const child = spawn(
    join(binaries, 'bin', 'postgres'),
    ['-D', place.cluster, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      cwd: place.cluster,
      env: postgresEnvironment(),
      // A Ctrl-C in the terminal is for the server, which then stops PostgreSQL when it has finished with it.
      detached: true,
      stdio: ['ignore', output, output],
      ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
    },
  );
  closeSync(output);
  child.unref();
  return child;
}

/** Removes a folder that `chooseSocketFolder` made. */
export function removeSocketFolder({ cluster }: Place, socketFolder: string): void {
  if (socketFolder !== cluster) rmSync(socketFolder, { recursive: true, force: true });
}

/**
 * In a container that is started anew the number in a left-over `postmaster.pid` may belong to any other process, and
 * PostgreSQL would take that for itself. It does see by itself that a number is nobody's.
 */
function removeForeignPidFile(cluster: string): void {
  const left = readPostmaster(cluster);
  if (left && isAlive(left.pid) && !isPostmasterOf(cluster, left.pid))
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** PostgreSQL lives in its folder. Where the system does not show that, any living process of the number counts. */
export function isPostmasterOf(cluster: string, pid: number): boolean {
  if (process.platform !== 'linux') return isAlive(pid);
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}

function openLog(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLogBytes) renameSync(logFile, `${logFile}.1`);
  return openSync(logFile, 'a', 0o600);
}

/** The setting is a list: a comma or a space in the path must not divide it. */
function quote(folder: string): string {
  return `"${folder.replaceAll('"', '""')}"`;
}
