import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import { type Db, openDatabase } from '../db/database.ts';
import { recordEvent } from '../practice/record-event.ts';
import { fillPractice } from '../testing/fill-practice.ts';
import { openTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { listDeletions } from './list-deletions.ts';
import { nobodyId } from './merge-old-counts.ts';
import { sweep } from './sweep.ts';

const dayMs = 86_400_000;

let database: TestDatabase;
let db: Db;

beforeEach(async () => {
  database = await openTestDatabase();
  ({ db } = database);
});
afterEach(() => database.close());

type Practice = { practiceId: string; userId: string; timeZone: string };

async function addPractice(timeZone: string, retentionDays = 90): Promise<Practice> {
  const [practiceId, userId] = [randomUUID(), randomUUID()];
  await db
    .insertInto('practice')
    .values({ id: practiceId, time_zone: timeZone, retention_days: retentionDays })
    .execute();
  const email = `${userId}@praxis.example`;
  await db
    .insertInto('practice_user')
    .values({ id: userId, practice_id: practiceId, email, password_hash: '', is_main: true })
    .execute();
  return { practiceId, userId, timeZone };
}

async function addAppointments({ practiceId, userId }: Practice, days: string[]): Promise<void> {
  const shared = { practice_id: practiceId, practitioner_id: userId };
  const rows = days.map((day) => ({ ...shared, id: randomUUID(), day, version: 1, generation: 1 }));
  const sealed = randomBytes(8);
  await db
    .insertInto('appointment')
    .values(rows.map((row) => ({ ...row, sealed })))
    .execute();
}

function sweepAt(moment: Date, { maxDays = 90, on = db }: { maxDays?: number; on?: Db } = {}) {
  return sweep({ db: on, now: () => moment, config: { retentionMaxDays: maxDays } });
}

async function daysOf({ practiceId }: Practice): Promise<string[]> {
  const rows = await db
    .selectFrom('appointment')
    .where('practice_id', '=', practiceId)
    .orderBy('day')
    .select('day')
    .execute();
  return rows.map(({ day }) => day);
}

/** How many appointments the log says were deleted. */
async function logged({ practiceId }: Practice): Promise<number> {
  const lines = await listDeletions(db, { practiceId, limit: 1_000 });
  return lines.filter(({ kind }) => kind === 'appointment').reduce((sum, { count }) => sum + count, 0);
}

const zones = [
  'Europe/Berlin',
  'America/Los_Angeles',
  'Pacific/Kiritimati', // 14 hours ahead
  'Pacific/Pago_Pago', // 11 hours behind
  'Asia/Kathmandu', // 45 minutes
  'Australia/Lord_Howe', // changes by half an hour
  'America/Santiago', // changes at midnight
];

test('in every time zone an appointment goes with the midnight that ends its last day, over both clock changes', async () => {
  // Midnights around the changes of 2026: March, April, September, October and November.
  const changes = [
    '2026-03-08',
    '2026-03-29',
    '2026-04-05',
    '2026-09-06',
    '2026-10-04',
    '2026-10-25',
    '2026-11-01',
  ];
  const lastDays = changes.flatMap((day) => [addDays(day, -1), day]);
  const practices = await Promise.all(zones.map((zone, index) => addPractice(zone, 1 + index * 12)));
  const edges: { practice: Practice; day: string; edge: Date }[] = [];
  for (const [index, practice] of practices.entries()) {
    const days = lastDays.map((last) => addDays(last, -(1 + index * 12)));
    await addAppointments(practice, days);
    for (const [at, day] of days.entries()) {
      const after = addDays(lastDays[at] ?? '', 1);
      edges.push({ practice, day, edge: localInstant(after, '00:00', practice.timeZone) });
    }
  }
  const moments = edges.flatMap(({ edge }) => [edge.getTime() - 1, edge.getTime()]);
  for (const ms of [...new Set(moments)].sort((a, b) => a - b)) {
    await sweepAt(new Date(ms));
    const left = await db.selectFrom('appointment').select(['practice_id', 'day']).execute();
    const expected = edges.filter(({ edge }) => edge.getTime() > ms);
    assert.deepEqual(
      left.map(({ practice_id, day }) => `${practice_id} ${day}`).sort(),
      expected.map(({ practice, day }) => `${practice.practiceId} ${day}`).sort(),
      new Date(ms).toISOString(),
    );
  }
});

test('through eight months, with retention shortened and lengthened, each day has what it should and the log what went', async () => {
  const practice = await addPractice('Europe/Berlin');
  const other = await addPractice('Europe/Berlin', 30);
  let [days, gone, horizon] = [90, 0, ''];
  for (let index = 0; index < 240; index++) {
    const moment = new Date(Date.parse('2026-01-01T11:00:00Z') + index * dayMs);
    const today = calendarDayIn('Europe/Berlin', moment);
    if (index === 110) days = 7;
    if (index === 150) days = 90;
    await db
      .updateTable('practice')
      .set({ retention_days: days })
      .where('id', '=', practice.practiceId)
      .execute();
    await addAppointments(practice, [today]);
    await addAppointments(other, [today]);
    await recordEvent(db, { ...practice, kind: 'signed-in', deviceId: null, at: moment });
    await sweepAt(moment);
    // What has gone does not come back when more is kept again.
    const oldest = addDays(today, -days);
    if (oldest > horizon) horizon = oldest;
    const kept = await daysOf(practice);
    const expected = Array.from({ length: index + 1 }, (_, back) => addDays(today, -back))
      .filter((day) => day >= horizon)
      .toReversed();
    assert.deepEqual(kept, expected, today);
    gone = index + 1 - kept.length;
    assert.equal(await logged(practice), gone, today);
    assert.equal((await daysOf(other)).length, Math.min(index + 1, 31));
    const { oldest: event } = await db
      .selectFrom('security_event')
      .select(({ fn }) => fn.min('at').as('oldest'))
      .executeTakeFirstOrThrow();
    assert.ok(moment.getTime() - event.getTime() <= 90 * dayMs);
  }
  assert.ok(gone > 100);
});

test('no row of a table that has a time is older than ninety days, whatever a practice had', async () => {
  const at = new Date('2026-01-15T12:00:00Z');
  const expiresAt = new Date(at.getTime() + dayMs);
  const { practiceId } = await fillPractice(db, { day: '2026-01-15', at, expiresAt });
  await db.deleteFrom('practice_deletion').execute();
  await db.deleteFrom('deletion_log').execute();
  await sweepAt(new Date(at.getTime() + 92 * dayMs));
  const counts: Record<string, number> = {};
  for (const table of await tables()) {
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::integer as count from ${sql.table(table)}`.execute(db);
    counts[table] = rows[0]?.count ?? 0;
  }
  const left = Object.keys(counts).filter((table) => (counts[table] ?? 0) > 0);
  assert.deepEqual(left, [
    'admin_log',
    'case_count',
    'consultation_count',
    'contact',
    'deletion_log',
    'device',
    'membership_entry',
    'passkey',
    'plan',
    'plan_request',
    'practice',
    'practice_key_wrap',
    'practice_user',
    'profile',
    'recovery_code',
    'recovery_key_wrap',
    'recovery_sheet',
    'totp',
  ]);
  const lines = await listDeletions(db, { practiceId, limit: 100 });
  assert.deepEqual(lines.map(({ kind, rule, count }) => `${kind} ${rule} ${count}`).sort(), [
    'appointment retention 1',
    'delivery over 1',
    'device-request expired 1',
    'security-event max-days 1',
  ]);
});

async function tables(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_name not like 'kysely_%' order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

test('the operator’s ceiling holds for every practice, for appointments and for metadata', async () => {
  const [long, short] = [await addPractice('Europe/Berlin', 90), await addPractice('Europe/Berlin', 5)];
  const days = Array.from({ length: 40 }, (_, back) => addDays('2026-06-30', -back));
  for (const practice of [long, short]) await addAppointments(practice, days);
  const moment = new Date('2026-06-30T12:00:00Z');
  for (const ms of [20 * dayMs, 20 * dayMs + 1]) {
    await recordEvent(db, {
      ...long,
      kind: 'signed-in',
      deviceId: null,
      at: new Date(moment.getTime() - ms),
    });
  }
  const swept = await sweepAt(moment, { maxDays: 20 });
  assert.equal((await daysOf(long))[0], '2026-06-10');
  assert.equal((await daysOf(short))[0], '2026-06-25');
  assert.equal(swept.events, 1);
});

test('servers that sweep at once delete everything once and log it once', async () => {
  const practices = await Promise.all([0, 1, 2].map(() => addPractice('Europe/Berlin')));
  const days = Array.from({ length: 3_000 }, (_, index) => addDays('2026-01-01', index % 30));
  for (const practice of practices) await addAppointments(practice, days);
  const { connectionString, schema } = database;
  const servers = [1, 2, 3].map(() => openDatabase({ connectionString, schema, maxConnections: 1 }));
  const moment = new Date('2026-06-30T12:00:00Z');
  const swept = await Promise.all(servers.map((on) => sweepAt(moment, { on })));
  assert.equal(
    swept.reduce((sum, { appointments }) => sum + appointments, 0),
    9_000,
  );
  for (const practice of practices) {
    assert.deepEqual(await daysOf(practice), []);
    assert.equal(await logged(practice), 3_000);
  }
  for (const server of servers) await server.destroy();
});

test('a sweep that is killed has deleted and logged nothing of its batch, and the next one makes up for it', async () => {
  const practice = await addPractice('Europe/Berlin');
  const moment = new Date('2026-06-30T12:00:00Z');
  await addAppointments(practice, ['2026-01-01']);
  await sweepAt(moment); // so that today's line is there
  await addAppointments(practice, ['2026-01-02', '2026-01-03']);
  const server = openDatabase({ ...database, maxConnections: 1 });
  await db.transaction().execute(async (holder) => {
    // The sweep has deleted its rows when it comes to this line of the log, and waits.
    await sql`select from deletion_log where kind = 'appointment' for update`.execute(holder);
    const killed = assert.rejects(sweepAt(moment, { on: server }));
    await killWhoeverWaits();
    await killed;
  });
  assert.deepEqual(await daysOf(practice), ['2026-01-02', '2026-01-03']);
  assert.equal(await logged(practice), 1);
  await sweepAt(moment); // the next server
  assert.deepEqual(await daysOf(practice), []);
  assert.equal(await logged(practice), 3);
  await server.destroy();
});

async function killWhoeverWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%insert into deletion_log%'`.execute(db);
    if (rows.length > 0) return;
  }
}

test('numbers of single practitioners become one of the practice when nobody can bill them any more', async () => {
  const practice = await addPractice('Europe/Berlin');
  const practice_id = practice.practiceId;
  const [one, two] = [randomUUID(), randomUUID()];
  for (const practitioner_id of [one, two]) {
    for (const month of ['2023-08-01', '2023-09-01', '2023-10-01']) {
      await db
        .insertInto('consultation_count')
        .values({ practice_id, practitioner_id, month, consultations: 4 })
        .execute();
    }
    await db
      .insertInto('case_count')
      .values({ practice_id, practitioner_id, quarter: '2023-07-01', cases: 50 })
      .execute();
  }
  const counts = async () => {
    const rows = await db
      .selectFrom('consultation_count')
      .orderBy('month')
      .select(['month', 'practitioner_id', 'consultations'])
      .execute();
    const name = (id: string) => (id === nobodyId ? 'all' : 'one');
    return rows.map((row) => `${row.month} ${name(row.practitioner_id)} ${row.consultations}`);
  };
  // The third quarter of 2023 is one of twelve until the end of the second of 2026, wherever on earth.
  assert.equal((await sweepAt(new Date('2026-07-01T23:59:59Z'))).mergedCounts, 0);
  assert.equal((await sweepAt(new Date('2026-07-02T00:00:00Z'))).mergedCounts, 6);
  const merged = ['2023-08-01 all 8', '2023-09-01 all 8', '2023-10-01 one 4', '2023-10-01 one 4'];
  assert.deepEqual(await counts(), merged);
  const cases = await db.selectFrom('case_count').select(['practitioner_id', 'cases']).execute();
  assert.deepEqual(cases, [{ practitioner_id: nobodyId, cases: 100 }]);
  // One that was counted late is added.
  const late = { practice_id, practitioner_id: one, month: '2023-08-01', consultations: 1 };
  await db.insertInto('consultation_count').values(late).execute();
  assert.equal((await sweepAt(new Date('2026-07-03T00:00:00Z'))).mergedCounts, 1);
  assert.equal((await counts())[0], '2023-08-01 all 9');
});

test('a line of the deletion log, or of the operator’s, stays until three calendar years after its own are over', async () => {
  const line = { kind: 'contact', rule: 'by-practice', count: 1 };
  for (const day of ['2022-12-31', '2023-01-01', '2026-06-30']) {
    await db
      .insertInto('deletion_log')
      .values({ ...line, at: new Date(day), day })
      .execute();
  }
  await db
    .insertInto('admin_log')
    .values({ at: new Date('2022-12-31T23:59:59Z'), action: 'plans' })
    .execute();
  await db
    .insertInto('admin_log')
    .values({ at: new Date('2023-01-01T00:00:00Z'), action: 'plans' })
    .execute();
  assert.equal((await sweepAt(new Date('2025-12-31T23:59:59Z'))).logLines, 0);
  assert.equal((await sweepAt(new Date('2026-01-01T00:00:00Z'))).logLines, 2);
  assert.equal((await sweepAt(new Date('2026-12-31T23:59:59Z'))).logLines, 0);
});
