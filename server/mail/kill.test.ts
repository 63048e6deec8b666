import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { sql, type Transaction } from 'kysely';
import { type Db, openDatabase } from '../db/database.ts';
import type { Database } from '../db/schema.ts';
import { type SendingProcess, startSendingProcess } from '../testing/sending-process.ts';
import { openTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { newDelivery, untilDelivery } from '../testing/test-deliveries.ts';
import { startTestMailServer, type TestMailServer } from '../testing/test-mail-server.ts';
import { sealContent } from './seal-content.ts';

const serverKey = randomBytes(32);
const practiceId = randomUUID();
let database: TestDatabase;
let mail: TestMailServer;
let sending: SendingProcess | undefined;

before(async () => {
  database = await openTestDatabase();
  await database.db.insertInto('practice').values({ id: practiceId, time_zone: 'Europe/Berlin' }).execute();
});
after(() => database.close());
beforeEach(async () => {
  mail = await startTestMailServer();
});
afterEach(async () => {
  await kill();
  await mail.close();
  await database.db.deleteFrom('delivery').execute();
});

async function start(): Promise<void> {
  const { connectionString, schema } = database;
  const job = { connectionString, schema, smtp: mail.smtp, serverKey: serverKey.toString('hex') };
  sending = await startSendingProcess(job);
}

async function kill(): Promise<void> {
  await sending?.kill9();
  sending = undefined;
}

async function plan(): Promise<string> {
  const now = new Date();
  const { id, to, subject, text, calendarFile, endsAt } = newDelivery(now);
  const content = sealContent(
    serverKey,
    { deliveryId: id, practiceId },
    { to, subject, text, calendarFile, endsAt },
  );
  const times = { due_at: now, next_attempt_at: now, changed_at: now };
  const row = { id, practice_id: practiceId, channel: 'mail', is_on_day: false, state: 'waiting' };
  await database.db
    .insertInto('delivery')
    .values({ ...row, ...times, content })
    .execute();
  return id;
}

/** Starts again on what the killed process has left, as if three minutes had gone by, until the message has its end. */
async function startAgain(id: string): Promise<string> {
  mail.behaviour = {};
  const ago = (column: string) => sql<Date>`${sql.ref(column)} - interval '3 minutes'`;
  await database.db
    .updateTable('delivery')
    .set({ next_attempt_at: ago('next_attempt_at'), changed_at: ago('changed_at') })
    .execute();
  await start();
  const { state } = await untilDelivery(
    database.db,
    id,
    (row) => !['waiting', 'sending'].includes(row.state),
  );
  // Whatever would be sent a second time would be sent before this one.
  const next = await plan();
  await untilDelivery(database.db, next, (row) => row.state === 'sent');
  return state;
}

test('killed before it has taken the message, it is sent once by the next', async () => {
  await start();
  await kill();
  const id = await plan();
  assert.equal(await startAgain(id), 'sent');
  assert.equal(mail.received.length, 2);
});

for (const step of ['onConnect', 'onSender', 'onRecipient'] as const) {
  test(`killed at ${step}, it is sent once by the next`, async () => {
    const killed = Promise.withResolvers<void>();
    mail.behaviour[step] = async () => {
      await kill();
      killed.resolve();
      return 'drop' as const;
    };
    const id = await plan();
    await start();
    await killed.promise;
    assert.equal(await startAgain(id), 'sent');
    assert.equal(mail.received.length, 2);
  });
}

test('killed while it asks whether the message may leave, it is sent once or not at all', async () => {
  const id = await plan();
  const lock = await holdRow(id, 'onRecipient');
  await start();
  await lock.blocked;
  await kill();
  await lock.release();
  const state = await startAgain(id);
  const expected = { sent: 2, uncertain: 1 }[state];
  assert.equal(mail.received.length, expected, state);
});

test('killed when the message has been handed over, it is never sent again', async () => {
  const killed = Promise.withResolvers<void>();
  mail.behaviour.onMessage = async () => {
    await kill();
    killed.resolve();
    return undefined;
  };
  const id = await plan();
  await start();
  await killed.promise;
  assert.equal(await startAgain(id), 'uncertain');
  assert.equal(mail.received.length, 2);
});

test('killed when the mail server has said yes, before that is written down, it is never sent again', async () => {
  const id = await plan();
  const lock = await holdRow(id, 'onMessage');
  await start();
  await lock.blocked;
  await kill();
  await lock.release();
  // PostgreSQL may have gone on with what the process asked for last.
  assert.match(await startAgain(id), /^(sent|uncertain)$/);
  assert.equal(mail.received.length, 2);
});

/** From this step of the mail server on, the process cannot write to the message's row. */
async function holdRow(id: string, step: 'onRecipient' | 'onMessage') {
  const { connectionString, schema } = database;
  const db = openDatabase({ connectionString, schema });
  const released = Promise.withResolvers<void>();
  const blocked = Promise.withResolvers<number[]>();
  let holding: Promise<void> | undefined;
  mail.behaviour[step] = async () => {
    const held = Promise.withResolvers<void>();
    holding = db.transaction().execute(async (transaction) => {
      await transaction.selectFrom('delivery').where('id', '=', id).select('id').forUpdate().execute();
      held.resolve();
      blocked.resolve(await untilSomebodyWaits(transaction));
      await released.promise;
    });
    await held.promise;
    return undefined;
  };
  return {
    blocked: blocked.promise,
    /** Resolves once PostgreSQL has done with what the killed process had asked for last. */
    async release(): Promise<void> {
      released.resolve();
      await holding;
      await untilGone(db, await blocked.promise);
      await db.destroy();
    },
  };
}

/** @returns the process ids of PostgreSQL's that wait */
async function untilSomebodyWaits(transaction: Transaction<Database>): Promise<number[]> {
  for (;;) {
    const { rows } = await sql<{ pid: number }>`select pid from pg_locks
      where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(transaction);
    if (rows.length > 0) return rows.map(({ pid }) => pid);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function untilGone(db: Db, pids: number[]): Promise<void> {
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity where pid = any(${pids})`.execute(db);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
