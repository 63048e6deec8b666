import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;

export type DatabaseOptions = {
  connectionString: string;
  /** Set by tests: each runs in a schema of its own. */
  schema?: string;
  maxConnections?: number;
};

// A calendar day stays the text it is; node-postgres would make it a moment in the server's time zone.
types.setTypeParser(types.builtins.DATE, (day) => day);

/** Opens the pool. Idle connections that the database closes are replaced by the next query, never thrown. */
export function openDatabase(options: DatabaseOptions): Db {
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.maxConnections ?? 10,
    ...(options.schema && { options: `-c search_path=${options.schema}` }),
  });
  pool.on('error', () => {});
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
