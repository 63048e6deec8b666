import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import { type Db, openDatabase, sql } from '../server/db/database.ts';
import { migrate } from '../server/db/migrate.ts';
import { openServerKey } from '../server/mail/server-key.ts';
import { dumpDatabase } from '../server/testing/dump-database.ts';
import { fillPractice } from '../server/testing/fill-practice.ts';
import { repositoryRoot } from './build.ts';

const program = join(repositoryRoot, 'scripts', 'admin.ts');
const timeout = 180_000;

let folder: string;
let dataDir: string;
let postgres: EmbeddedPostgres;
let db: Db;
let key: Buffer;

/** A data folder as a server leaves it, whose PostgreSQL runs. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-backup-'));
  dataDir = join(folder, 'data');
  postgres = await openEmbeddedPostgres({ dataDir, log: () => {} });
  db = openDatabase({ connectionString: postgres.connectionString, maxConnections: 2 });
  await migrate(db);
  const [at, expiresAt] = [new Date('2026-06-01T10:00:00Z'), new Date('2099-01-01T00:00:00Z')];
  const { practiceId } = await fillPractice(db, { day: '2026-06-01', at, expiresAt });
  // Much, and nothing that would become little.
  await sql`insert into contact (id, practice_id, version, generation, sealed)
    select gen_random_uuid(), ${practiceId}, 1, 1, (select string_agg(uuid_send(gen_random_uuid()), ''::bytea)
      from generate_series(1, 500 + n % 2)) from generate_series(1, 200) as n`.execute(db);
  key = await openServerKey(dataDir);
});
after(async () => {
  await db.destroy();
  await postgres.close();
  await rm(folder, { recursive: true, force: true });
});

function admin(env: Record<string, string>, ...words: string[]) {
  const options = { env: { ...process.env, ...env }, maxBuffer: 100_000_000 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], options);
  return { status, stdout, text: `${stdout.toString()}${stderr.toString()}` };
}

/** What no backup holds. */
const none = {
  session: 0,
  sign_in_challenge: 0,
  passkey_challenge: 0,
  used_signature: 0,
  host_ticket: 0,
};

async function contents(from: Db): Promise<Record<string, number>> {
  const dump = await dumpDatabase(from);
  return Object.fromEntries([...dump].map(([table, rows]) => [table, rows.length]));
}

test(
  'beside a running server everything goes into a file of one’s own, and from there into an empty folder',
  { timeout },
  async () => {
    const file = join(folder, 'first.backup');
    const made = admin({ DATA_DIR: dataDir }, 'backup', file);
    assert.equal(made.status, 0, made.text);
    assert.match(made.text, /server’s key is in it/);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual((await readdir(folder)).sort(), ['data', 'first.backup']);
    const other = join(folder, 'other');
    const restored = admin({ DATA_DIR: other }, 'restore', file);
    assert.equal(restored.status, 0, restored.text);
    assert.match(restored.text, /Everybody signs in again/);
    assert.deepEqual(await readFile(join(other, 'server-key')), key);
    const again = admin({ DATA_DIR: other }, 'restore', file);
    assert.equal(again.status, 1);
    assert.match(again.text, /not empty/);
    // Nobody runs there: PostgreSQL is started for it, and ended again.
    const idle = admin({ DATA_DIR: other }, 'backup', '-');
    assert.equal(idle.status, 0, idle.text);
    assert.ok(idle.stdout.length > 1_000_000);
    const there = await openEmbeddedPostgres({ dataDir: other, log: () => {} });
    const target = openDatabase({ connectionString: there.connectionString, maxConnections: 1 });
    try {
      const { admin_log: logged, ...rows } = await contents(target);
      const { admin_log: before, ...all } = await contents(db);
      assert.equal(logged, before! + 2, 'restored and backed up since: both are written down');
      assert.deepEqual(rows, {
        ...all,
        ...none,
      });
    } finally {
      await target.destroy();
      await there.close();
    }
  },
);

test(
  'a backup overwrites nothing, and none is restored into a folder whose server runs',
  { timeout },
  async () => {
    const file = join(folder, 'second.backup');
    const { status, stdout } = admin({ DATA_DIR: dataDir }, 'backup', '-');
    assert.equal(status, 0);
    const handle = await open(file, 'w');
    await handle.writeFile(stdout);
    await handle.close();
    const over = admin({ DATA_DIR: dataDir }, 'backup', file);
    assert.equal(over.status, 1);
    assert.match(over.text, /is there already/);
    assert.deepEqual(await readFile(file), stdout);
    const running = admin({ DATA_DIR: dataDir }, 'restore', file);
    assert.equal(running.status, 1);
    assert.match(running.text, /Another server is using the data folder/);
    assert.match(admin({ DATA_DIR: dataDir }, 'restore', join(folder, 'nowhere')).text, /There is no file/);
    for (const words of [['backup'], ['restore'], ['backup', 'a', 'b']]) {
      assert.match(admin({ DATA_DIR: dataDir }, ...words).text, /name one file/);
    }
  },
);

test(
  'a restore that is killed in the middle leaves the database empty, and the next one succeeds',
  { timeout },
  async () => {
    await sql`create database place`.execute(db);
    const DATABASE_URL = postgres.connectionString.replace('@/postgres?', '@localhost/place?');
    const bytes = admin({ DATA_DIR: dataDir }, 'backup', '-').stdout;
    const pipe = join(folder, 'pipe');
    assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
    const words = [program, 'restore', pipe];
    const child = spawn(process.execPath, words, { env: { ...process.env, DATABASE_URL }, stdio: 'inherit' });
    const ended = once(child, 'exit');
    const writer = await open(pipe, 'w');
    // Until it has read half of it; the other half never comes.
    await writer.writeFile(bytes.subarray(0, bytes.length / 2));
    const activity = async () => {
      const { rows } = await sql<{ query: string }>`
      select query from pg_stat_activity where datname = 'place'`.execute(db);
      return rows.map(({ query }) => query).join();
    };
    while (!(await activity()).startsWith('copy')) await delay(20);
    child.kill('SIGKILL');
    await ended;
    await writer.close();
    while ((await activity()) !== '') await delay(20);
    const target = openDatabase({ connectionString: DATABASE_URL, maxConnections: 1 });
    try {
      const { rows } = await sql`select 1 from pg_tables where schemaname = 'public'`.execute(target);
      assert.deepEqual(rows, []);
      const file = join(folder, 'third.backup');
      const handle = await open(file, 'w');
      await handle.writeFile(bytes);
      await handle.close();
      const otherKey = admin({ DATABASE_URL, SERVER_KEY: '0f'.repeat(32) }, 'restore', file);
      assert.equal(otherKey.status, 0, otherKey.text);
      assert.match(otherKey.text, /SERVER_KEY is not the one of the backup/);
      assert.equal((await contents(target))['contact'], (await contents(db))['contact']);
    } finally {
      await target.destroy();
    }
  },
);
