import type { ChildProcess } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { preparePostgresBinaries } from './postgres-binaries.ts';
import { findPlace, makeCluster, type Place, superuser, systemFolder } from './postgres-cluster.ts';
import {
  chooseSocketFolder,
  isPostmasterOf,
  readPostmaster,
  removeSocketFolder,
  spawnPostmaster,
} from './postmaster.ts';

export type EmbeddedPostgresOptions = {
  /** Absolute. Made if missing; holds the database and its log. */
  dataDir: string;
  /** Is told, in one line each, what an operator may want to know. */
  log: (message: string) => void;
};

/** Two 32-bit numbers that no other advisory lock here has. */
const ownerLock = [0x53707265, 1];
const ownerLockPatienceMs = 2_000;
const firstAttempts = 5;
const pollMs = 15;
const slowAfterMs = 5_000;
const shortestPauseMs = 100;
const longestPauseMs = 10_000;
const healthyAfterMs = 60_000;
const stopPatienceMs = 30_000;

/**
 * Opens the PostgreSQL of a data folder: adopts it if it runs, since a server that was killed leaves it running, else
 * starts it; and starts it again whenever it dies.
 * @throws EmbeddedPostgresError when there can be none, or another server has it
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const place = findPlace(dataDir, options.log);
  const binaries = preparePostgresBinaries(place.account, place.account ? systemFolder : dataDir);
  await makeCluster(place, binaries);
  const postgres = new EmbeddedPostgres(place, binaries, dataDir, options.log);
  await postgres.open();
  return postgres;
}

/** For a command beside a running server: how to reach the PostgreSQL of a data folder. @returns undefined when none runs */
export function findRunningPostgres(dataDir: string): string | undefined {
  const cluster = join(resolve(dataDir), 'postgres');
  const running = readPostmaster(cluster);
  return running && isPostmasterOf(cluster, running.pid) ? connectionString(running.socketFolder) : undefined;
}

export class EmbeddedPostgres {
  readonly #place: Place;
  readonly #binaries: string;
  readonly #dataDir: string;
  readonly #log: (message: string) => void;
  readonly #closing = new AbortController();
  #socketFolder: string;
  #child: ChildProcess | undefined;
  /** Holds the owner lock as long as it is connected, and tells at once when PostgreSQL dies. */
  #owner: Client | undefined;
  #ownerSince = 0;
  #recovering: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;
  #pauseMs = 0;

  constructor(place: Place, binaries: string, dataDir: string, log: (message: string) => void) {
    this.#place = place;
    this.#binaries = binaries;
    this.#dataDir = dataDir;
    this.#log = log;
    const running = readPostmaster(place.cluster);
    const isRunning = running && isPostmasterOf(place.cluster, running.pid);
    this.#socketFolder = isRunning ? running.socketFolder : chooseSocketFolder(place);
  }

  /** For node-postgres and libpq alike; stays the same when PostgreSQL is started again. */
  get connectionString(): string {
    return connectionString(this.#socketFolder);
  }

  /** Called once, by `openEmbeddedPostgres`. */
  async open(): Promise<void> {
    const owner = await this.#connect(firstAttempts);
    if (!(await takeOwnerLock(owner))) {
      await owner.end();
      throw this.#inUse();
    }
    this.#watch(owner);
  }

  /** Stops PostgreSQL (fast: open transactions are rolled back) and waits until it has gone. */
  close(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #stop(): Promise<void> {
    this.#closing.abort();
    await this.#recovering;
    const running = readPostmaster(this.#place.cluster);
    if (isLiving(this.#child)) {
      const child = this.#child;
      await stopProcess(child.pid!, () => !isLiving(child));
    } else if (running && isPostmasterOf(this.#place.cluster, running.pid)) {
      await stopProcess(running.pid, () => readPostmaster(this.#place.cluster)?.pid !== running.pid);
    }
    await this.#owner?.end().catch(() => {});
    removeSocketFolder(this.#place, this.#socketFolder);
  }

  #watch(owner: Client): void {
    this.#owner = owner;
    this.#ownerSince = Date.now();
    owner.once('end', () => {
      this.#owner = undefined;
      if (!this.#closing.signal.aborted) this.#recovering = this.#recover();
    });
  }

  /** Ends when PostgreSQL is back, or on `close`; never rejects. */
  async #recover(): Promise<void> {
    this.#log('The connection to PostgreSQL broke. Starting it again ...');
    if (Date.now() - this.#ownerSince > healthyAfterMs) this.#pauseMs = 0;
    while (!this.#closing.signal.aborted) {
      try {
        await this.#pause(this.#pauseMs);
        this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2 || shortestPauseMs);
        const owner = await this.#connect(1);
        if (await takeOwnerLock(owner)) {
          this.#log('PostgreSQL is back.');
          this.#watch(owner);
          return;
        }
        await owner.end();
        throw this.#inUse();
      } catch (error) {
        if (!this.#closing.signal.aborted) this.#log((error as Error).message);
      }
    }
  }

  /** Connects; starts PostgreSQL whenever none runs, up to `attempts` times. */
  async #connect(attempts: number): Promise<Client> {
    const began = Date.now();
    let isSlow = false;
    for (let started = 0; ;) {
      const client = await this.#tryConnect();
      if (client) return client;
      if (!this.#isStarting()) {
        if (started === attempts) throw this.#failed();
        if (started > 0) await this.#pause(shortestPauseMs * 2 ** started);
        started += 1;
        this.#start();
      }
      await this.#pause(pollMs);
      if (!isSlow && Date.now() - began > slowAfterMs) {
        isSlow = true;
        this.#log(
          'PostgreSQL is still starting; after a power failure it first restores its last changes ...',
        );
      }
    }
  }

  async #tryConnect(): Promise<Client | undefined> {
    const { cluster } = this.#place;
    const socketFolder = readPostmaster(cluster)?.socketFolder;
    if (!socketFolder) return undefined;
    const client = new Client({ connectionString: connectionString(socketFolder) });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ folder: string }>(
        `select current_setting('data_directory') as folder`,
      );
      if (rows[0] && realpathSync(rows[0].folder) === realpathSync(cluster)) {
        this.#socketFolder = socketFolder;
        return client;
      }
    } catch {
      // Not there, or not ready yet.
    }
    await client.end().catch(() => {});
    return undefined;
  }

  /** Ours, or one that another server has started in this moment. */
  #isStarting(): boolean {
    const running = readPostmaster(this.#place.cluster);
    return (
      isLiving(this.#child) || (running !== undefined && isPostmasterOf(this.#place.cluster, running.pid))
    );
  }

  #start(): void {
    this.#child = spawnPostmaster(this.#place, this.#binaries, this.#socketFolder, this.#logFile);
    this.#child.on('error', (error) => this.#log(`PostgreSQL could not be started: ${error.message}`));
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closing.signal });
  }

  get #logFile(): string {
    return join(this.#dataDir, 'postgres.log');
  }

  #failed(): EmbeddedPostgresError {
    const lines = readFileSync(this.#logFile, 'utf8').split('\n');
    const reason =
      lines.findLast((line) => line.includes('FATAL') || line.includes('PANIC')) ?? 'no reason given';
    return new EmbeddedPostgresError(
      'failed',
      `PostgreSQL does not start: ${reason} (more in ${this.#logFile})`,
    );
  }

  #inUse(): EmbeddedPostgresError {
    return new EmbeddedPostgresError(
      'in-use',
      `Another server is using the data folder ${this.#dataDir}. Stop that one, or choose another folder with DATA_DIR.`,
    );
  }
}

function connectionString(socketFolder: string): string {
  return `postgresql://${superuser}@/postgres?host=${encodeURIComponent(socketFolder)}`;
}

function isLiving(child: ChildProcess | undefined): child is ChildProcess {
  return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** PostgreSQL drops the lock with the connection; that of a server killed just now may take a moment to end. */
async function takeOwnerLock(owner: Client): Promise<boolean> {
  const deadline = Date.now() + ownerLockPatienceMs;
  for (;;) {
    const { rows } = await owner.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [
      ...ownerLock,
    ]);
    if (rows[0]?.taken) return true;
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
}

async function stopProcess(pid: number, hasEnded: () => boolean): Promise<void> {
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + stopPatienceMs;
  while (!hasEnded()) {
    if (Date.now() > deadline) {
      // Ends at once; the next start restores what the log holds.
      process.kill(pid, 'SIGQUIT');
      return;
    }
    await sleep(pollMs);
  }
}
