import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import { Client } from 'pg';
import type { Database } from '../schema.ts';
import type { Db } from '../database.ts';

/** A connection of its own: queries and COPY go through the same one, and so through the same transaction. */
export type SingleConnection = { client: Client; db: Db; close(): Promise<void> };

const settings = [
  `set datestyle = 'ISO, YMD'`,
  `set timezone = 'UTC'`,
  `set bytea_output = 'hex'`,
  `set client_encoding = 'UTF8'`,
  `set statement_timeout = 0`,
  `set idle_in_transaction_session_timeout = 0`,
  `set lock_timeout = '10s'`,
];

/** What COPY writes under these settings it reads under them. */
export async function openSingleConnection(connectionString: string): Promise<SingleConnection> {
  const client = new Client({ connectionString });
  // Whoever waits for an answer hears of it.
  client.on('error', () => {});
  await client.connect();
  for (const setting of settings) await client.query(setting);
  const lent = Object.assign(client, { release: () => {} }) as unknown as PostgresPoolClient;
  const pool = { connect: () => Promise.resolve(lent), end: () => Promise.resolve(), options: {} };
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    client,
    db,
    async close() {
      await db.destroy();
      await client.end();
    },
  };
}
