import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { openEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { isPostmasterOf, readPostmaster } from './postmaster.ts';

const isRoot = process.getuid?.() === 0;
const timeout = 60_000;
let scratch: string;
let dataDir: string;
let said: string[];
const made: string[] = [];

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'sprechzimmer-postgres-'));
  // Others' folders are as mktemp makes them: closed to everybody else.
  await chmod(scratch, 0o711);
  dataDir = join(scratch, 'data');
  said = [];
  made.push(scratch);
});

after(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true });
});

test(
  'the first start makes a database with checksums that listens on a socket only',
  { timeout },
  async () => {
    await using postgres = await open();
    const row = await queryOne(
      postgres.connectionString,
      `select current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses,
      current_setting('fsync') as fsync, current_setting('server_encoding') as encoding, upper('ä') as upper`,
    );
    assert.deepEqual(row, { checksums: 'on', addresses: '', fsync: 'on', encoding: 'UTF8', upper: 'Ä' });
    assert.equal(lstatSync(join(dataDir, 'postgres')).mode & 0o777, 0o700);
  },
);

test(
  'what was stored is there after the next start, which takes less than two seconds',
  { timeout },
  async () => {
    const first = await open();
    await store(first.connectionString, 'Montag');
    await first.close();
    assert.equal(readPostmaster(join(dataDir, 'postgres')), undefined);

    const began = Date.now();
    await using second = await open();
    assert.ok(Date.now() - began < 2_000);
    assert.deepEqual(await stored(second.connectionString), ['Montag']);
  },
);

test(
  'a server that was killed leaves a running database, which the next one adopts and stops',
  { timeout },
  async () => {
    const owner = spawn(
      process.execPath,
      [join(import.meta.dirname, '..', 'testing', 'database-owner.ts'), dataDir],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [connectionString] = (await once(createInterface(owner.stdout), 'line')) as [string];
    await store(connectionString, 'Dienstag');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const cluster = join(dataDir, 'postgres');
    const left = readPostmaster(cluster);
    assert.ok(left && isPostmasterOf(cluster, left.pid), 'PostgreSQL goes on without the server');

    const postgres = await open();
    assert.equal(readPostmaster(cluster)?.pid, left.pid);
    assert.deepEqual(await stored(postgres.connectionString), ['Dienstag']);
    await postgres.close();
    await until(() => !isPostmasterOf(cluster, left.pid));
  },
);

test(
  'a database that was killed comes back by itself with what it had acknowledged',
  { timeout },
  async () => {
    await using postgres = await open();
    for (const [before, day] of ['Mittwoch', 'Donnerstag'].entries()) {
      await store(postgres.connectionString, day);
      process.kill(runningPid()!, 'SIGKILL');
      // It can be connected to a moment before the server holds its lock again.
      await until(() => said.filter((line) => line === 'PostgreSQL is back.').length > before);
    }
    assert.deepEqual(await stored(postgres.connectionString), ['Mittwoch', 'Donnerstag']);
    // The lock was taken anew.
    await assert.rejects(open(), { code: 'in-use' });
  },
);

test('a second server on one data folder is told so, and does the first no harm', { timeout }, async () => {
  await using first = await open();
  await store(first.connectionString, 'Freitag');
  await assert.rejects(open(), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'in-use');
    assert.ok(error.message.includes(dataDir));
    assert.match(error.message, /DATA_DIR/);
    return true;
  });
  assert.deepEqual(await stored(first.connectionString), ['Freitag']);
});

test('of two servers that start at once on a new data folder one gets it', { timeout }, async () => {
  const outcomes = await Promise.allSettled([open(), open()]);
  const opened = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.equal(opened.length, 1);
  assert.match(String(refused[0]?.reason), /Another server is using/);
  assert.equal(await canConnect(opened[0]!.value.connectionString), true);
  await opened[0]!.value.close();
});

test('a path that is too long for a socket is no hindrance', { timeout }, async () => {
  dataDir = join(scratch, 'Praxis Dr. Müller, Köln'.padEnd(110, '-'));
  const postgres = await open();
  await store(postgres.connectionString, 'Samstag');
  const socketFolder = readPostmaster(join(dataDir, 'postgres'))!.socketFolder;
  assert.ok(!socketFolder.startsWith(dataDir));
  assert.equal(lstatSync(socketFolder).mode & 0o777, 0o700);
  await postgres.close();
  assert.equal(existsSync(socketFolder), false);
});

test('the remains of a creation that was interrupted are cleared away', { timeout }, async () => {
  const abandoned = join(dataDir, 'postgres.new-999999999-x');
  await mkdir(abandoned, { recursive: true });
  await writeFile(join(abandoned, 'PG_VERSION'), '18\n');
  await using postgres = await open();
  assert.equal(await canConnect(postgres.connectionString), true);
  assert.deepEqual((await readdir(dataDir)).sort(), ['postgres', 'postgres.log']);
});

test('a process that has got the number of the dead database is not taken for it', { timeout }, async () => {
  const first = await open();
  await first.close();
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const lines = [
    process.pid,
    join(dataDir, 'postgres'),
    0,
    5432,
    join(dataDir, 'postgres'),
    '',
    '0 0',
    'ready',
  ];
  await writeFile(pidFile, `${lines.join('\n')}\n`);
  await using second = await open();
  assert.equal(await canConnect(second.connectionString), true);
});

test('a database that cannot start says why, and where more is to be read', { timeout }, async () => {
  const first = await open();
  await first.close();
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '9.6\n');
  await assert.rejects(open(), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'failed');
    assert.match(error.message, /incompatible with server/);
    assert.ok(error.message.includes(join(dataDir, 'postgres.log')));
    return true;
  });
});

test('the log names neither statements nor the values in them', { timeout }, async () => {
  await using postgres = await open();
  await store(postgres.connectionString, 'Kanarienvogel');
  await assert.rejects(store(postgres.connectionString, 'Kanarienvogel'), /duplicate key/);
  await assert.rejects(
    queryOne(postgres.connectionString, `select 'Kanarienvogel'::int`),
    /invalid input syntax/,
  );
  assert.doesNotMatch(readFileSync(join(dataDir, 'postgres.log'), 'utf8'), /Kanarienvogel|select/);
});

test(
  'root lends PostgreSQL an account without rights',
  { timeout, skip: !isRoot && 'needs root' },
  async () => {
    // As `mktemp -d` makes it.
    await mkdir(dataDir, { mode: 0o700 });
    await using postgres = await open();
    assert.equal(await canConnect(postgres.connectionString), true);
    assert.notEqual(lstatSync(join(dataDir, 'postgres')).uid, 0);
    assert.equal(lstatSync(dataDir).uid, 0);
  },
);

test(
  'where that account cannot reach the data folder, the database lies elsewhere and its place is told',
  { timeout, skip: !isRoot && 'needs root' },
  async () => {
    await chmod(scratch, 0o700);
    const first = await open();
    const cluster = dirname(readPostmaster(join(dataDir, 'postgres'))!.socketFolder);
    made.push(cluster);
    assert.match(cluster, /^\/var\/lib\/sprechzimmer\/data-/);
    assert.ok(said.some((line) => line.includes(cluster) && line.includes(dataDir)));
    await store(first.connectionString, 'Sonntag');
    await first.close();

    const second = await open();
    assert.deepEqual(await stored(second.connectionString), ['Sonntag']);
    await second.close();

    await rm(cluster, { recursive: true });
    await assert.rejects(open(), { code: 'gone' });
  },
);

test('a data folder that cannot be written is named', { timeout }, async () => {
  await writeFile(dataDir, 'a file, where a folder should be');
  await assert.rejects(open(), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'no-access');
    assert.ok(error.message.includes(dataDir));
    return true;
  });
});

async function open(): Promise<EmbeddedPostgres> {
  return await openEmbeddedPostgres({ dataDir, log: (line) => said.push(line) });
}

function runningPid(): number | undefined {
  return readPostmaster(join(dataDir, 'postgres'))?.pid;
}

async function queryOne(
  connectionString: string,
  statement: string,
  values: unknown[] = [],
): Promise<unknown> {
  const rows = await query(connectionString, statement, values);
  return rows[0];
}

async function query(
  connectionString: string,
  statement: string,
  values: unknown[] = [],
): Promise<unknown[]> {
  const client = new Client({ connectionString });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(statement, values)).rows as unknown[];
  } finally {
    await client.end();
  }
}

async function store(connectionString: string, day: string): Promise<void> {
  await query(connectionString, 'create table if not exists note (id serial, day text unique)');
  await query(connectionString, 'insert into note (day) values ($1)', [day]);
}

async function stored(connectionString: string): Promise<unknown[]> {
  const rows = (await query(connectionString, 'select day from note order by id')) as { day: string }[];
  return rows.map(({ day }) => day);
}

async function canConnect(connectionString: string): Promise<boolean> {
  return await query(connectionString, 'select 1').then(
    () => true,
    () => false,
  );
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  // Less than the test's own limit: a wait that went on behind it would keep the whole file from ending.
  const deadline = Date.now() + 50_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, 'it did not happen in time');
    await sleep(20);
  }
}
