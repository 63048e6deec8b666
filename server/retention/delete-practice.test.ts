import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { deletionGraceDays } from '@sprechzimmer/protocol/retention.ts';
import type { Db } from '../db/database.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { type FilledPractice, fillPractice } from '../testing/fill-practice.ts';
import { openTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { deletePractice, hashOfPractice } from './delete-practice.ts';
import { deletionsCsv, listDeletions } from './list-deletions.ts';
import { sweep } from './sweep.ts';

const at = new Date('2026-06-30T12:00:00Z');
const filling = { day: '2026-06-30', at, expiresAt: new Date('2027-01-01T00:00:00Z') };
/** What belongs to no practice: the operator's data, and challenges before anybody is known. */
const ofNoPractice = ['billing_cap', 'built_file', 'plan', 'sign_in_challenge'];

let database: TestDatabase;
let db: Db;
let gone: FilledPractice;
let other: FilledPractice;

before(async () => {
  database = await openTestDatabase();
  ({ db } = database);
});
after(() => database.close());
beforeEach(async () => {
  await db.deleteFrom('practice').execute();
  await db.deleteFrom('deletion_log').execute();
  gone = await fillPractice(db, { ...filling, canary: 'KANARIENVOGEL' });
  other = await fillPractice(db, { ...filling, canary: 'nachbarin' });
});

/** Each table with how many of its rows hold one of the ids or the canary. */
async function rowsOf({ ids }: FilledPractice, canary: string): Promise<Record<string, number>> {
  const dump = await dumpDatabase(db);
  const holds = (row: string) => row.includes(canary) || ids.some((id) => row.includes(id));
  return Object.fromEntries([...dump].map(([table, rows]) => [table, rows.filter(holds).length]));
}

test('of a deleted practice no table has a row, nor its ids or its bytes anywhere; its neighbour keeps all', async () => {
  const before = await rowsOf(gone, 'KANARIENVOGEL');
  const ofOther = await rowsOf(other, 'nachbarin');
  const empty = Object.entries(before).filter(([table, rows]) => rows === 0 && !ofNoPractice.includes(table));
  assert.deepEqual(empty, [], 'fillPractice fills every table, a new one too');

  assert.equal(await deletePractice(db, gone.practiceId, 'operator', at), true);
  const left = Object.entries(await rowsOf(gone, 'KANARIENVOGEL')).filter(([, rows]) => rows > 0);
  assert.deepEqual(left, []);
  assert.deepEqual(await rowsOf(other, 'nachbarin'), ofOther);
  const whole = JSON.stringify([...(await dumpDatabase(db))]).toLowerCase();
  assert.ok(!whole.includes('kanarienvogel'));
  assert.equal(await deletePractice(db, gone.practiceId, 'operator', at), false);
});

test('what is left is a log in numbers, in which a hash stands for the practice', async () => {
  await deletePractice(db, gone.practiceId, 'operator', at);
  const lines = await listDeletions(db, { limit: 100 });
  const name = `sha256:${hashOfPractice(gone.practiceId).toString('hex')}`;
  const ofGone = lines.filter(({ practice }) => practice === name);
  const told = ofGone.map(({ kind, rule, count }) => `${kind} ${rule} ${count}`).sort();
  assert.deepEqual(told, [
    'appointment operator 1',
    'case-count operator 1',
    'consultation-count operator 1',
    'contact by-practice 1', // from before
    'contact operator 1',
    'device operator 1',
    'practice operator 1',
    'security-event operator 1',
    'user operator 1',
  ]);
  assert.deepEqual(
    ofGone.filter(({ kind }) => kind === 'appointment').map(({ oldest, newest }) => [oldest, newest]),
    [['2026-06-30', '2026-06-30']],
  );
  const csv = (await wholeCsv()).split('\r\n');
  assert.equal(csv[0], 'at,practice,kind,rule,count,oldest,newest');
  assert.equal(csv.length, lines.length + 2);
  assert.ok(csv.includes(`2026-06-30T12:00:00.000Z,${name},appointment,operator,1,2026-06-30,2026-06-30`));
});

test('in a transaction that fails nothing is deleted and nothing is logged', async () => {
  await assert.rejects(
    db.transaction().execute(async (transaction) => {
      await deletePractice(transaction, gone.practiceId, 'operator', at);
      throw new Error('cut off');
    }),
    /cut off/,
  );
  assert.equal((await rowsOf(gone, 'KANARIENVOGEL'))['practice'], 1);
  assert.equal((await listDeletions(db, { limit: 100 })).length, 2);
});

test('a practice goes when it is due, not a second before, and not if it was taken back', async () => {
  const requested = new Date('2026-03-25T12:00:00Z'); // over the night in which clocks go forward
  const due = new Date(requested.getTime() + deletionGraceDays * 86_400_000);
  await db
    .updateTable('practice_deletion')
    .set({ requested_at: requested, due_at: due })
    .where('practice_id', '=', gone.practiceId)
    .execute();
  const sweepAt = (moment: Date) => sweep({ db, now: () => moment, config: { retentionMaxDays: 90 } });
  assert.equal((await sweepAt(new Date(due.getTime() - 1))).practices, 0);

  const { swept } = await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('practice_deletion').where('practice_id', '=', gone.practiceId).execute();
    const sweeping = sweepAt(due); // finds it due, and waits for the row
    await untilSomebodyWaits();
    return { swept: sweeping };
  });
  assert.equal((await swept).practices, 0);

  const again = { practice_id: gone.practiceId, requested_at: requested, due_at: due };
  await db.insertInto('practice_deletion').values(again).execute();
  const [one, two] = await Promise.all([sweepAt(due), sweepAt(due)]);
  assert.equal(one.practices + two.practices, 1);
  assert.deepEqual(await db.selectFrom('practice').select('id').execute(), [{ id: other.practiceId }]);
});

async function wholeCsv(): Promise<string> {
  let text = '';
  for await (const part of deletionsCsv(db)) text += part;
  return text;
}

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%practice_deletion%'`.execute(db);
    if (rows.length > 0) return;
  }
}
