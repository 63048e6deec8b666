import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sweep } from '../retention/sweep.ts';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const moment = new Date('2026-11-20T23:30:00Z'); // past midnight in Berlin

let server: TestServer;
let skewMs = 0;

before(async () => {
  skewMs = moment.getTime() - Date.now();
  server = await startTestServer({ now: () => new Date(Date.now() + skewMs) });
});
after(() => server.close());

async function count(practiceId: string, practitionerId: string, month: string, consultations: number) {
  const row = {
    practice_id: practiceId,
    practitioner_id: practitionerId,
    month: `${month}-01`,
    consultations,
  };
  await server.context.db.insertInto('consultation_count').values(row).execute();
}

async function cap(valid_from: string, percent: string): Promise<void> {
  await server.context.db
    .insertInto('billing_cap')
    .values({ valid_from, percent, source: `Beschluss zum ${valid_from}` })
    .execute();
}

async function book(practice: TestPractice, day: string): Promise<string> {
  const { input } = await practice.newAppointment({ day });
  await practice.client.appointment.book(input);
  return input.id;
}

test('a quarter adds up its three months by practitioner, and keeps who is gone', async () => {
  const practice = await openTestPractice(server);
  const gone = randomUUID();
  for (const [month, consultations] of [
    ['2026-09', 100],
    ['2026-10', 3],
    ['2026-11', 4],
    ['2026-12', 5],
    ['2027-01', 100],
  ] as const) {
    await count(practice.practiceId, practice.userId, month, consultations);
  }
  await count(practice.practiceId, gone, '2026-10', 2);
  const { billing } = practice.client;
  await billing.setCases({ quarter: '2026-Q4', practitionerId: practice.userId, cases: 40 });
  await billing.setCases({ quarter: '2026-Q4', practitionerId: gone, cases: 7 });
  const { practitioners } = await billing.quarter({ quarter: '2026-Q4' });
  assert.deepEqual(
    new Map(practitioners.map(({ practitionerId, ...line }) => [practitionerId as string, line])),
    new Map([
      [practice.userId as string, { consultations: 12, cases: 40 }],
      [gone, { consultations: 2, cases: 7 }],
    ]),
  );
  await billing.setCases({ quarter: '2026-Q4', practitionerId: practice.userId, cases: 41 });
  await billing.setCases({ quarter: '2026-Q4', practitionerId: gone, cases: null });
  const changed = await billing.quarter({ quarter: '2026-Q4' });
  assert.deepEqual(new Set(changed.practitioners.map(({ cases }) => cases)), new Set([41, null]));
  const empty = await billing.quarter({ quarter: '2026-Q2' });
  assert.deepEqual(empty.practitioners, [{ practitionerId: practice.userId, consultations: 0, cases: null }]);
});

test('the cap in force on the quarter’s first day counts, whatever comes during it', async () => {
  const practice = await openTestPractice(server);
  const capOf = async (quarter: string) =>
    (await practice.client.billing.quarter({ quarter })).cap?.percent ?? null;
  await cap('2025-04-01', '30');
  await cap('2026-04-01', '37.50');
  await cap('2026-10-02', '50');
  assert.deepEqual(
    [await capOf('2025-Q1'), await capOf('2025-Q2'), await capOf('2026-Q1'), await capOf('2026-Q2')],
    [null, 30, 30, 37.5],
  );
  assert.deepEqual([await capOf('2026-Q4'), await capOf('2027-Q1')], [37.5, 50]);
});

test('counts are the main user’s; others’ practitioners and practices do not exist', async () => {
  const [practice, stranger] = [await openTestPractice(server), await openTestPractice(server)];
  await count(stranger.practiceId, stranger.userId, '2026-10', 9);
  const { billing } = practice.client;
  const ofStranger = { quarter: '2026-Q4', practitionerId: stranger.userId, cases: 1 };
  await assert.rejects(billing.setCases(ofStranger), { code: 'NOT_FOUND' });
  await assert.rejects(billing.setCases({ ...ofStranger, practitionerId: randomUUID() }), {
    code: 'NOT_FOUND',
  });
  const { practitioners } = await billing.quarter({ quarter: '2026-Q4' });
  assert.deepEqual(
    practitioners.map(({ practitionerId }) => practitionerId),
    [practice.userId],
  );
  await assert.rejects(billing.quarter({ quarter: '0000-Q1' }), { code: 'BAD_INPUT' });
  await server.context.db
    .updateTable('practice')
    .set({ plan: 'plus' })
    .where('id', '=', practice.practiceId)
    .execute();
  const colleague = await practice.addUser('practitioner');
  await assert.rejects(colleague.client.billing.quarter({ quarter: '2026-Q4' }), { code: 'FORBIDDEN' });
  await assert.rejects(
    colleague.client.billing.setCases({ ...ofStranger, practitionerId: colleague.userId }),
    { code: 'FORBIDDEN' },
  );
  await colleague.client.billing.usage({});
});

test('usage counts the practice’s month: what was held, and what is still to come', async () => {
  const practice = await openTestPractice(server);
  await book(practice, '2026-11-21');
  await book(practice, '2026-11-30');
  await book(practice, '2026-12-01');
  const held = await book(practice, '2026-11-21');
  const { db } = server.context;
  await db.updateTable('appointment').set({ held_at: moment }).where('id', '=', held).execute();
  await db
    .updateTable('appointment')
    .set({ day: '2026-11-20' })
    .where('id', '=', await book(practice, '2026-11-22'))
    .execute();
  await count(practice.practiceId, practice.userId, '2026-11', 12);
  assert.deepEqual(await practice.client.billing.usage({}), {
    month: '2026-11',
    held: 12,
    planned: 2,
    max: null,
  });
});

test('counts outlive the appointments that they come from', async () => {
  const practice = await openTestPractice(server);
  const id = await book(practice, '2026-11-21');
  await count(practice.practiceId, practice.userId, '2026-11', 1);
  const now = () => new Date('2027-02-25T12:00:00Z');
  await sweep({ ...server.context, now });
  const left = await server.context.db.selectFrom('appointment').where('id', '=', id).selectAll().execute();
  assert.deepEqual(left, []);
  await practice.signIn(); // the session is over by then, too
  const { practitioners } = await practice.client.billing.quarter({ quarter: '2026-Q4' });
  assert.equal(practitioners[0]?.consultations, 1);
});
