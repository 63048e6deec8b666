import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { Migration } from 'kysely/migration';
import { migrationDangers } from '../testing/migration-dangers.ts';

const folder = join(import.meta.dirname, 'migrations');
/** Older than the first version that runs on several servers: there was none beside which they had to be safe. */
const beforeTheFirstUpdate = ['0001-first-consultation', '0002-members', '0003-invitations-that-arrive'];

const files = readdirSync(folder).sort();

test('migrations are numbered without a gap, and none can be undone', async () => {
  assert.deepEqual(
    files.map((file) => Number(file.slice(0, 4))),
    files.map((_, index) => index + 1),
  );
  for (const file of files) assert.deepEqual(Object.keys(await load(file)), ['up'], file);
});

for (const file of files.filter((name) => !beforeTheFirstUpdate.includes(name.replace(/\.ts$/, '')))) {
  test(`${file} leaves the version before at work`, async () => {
    const statements = await statementsOf(file);
    assert.ok(statements.length > 0);
    assert.deepEqual(migrationDangers(statements), []);
  });
}

test('statements that would hurt the version before are told, each for what it does', () => {
  const dangers: Record<string, RegExp> = {
    'drop table appointment': /still uses/,
    'alter table appointment drop column sealed': /still uses/,
    'ALTER TABLE appointment\n  DROP sealed': /still uses/,
    'alter table appointment add column a text, drop column b': /still uses/,
    'alter table appointment rename column day to date': /old name/,
    'alter table appointment rename to meeting': /old name/,
    'alter table appointment add column a text not null': /leaves the new column out/,
    'alter table appointment add a integer check (a > 0) not null': /leaves the new column out/,
    'alter table appointment alter column day set not null': /may still write nothing/,
    'alter table appointment alter column day type timestamptz': /written anew/,
    'alter table appointment alter day set data type text': /written anew/,
    'alter table appointment add column a uuid not null default gen_random_uuid()': /written anew/,
    'alter table appointment add column a bigint generated always as identity': /written anew/,
    'alter table appointment add check (version > 0)': /not valid/,
    'alter table appointment add constraint a foreign key (b) references c': /not valid/,
    'create index appointment_day on appointment (day)': /while the index is built/,
    'create unique index on appointment (day)': /while the index is built/,
    'lock table appointment in exclusive mode': /kept out/,
    'truncate appointment': /kept out/,
  };
  for (const [statement, expected] of Object.entries(dangers)) {
    const found = migrationDangers([statement]);
    assert.equal(found.length, 1, `${statement}: ${found.join('; ')}`);
    assert.match(found[0]!, expected);
  }
});

test('statements that nobody notices pass', () => {
  const harmless = [
    'create table new (id uuid primary key, a text not null)',
    'create index new_a on new (a)',
    "alter table new add check (a <> ''), add column b text not null",
    'alter table appointment add column a text',
    "alter table appointment add column a text not null default 'rename, drop column'",
    'alter table appointment add column a integer not null default 90 check (a between 1 and 90)',
    'alter table appointment add column at timestamptz not null default now()',
    'alter table appointment drop constraint appointment_version_check, add check (version > 0) not valid',
    'alter table appointment alter column day drop not null',
    "insert into plan (id) values ('drop table')",
    'update plan set sms = true -- rename',
  ];
  assert.deepEqual(migrationDangers(harmless), []);
});

async function load(file: string): Promise<Migration> {
  return (await import(join(folder, file))) as Migration;
}

/** What a migration says to the database; here there is none. */
async function statementsOf(file: string): Promise<string[]> {
  const statements: string[] = [];
  class Recorder extends DummyDriver {
    override async acquireConnection() {
      const connection = await super.acquireConnection();
      return {
        ...connection,
        streamQuery: connection.streamQuery.bind(connection),
        executeQuery: (query: CompiledQuery) => {
          statements.push(query.sql);
          return Promise.resolve({ rows: [] });
        },
      };
    }
  }
  const db = new Kysely<never>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new Recorder(),
      createIntrospector: (self) => new PostgresIntrospector(self),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  await (await load(file)).up(db);
  return statements;
}
