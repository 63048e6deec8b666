import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../http/config.ts';
import type { Context } from '../http/context.ts';
import { createLog, type LogDestination } from '../http/log.ts';
import { type Ceilings, defaultCeilings } from '../practice/limits.ts';
import { type ServerOptions, startServer } from '../server.ts';
import { openTestDatabase } from './test-database.ts';
import { freePort } from './free-port.ts';

export type TestServer = {
  practiceOrigin: string;
  roomOrigin: string;
  context: Context;
  /** Of the test's own schema. */
  connectionString: string;
  schema: string;
  /** Every log line so far. */
  logLines: string[];
  close(): Promise<void>;
};

/** What a client of a server must know; the server may as well be another process. */
export type TestServerAddress = {
  practiceOrigin: string;
  /** Where this process reaches it, when its origin is a name that only the browsers know. */
  practiceAddress?: string;
  roomOrigin: string;
  context: Pick<Context, 'now'>;
};

export type TestServerOptions = {
  config?: Partial<Config>;
  now?: () => Date;
  webFolders?: ServerOptions['webFolders'];
  /** Tests come from one address, so they may do more of everything unless a test is about just that. */
  ceilings?: Partial<Ceilings>;
  httpLimits?: ServerOptions['httpLimits'];
};

const testCeilings: Ceilings = {
  ...defaultCeilings,
  registrationsPerAddressAndHour: 10_000,
  challengesPerAddress: 10_000,
};

/** The real server on free ports of localhost, on a database schema of its own; without built apps unless given. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const [database, emptyApp] = await Promise.all([openTestDatabase(), emptyAppFolder()]);
  const logLines: string[] = [];
  const log = createLog('debug', { write: (line) => logLines.push(line) } satisfies LogDestination);
  const { config, server } = await listenOnFreePorts(
    (config) =>
      startServer(config, {
        db: database.db,
        log,
        ceilings: { ...testCeilings, ...options.ceilings },
        webFolders: options.webFolders ?? { practice: emptyApp, room: emptyApp },
        httpLimits: options.httpLimits,
        ...(options.now && { now: options.now }),
      }),
    options.config,
  );
  return {
    practiceOrigin: config.practiceOrigin,
    roomOrigin: config.roomOrigin,
    context: server.context,
    connectionString: database.connectionString,
    schema: database.schema,
    logLines,
    async close() {
      await server.close();
      await database.close();
      await rm(emptyApp, { recursive: true });
    },
  };
}

async function emptyAppFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-app-'));
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html lang="de"><title>Sprechzimmer</title></html>',
  );
  return folder;
}

/** The origins are part of the configuration, so ports are found first; somebody may take one in between. */
async function listenOnFreePorts<Server>(
  start: (config: Config) => Promise<Server>,
  overrides: Partial<Config> = {},
) {
  for (let attempt = 1; ; attempt++) {
    const [practicePort, roomPort] = await Promise.all([freePort(), freePort()]);
    const env = { PRACTICE_PORT: String(practicePort), ROOM_PORT: String(roomPort) };
    const config = { ...readConfig(env, import.meta.dirname), serverKey: randomBytes(32), ...overrides };
    try {
      return { config, server: await start(config) };
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || attempt === 5) throw error;
    }
  }
}
