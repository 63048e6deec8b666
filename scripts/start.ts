import { once } from 'node:events';
import { join } from 'node:path';
import { type Db, openDatabase } from '../server/db/database.ts';
import { EmbeddedPostgresError } from '../server/db/embedded-postgres-error.ts';
import { openEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import { migrate } from '../server/db/migrate.ts';
import { type Config, readConfig } from '../server/http/config.ts';
import { createLog, type LogDestination } from '../server/http/log.ts';
import { ConfigError } from '../server/http/settings.ts';
import { openServerKey } from '../server/mail/server-key.ts';
import { missingPages } from '../server/pages/missing-pages.ts';
import { startServer } from '../server/server.ts';
import { ensureWebBuilt, repositoryRoot } from './build.ts';
import { openLogFile } from './log-file.ts';
import { stopSignal } from './stop-signal.ts';

/** What has been opened so far; ended in the opposite order. */
type Ending = () => Promise<unknown>;

/** Its message is for the operator: what is the matter, and what to do. */
class StartError extends Error {
  override readonly name = 'StartError';
}

const endPatienceMs = 45_000;

const stop = stopSignal();
const endings: Ending[] = [];
let drainMs = 0;
try {
  const warn = (line: string): void => void process.stderr.write(`${line}\n`);
  const config = readConfig(process.env, repositoryRoot, warn);
  await start(config);
  // Someone may have asked to stop before there was anything to stop.
  if (!stop.aborted) await once(stop, 'abort');
} catch (error) {
  if (!stop.aborted) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}
// What does not end must not keep the machine from shutting down; the database is safe whatever happens.
setTimeout(() => process.exit(1), drainMs + endPatienceMs).unref();
for (const end of endings.toReversed()) await end();

async function start(config: Config): Promise<void> {
  drainMs = config.drainSeconds * 1000;
  await ensureWebBuilt();
  stop.throwIfAborted();
  const databaseUrl = config.databaseUrl ?? (await startPostgres(config.dataDir));
  stop.throwIfAborted();
  const db = openDatabase({ connectionString: databaseUrl });
  endings.push(() => db.destroy());
  await migrateOrExplain(db, config);
  stop.throwIfAborted();
  const log = createLog(config.logLevel, openLog(config));
  const server = await startServer(await withServerKey(config), { db, log });
  endings.push(() => server.close());
  process.stdout.write(`practice  ${config.practiceOrigin}\nroom  ${config.roomOrigin}\n`);
  await tellMissingPages(config);
}

/** To whoever runs it for others: who only tries it on this machine needs no imprint. */
async function tellMissingPages(config: Config): Promise<void> {
  if (!config.practiceOrigin.startsWith('https:')) return;
  for (const { file, problem } of await missingPages(config)) {
    process.stderr.write(`Visitors look for a page in vain: ${file} ${problem} (docs/pages.md).\n`);
  }
}

/** With a database of the operator's own there may be several servers: they are given the key they share. */
async function withServerKey(config: Config): Promise<Config> {
  if (config.serverKey || config.databaseUrl) return config;
  return { ...config, serverKey: await openServerKey(config.dataDir) };
}

async function startPostgres(dataDir: string): Promise<string> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const postgres = await openEmbeddedPostgres({ dataDir, log });
  endings.push(() => postgres.close());
  return postgres.connectionString;
}

async function migrateOrExplain(db: Db, config: Config): Promise<void> {
  try {
    await migrate(db);
  } catch (error) {
    if (!config.databaseUrl) throw error;
    throw new StartError(
      `The database of DATABASE_URL cannot be used (${describe(error)}). ` +
        'See that it runs, that its address and password are right, and that its user may create tables.',
      { cause: error },
    );
  }
}

/** Beside the embedded database. With a database of the operator's own, the log goes to stderr and thus to theirs. */
function openLog({ databaseUrl, dataDir }: Config): LogDestination {
  if (databaseUrl) return process.stderr;
  const file = openLogFile(join(dataDir, 'server.log'), (message) => process.stderr.write(`${message}\n`));
  endings.push(() => file.close());
  return file;
}

/** One sentence or two: what is the matter, and what to do. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `The settings are not right.\n${error.message}`;
  if (error instanceof EmbeddedPostgresError || error instanceof StartError) return error.message;
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop the program that uses it, or choose other ports with PRACTICE_PORT, ROOM_PORT, BOUNCE_PORT and METRICS_PORT.`;
  }
  if (code === 'EACCES' && port !== undefined) {
    return `This user may not listen on port ${port}. Choose ports above 1023 with PRACTICE_PORT and ROOM_PORT.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${address ?? 'of that name'}. Choose another one with LISTEN_HOST.`;
  }
  return `Sprechzimmer could not be started: ${describe(error)}`;
}

/** Of a failure to connect to several addresses, Node's own message is empty. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map((inner) => describe(inner)).join('; ');
  return error instanceof Error ? error.message : String(error);
}
