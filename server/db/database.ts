import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Database } from './schema.ts';

export { sql } from 'kysely';

export type Db = Kysely<Database>;

export type DatabaseOptions = {
  connectionString: string;
  /** Set by tests: each runs in a schema of its own. */
  schema?: string;
  maxConnections?: number;
};

// A calendar day stays the text it is; node-postgres would make it a moment in the server's time zone.
types.setTypeParser(types.builtins.DATE, (day) => day);

/** What belongs to a `Db`, which shows nothing of it. */
const pools = new WeakMap<Db, { pool: Pool; lost: number }>();

/** Opens the pool. Idle connections that the database closes are replaced by the next query, never thrown. */
export function openDatabase(options: DatabaseOptions): Db {
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.maxConnections ?? 10,
    ...(options.schema && { options: `-c search_path=${options.schema}` }),
  });
  const entry = { pool, lost: 0 };
  // A connection that ends while it is lent out fails its query, and would then end this process too.
  pool.on('connect', (client) => client.on('error', () => void entry.lost++));
  pool.on('error', () => {});
  const db: Db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, entry);
  return db;
}

/**
 * The connections of a pool: in use, idle, and how many requests wait for one; and how many the database has ended so
 * far.
 * @throws TypeError for anything that `openDatabase` has not opened, such as a transaction
 */
export function countConnections(db: Db): { used: number; idle: number; waiting: number; lost: number } {
  const entry = pools.get(db);
  if (!entry) throw new TypeError('not a database of openDatabase');
  const { pool, lost } = entry;
  const { totalCount, idleCount: idle, waitingCount: waiting } = pool;
  return { used: totalCount - idle, idle, waiting, lost };
}
