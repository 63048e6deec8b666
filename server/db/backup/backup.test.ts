import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { after, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { dumpDatabase } from '../../testing/dump-database.ts';
import { fillPractice } from '../../testing/fill-practice.ts';
import { startTestPostgres } from '../../testing/test-database.ts';
import { type Db, openDatabase } from '../database.ts';
import { migrate, migrationNames } from '../migrate.ts';
import { BackupError } from './backup-error.ts';
import { encodeFrame, type Frame, readFrames } from './frames.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

type Place = { db: Db; connectionString: string };

const passing = [
  'built_file',
  'host_ticket',
  'passkey_challenge',
  'session',
  'sign_in_challenge',
  'used_signature',
];
const [past, future] = [new Date('2026-06-01T10:00:00Z'), new Date('2099-01-01T00:00:00Z')];

let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
let server: Db;
const opened: Db[] = [];
let full: Place;
let whole: Buffer;

before(async () => {
  postgres = await startTestPostgres();
  server = openDatabase({ connectionString: postgres.connectionString, maxConnections: 1 });
  full = await openPlace();
  await migrate(full.db);
  await fill(full.db);
  whole = await backUp(full);
});
after(async () => {
  for (const db of opened) await db.destroy();
  await server.destroy();
  await postgres.close();
});

/** A database of its own, without anything. */
async function openPlace(): Promise<Place> {
  const name = `place_${randomBytes(6).toString('hex')}`;
  await sql`create database ${sql.id(name)}`.execute(server);
  const connectionString = postgres.connectionString.replace('/postgres?', `/${name}?`);
  const db = openDatabase({ connectionString, maxConnections: 2 });
  opened.push(db);
  return { db, connectionString };
}

async function fill(db: Db): Promise<void> {
  const filling = { day: '2026-06-01', at: past, expiresAt: future };
  // What COPY has to write in another way than it stands there.
  await fillPractice(db, { ...filling, canary: 'Zeile\nTab\tRück\\strich \\. „Ärztin“ \u{1F600}' });
  await fillPractice(db, filling);
  await db
    .insertInto('billing_cap')
    .values({ valid_from: '2026-04-01', percent: '37.5', source: '§ 5' })
    .execute();
  await db.deleteFrom('plan').where('id', 'not in', ['basis', 'plus']).execute();
  await db.updateTable('plan').set({ max_users: 7 }).where('id', '=', 'basis').execute();
  await db
    .updateTable('device_request')
    .set({ to_device: [Buffer.from([0, 255]), Buffer.from('x')] })
    .execute();
}

async function backUp({ connectionString }: Place): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  const serverKey = { key: Buffer.alloc(32, 7), isOwn: true };
  await writeBackup({ connectionString, serverKey }, destination);
  return Buffer.concat(chunks);
}

function restore({ connectionString }: Place, bytes: Buffer) {
  return restoreBackup(Readable.from([bytes]), { connectionString });
}

/** Without what a restore changes on purpose: deliveries and whatever is over within hours. */
async function contents(db: Db): Promise<Record<string, string[]>> {
  const dump = await dumpDatabase(db);
  for (const table of [...passing, 'delivery']) dump.delete(table);
  return Object.fromEntries(dump);
}

async function isEmpty({ db }: Place): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_tables where schemaname = 'public'`.execute(db);
  return rows.length === 0;
}

async function framesOf(bytes: Buffer): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of readFrames(Readable.from([gunzipSync(bytes)]))) frames.push(frame);
  return frames;
}

function packed(frames: Frame[]): Buffer {
  return gzipSync(Buffer.concat(frames.map(({ kind, payload }) => encodeFrame(kind, payload))));
}

test('a full database comes back as it was, in a database that has never been used', async () => {
  const place = await openPlace();
  const { tables, rows, header } = await restore(place, whole);
  assert.deepEqual(await contents(place.db), await contents(full.db));
  assert.equal(header.serverKey, Buffer.alloc(32, 7).toString('base64'));
  assert.deepEqual(header.migrations, migrationNames);
  const dump = await dumpDatabase(full.db);
  assert.equal(tables, dump.size - passing.length);
  const kept = [...dump].filter(([table]) => !passing.includes(table));
  assert.equal(
    rows,
    kept.reduce((sum, [, lines]) => sum + lines.length, 0),
  );
  assert.ok(
    kept.every(([, lines]) => lines.length > 0),
    'every table has something in it',
  );
});

test('sessions, challenges, tickets and used signatures are in no backup', async () => {
  const heads = (await framesOf(whole)).filter(({ kind }) => kind === 't');
  const names = heads.map(({ payload }) => (JSON.parse(payload.toString()) as { name: string }).name);
  assert.deepEqual(
    passing.filter((name) => names.includes(name)),
    [],
  );
});

test('what was due before the restore is uncertain and never sent again, what is due later still waits', async () => {
  const { db } = full;
  const { practice_id } = await db
    .selectFrom('practice')
    .select('id as practice_id')
    .executeTakeFirstOrThrow();
  const delivery = {
    practice_id,
    channel: 'mail',
    is_on_day: false,
    changed_at: past,
    content: Buffer.of(1),
  };
  const rows = [
    { id: '00000000-0000-4000-8000-000000000001', state: 'waiting', due_at: future, next_attempt_at: future },
    { id: '00000000-0000-4000-8000-000000000002', state: 'waiting', due_at: past, next_attempt_at: future },
    { id: '00000000-0000-4000-8000-000000000003', state: 'sending', due_at: future, next_attempt_at: future },
  ];
  await db
    .insertInto('delivery')
    .values(rows.map((row) => ({ ...delivery, ...row })))
    .execute();
  const place = await openPlace();
  try {
    await restore(place, await backUp(full));
  } finally {
    await db.deleteFrom('delivery').where('due_at', '=', future).execute();
  }
  const states = await place.db
    .selectFrom('delivery')
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('id')
    .select(['state', 'content'])
    .execute();
  assert.deepEqual(
    states.map(({ state, content }) => [state, content?.length ?? null]),
    [
      ['waiting', 1],
      ['uncertain', null],
      ['uncertain', null],
    ],
  );
  await db.deleteFrom('delivery').where('id', '=', rows[1]!.id).execute();
});

test('after a restore new rows get new numbers', async () => {
  const place = await openPlace();
  await restore(place, whole);
  const last = await full.db
    .selectFrom('security_event')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirstOrThrow();
  const added = await place.db
    .insertInto('security_event')
    .columns(['practice_id', 'at', 'kind'])
    .expression((from) =>
      from
        .selectFrom('practice')
        .select(['id', 'created_at', sql<string>`'locked'`.as('kind')])
        .limit(1),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  assert.equal(Number(added.id), Number(last.id) + 1);
});

test('a backup of an older version comes back into a newer one', async () => {
  const old = await openPlace();
  await migrate(old.db, 'public', '0003-invitations-that-arrive');
  const practice = '00000000-0000-4000-8000-000000000001';
  await sql`insert into practice (id, time_zone) values (${practice}, 'Europe/Berlin')`.execute(old.db);
  const bytes = await backUp(old);
  // Also where a newer server has been started once.
  const used = await openPlace();
  await migrate(used.db);
  for (const place of [await openPlace(), used]) {
    await restore(place, bytes);
    const restored = await place.db.selectFrom('practice').select(['id', 'retention_days']).execute();
    assert.deepEqual(restored, [{ id: practice, retention_days: 90 }]);
    await migrate(place.db);
  }
});

test('a backup of a newer version is refused, with its name', async () => {
  const newer = await openPlace();
  await migrate(newer.db);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-from-tomorrow', '2099')`.execute(
    newer.db,
  );
  const bytes = await backUp(newer);
  const place = await openPlace();
  await assert.rejects(restore(place, bytes), /newer version of Sprechzimmer \(9999-from-tomorrow\)/);
  assert.ok(await isEmpty(place));
});

test('a database with anything in it is left alone', async () => {
  const before = await contents(full.db);
  await assert.rejects(restore(full, whole), /not empty \(table /);
  assert.deepEqual(await contents(full.db), before);
  const foreign = await openPlace();
  await sql`create table plan (note text)`.execute(foreign.db);
  await assert.rejects(restore(foreign, whole), /not empty \(table plan\)/);
  const changed = await openPlace();
  await migrate(changed.db);
  await changed.db.insertInto('admin_log').values({ at: past, action: 'limit', plan: 'plus' }).execute();
  await assert.rejects(restore(changed, whole), /not empty \(table admin_log\)/);
});

test('a backup that is cut off restores nothing, wherever it ends', async () => {
  const place = await openPlace();
  const frames = await framesOf(whole);
  const cuts = [0, 1, 10, 0.3, 0.6, 0.95].map((cut) => whole.subarray(0, cut < 1 ? whole.length * cut : cut));
  // Between two frames, in a file that is otherwise whole.
  const between = [1, 3, Math.floor(frames.length / 2), frames.length - 1];
  for (const bytes of [...cuts, ...between.map((count) => packed(frames.slice(0, count)))]) {
    await assert.rejects(restore(place, bytes), BackupError);
    assert.ok(await isEmpty(place));
  }
});

test('a flipped bit restores nothing, wherever it lies', async () => {
  const place = await openPlace();
  const inside = gunzipSync(whole);
  for (let at = 11; at < whole.length - 1; at += Math.ceil(whole.length / 12)) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 4;
    await assert.rejects(restore(place, bytes), BackupError, `compressed, ${at}`);
  }
  // As if somebody had packed it again.
  for (let at = 0; at < inside.length; at += Math.ceil(inside.length / 25)) {
    const bytes = Buffer.from(inside);
    bytes[at]! ^= 4;
    await assert.rejects(restore(place, gzipSync(bytes)), Error, `packed again, ${at}`);
  }
  assert.ok(await isEmpty(place));
});

test('a table whose hash or count does not fit restores nothing', async () => {
  const frames = await framesOf(whole);
  const place = await openPlace();
  const index = frames.findIndex(({ kind }) => kind === 'e');
  const end = JSON.parse(frames[index]!.payload.toString()) as { rows: number; sha256: string };
  for (const change of [{ rows: end.rows + 1 }, { sha256: createHash('sha256').digest('hex') }]) {
    const changed = Buffer.from(JSON.stringify({ ...end, ...change }));
    const others = frames.with(index, { kind: 'e', payload: changed });
    await assert.rejects(restore(place, packed(others)), /damaged or cut off/);
  }
  assert.ok(await isEmpty(place));
});

test('the backup is of one moment, whatever is written meanwhile', async () => {
  const place = await openPlace();
  await migrate(place.db);
  await fillPractice(place.db, { day: '2026-06-01', at: past, expiresAt: future });
  const before = await contents(place.db);
  const chunks: Buffer[] = [];
  const emptied = () => place.db.deleteFrom('practice').execute();
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      // With the first bytes it has begun; everything goes while it is written.
      void emptied().finally(done);
    },
  });
  await writeBackup({ connectionString: place.connectionString }, slow);
  const target = await openPlace();
  await restore(target, Buffer.concat(chunks));
  assert.deepEqual(await contents(target.db), before);
});

test('memory stays flat, however much there is, when it is written and when it is restored', async () => {
  const place = await openPlace();
  await migrate(place.db);
  const { practiceId } = await fillPractice(place.db, { day: '2026-06-01', at: past, expiresAt: future });
  // 80 MB of rows, 160 MB as COPY writes them.
  await sql`insert into contact (id, practice_id, version, generation, sealed)
    select gen_random_uuid(), ${practiceId}, 1, 1, decode(repeat(md5(n::text), 1000), 'hex')
    from generate_series(1, 5000) as n`.execute(place.db);
  const start = process.memoryUsage.rss();
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss() - start)), 20);
  try {
    const bytes = await backUp(place);
    assert.equal((await restore(await openPlace(), bytes)).rows > 5_000, true);
  } finally {
    clearInterval(timer);
  }
  assert.ok(most < 100_000_000, `${most} bytes more`);
});
