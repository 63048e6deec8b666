import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Db, openDatabase } from '../db/database.ts';
import { openEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { migrate } from '../db/migrate.ts';

export type TestDatabase = {
  /** Reads and writes its own schema only. */
  db: Db;
  connectionString: string;
  schema: string;
  close: () => Promise<void>;
};

type Postgres = { connectionString: string; close(): Promise<void> };

/** One per process where a test file runs by itself; `npm test` lends one to all through TEST_DATABASE_URL. */
let own: Promise<Postgres> | undefined;
let openDatabases = 0;

/** A fresh, migrated schema in a real PostgreSQL. `close` drops it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const postgres = await findPostgres();
  openDatabases += 1;
  const { connectionString } = postgres;
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const db = openDatabase({ connectionString, schema, maxConnections: 5 });
  await sql`create schema ${sql.id(schema)}`.execute(db);
  await whileNothingIsDropped(db, () => migrate(db, schema));
  const close = async (): Promise<void> => {
    await whileNobodyMigrates(db, () => sql`drop schema ${sql.id(schema)} cascade`.execute(db));
    await db.destroy();
    openDatabases -= 1;
    if (openDatabases > 0) return;
    own = undefined;
    await postgres.close();
  };
  return { db, connectionString, schema, close };
}

/** Of all tests on one PostgreSQL; an arbitrary number. */
const schemasLock = 7_300;

/** Kysely's migrator looks at the tables of all schemas, and fails when one of them goes while it looks. */
export async function whileNothingIsDropped(db: Db, work: () => Promise<unknown>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock_shared(${schemasLock})`.execute(connection);
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock_shared(${schemasLock})`.execute(connection);
    }
  });
}

/** So that a schema goes only while nobody looks at all of them. */
export async function whileNobodyMigrates(db: Db, work: () => Promise<unknown>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${schemasLock})`.execute(connection);
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(${schemasLock})`.execute(connection);
    }
  });
}

function findPostgres(): Promise<Postgres> {
  const connectionString = process.env['TEST_DATABASE_URL'];
  if (connectionString) return Promise.resolve({ connectionString, close: () => Promise.resolve() });
  own ??= startTestPostgres();
  return own;
}

/** An embedded PostgreSQL in a folder of its own, which `close` removes. */
export async function startTestPostgres(): Promise<Postgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sprechzimmer-test-'));
  const postgres = await openEmbeddedPostgres({ dataDir, log: () => {} });
  const close = async (): Promise<void> => {
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { connectionString: postgres.connectionString, close };
}
