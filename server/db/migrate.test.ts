import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase, whileNobodyMigrates, whileNothingIsDropped } from '../testing/test-database.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

const timeout = 60_000;

/** What node-postgres makes of each type of column. */
const typeScriptTypes: Record<string, string> = {
  _bytea: 'Buffer[]',
  _text: 'string[]',
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  int4: 'number',
  int8: 'string',
  numeric: 'string',
  text: 'string',
  time: 'string',
  timestamptz: 'Date',
  uuid: 'string',
};

test('schema.ts says what the migrations make: tables, columns, types, defaults', { timeout }, async () => {
  const { db, schema, close } = await openTestDatabase();
  const { rows } = await sql<{
    table: string;
    column: string;
    type: string;
    nullable: boolean;
    generated: boolean;
  }>`
    select table_name as table, column_name as column, udt_name as type,
      is_nullable = 'YES' as nullable, column_default is not null or is_identity = 'YES' as generated
    from information_schema.columns where table_schema = ${schema} and table_name not like 'kysely_%'`.execute(
    db,
  );
  await close();
  const made = rows.map(({ table, column, type, nullable, generated }) => {
    const plain = `${typeScriptTypes[type] ?? type}${nullable ? ' | null' : ''}`;
    return `${table}.${column}: ${generated ? `Generated<${plain}>` : plain}`;
  });
  assert.deepEqual(made.sort(), readSchema().sort());
});

test('servers that start at once on an empty database migrate it once', { timeout }, async () => {
  const { db, connectionString, schema, close } = await openTestDatabase();
  await whileNobodyMigrates(db, () => sql`drop schema ${sql.id(schema)} cascade`.execute(db));
  await sql`create schema ${sql.id(schema)}`.execute(db);
  const servers = [1, 2, 3].map(() => openDatabase({ connectionString, schema, maxConnections: 2 }));
  await whileNothingIsDropped(db, () => Promise.all(servers.map((server) => migrate(server, schema))));
  assert.deepEqual(await db.selectFrom('practice').selectAll().execute(), []);
  for (const server of servers) await server.destroy();
  await close();
});

test('a server starts again on a database that a newer version has migrated', { timeout }, async () => {
  const { db, schema, close } = await openTestDatabase();
  await addMigration('9999-of-a-version-to-come');
  await whileNothingIsDropped(db, () => migrate(db, schema));
  // One that should have come before those that are there is no newer version's, but another product's.
  await addMigration('0001-something-else');
  await whileNothingIsDropped(db, () => assert.rejects(migrate(db, schema), /0001-something-else/));
  await close();

  async function addMigration(name: string): Promise<void> {
    await sql`insert into ${sql.table(`${schema}.kysely_migration`)} (name, timestamp) values (${name}, '2030-01-01T00:00:00.000Z')`.execute(
      db,
    );
  }
});

/** `table.column: type` for every field of schema.ts. */
function readSchema(): string[] {
  const source = readFileSync(join(import.meta.dirname, 'schema.ts'), 'utf8');
  const tables = /export type Database = \{(.*?)\n\};/s.exec(source)?.[1] ?? '';
  return [...tables.matchAll(/(\w+): (\w+);/g)].flatMap(([, table, type]) => {
    const fields = new RegExp(`\\ntype ${type} = \\{(.*?)\\};`, 's').exec(source)?.[1] ?? '';
    return [...fields.matchAll(/(\w+): ([^;]+?)(?:;| $)/g)].map(
      ([, column, of]) => `${table}.${column}: ${of}`,
    );
  });
}
