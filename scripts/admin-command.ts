import { type Db, openDatabase } from '../server/db/database.ts';
import { findRunningPostgres, openEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import type { Config } from '../server/http/config.ts';
import { AdminError } from './admin-error.ts';

export type Outcome = { output: string; /** Decides about the exit code. */ isGood: boolean };

export type Command = {
  /** How it is written, and what it does. */
  usage: [string, string];
  /** @param config reads the settings, and throws all mistakes in them */
  run: (words: string[], config: () => Config) => Promise<string | Outcome>;
};

/** A command of one transaction: what it does and what is written down of it stand or fall together. */
export function onDatabase(work: (db: Db, words: string[]) => Promise<string>): Command['run'] {
  return async (words, config) => {
    const connectionString = findDatabase(config());
    const db = openDatabase({ connectionString, maxConnections: 1 });
    try {
      const output = await db.transaction().execute((transaction) => work(transaction, words));
      return `${output}\n`;
    } finally {
      await db.destroy();
    }
  };
}

/** @throws AdminError when there is none beside which to work */
function findDatabase({ databaseUrl, dataDir }: Config): string {
  const found = databaseUrl ?? findRunningPostgres(dataDir);
  if (!found) throw new AdminError(`No server runs on ${dataDir}. Start it, or name another DATA_DIR.`);
  return found;
}

/**
 * The database of the settings, whether a server runs or not.
 * @param isAlone no server may run on the data folder meanwhile
 */
export async function withDatabase<T>(
  { databaseUrl, dataDir }: Config,
  isAlone: boolean,
  work: (connectionString: string) => Promise<T>,
): Promise<T> {
  const running = databaseUrl ?? (isAlone ? undefined : findRunningPostgres(dataDir));
  if (running) return work(running);
  const postgres = await openEmbeddedPostgres({
    dataDir,
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  try {
    return await work(postgres.connectionString);
  } finally {
    await postgres.close();
  }
}
