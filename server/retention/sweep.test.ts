import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, test } from 'node:test';
import { patienceMs } from '../mail/outbox.ts';
import { recordEvent } from '../practice/record-event.ts';
import { openTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { sweep, type Swept } from './sweep.ts';

let database: TestDatabase;
let practiceId: string;
let userId: string;
let deviceId: string;

beforeEach(async () => {
  database = await openTestDatabase();
  ({ practiceId, userId, deviceId } = await addPractice('Europe/Berlin'));
});
afterEach(() => database.close());

async function addPractice(timeZone: string) {
  const { db } = database;
  const ids = { practiceId: randomUUID(), userId: randomUUID(), deviceId: randomUUID() };
  const practice_id = ids.practiceId;
  await db.insertInto('practice').values({ id: practice_id, time_zone: timeZone }).execute();
  const user = {
    id: ids.userId,
    practice_id,
    email: `${ids.userId}@x.example`,
    password_hash: '',
    is_main: true,
  };
  await db.insertInto('practice_user').values(user).execute();
  const key = randomBytes(91);
  await db
    .insertInto('device')
    .values({ id: ids.deviceId, practice_id, sign_key: key, agree_key: key })
    .execute();
  return ids;
}

async function addAppointment(day: string, practice = { practiceId, userId }): Promise<void> {
  const { db } = database;
  const id = randomUUID();
  const shared = { practice_id: practice.practiceId, practitioner_id: practice.userId, day };
  const sealed = randomBytes(40);
  await db
    .insertInto('appointment')
    .values({ ...shared, id, version: 1, generation: 1, sealed })
    .execute();
  const invitation = { ...shared, id: randomUUID(), appointment_id: id };
  await db
    .insertInto('invitation')
    .values({ ...invitation, locator_hash: randomBytes(32), card: sealed })
    .execute();
}

function sweepAt(moment: string) {
  return sweep({ db: database.db, now: () => new Date(moment), config: { retentionMaxDays: 90 } });
}

async function days(table: 'appointment' | 'invitation'): Promise<string[]> {
  const rows = await database.db.selectFrom(table).select('day').orderBy('day').execute();
  return rows.map((row) => row.day);
}

test('an invitation goes when the day after its day is over at the practice, its appointment stays', async () => {
  for (const day of ['2026-06-28', '2026-06-29', '2026-06-30', '2026-07-01']) await addAppointment(day);
  // 23:59 on 30 June in Berlin
  assert.equal((await sweepAt('2026-06-30T21:59:00Z')).invitations, 1);
  assert.deepEqual(await days('invitation'), ['2026-06-29', '2026-06-30', '2026-07-01']);
  // 00:00 on 1 July in Berlin
  assert.equal((await sweepAt('2026-06-30T22:00:00Z')).invitations, 1);
  assert.deepEqual(await days('invitation'), ['2026-06-30', '2026-07-01']);
  assert.equal((await days('appointment')).length, 4);
});

test('each practice goes by its own clock', async () => {
  const west = await addPractice('America/Los_Angeles');
  await addAppointment('2026-06-29');
  await addAppointment('2026-06-29', west);
  await sweepAt('2026-07-01T00:00:00Z');
  const left = await database.db.selectFrom('invitation').select('practice_id').execute();
  assert.deepEqual(left, [{ practice_id: west.practiceId }]);
});

test('an appointment goes 90 days after its day, with whatever hangs on it', async () => {
  for (const day of ['2026-01-01', '2026-01-02']) await addAppointment(day);
  const swept = await sweepAt('2026-04-02T12:00:00Z'); // the 91st day after the first
  assert.equal(swept.appointments, 1);
  assert.deepEqual(await days('appointment'), ['2026-01-02']);
  assert.deepEqual(await days('invitation'), []);
});

test('challenges, sessions and tickets go when they expire, signatures when none of them could be fresh', async () => {
  const { db } = database;
  const moment = '2026-06-30T12:00:00Z';
  const [past, future] = [new Date(moment), new Date(Date.parse(moment) + 1)];
  const other = await addPractice('Europe/Berlin');
  for (const expires_at of [past, future]) {
    const [user_id, device_id] = expires_at === past ? [userId, deviceId] : [other.userId, other.deviceId];
    await db
      .insertInto('sign_in_challenge')
      .values({ challenge: randomBytes(16), expires_at })
      .execute();
    await db
      .insertInto('session')
      .values({ token_hash: randomBytes(32), user_id, device_id, expires_at })
      .execute();
    const ticket = { ticket_hash: randomBytes(32), practice_id: practiceId, user_id: userId, expires_at };
    await db.insertInto('host_ticket').values(ticket).execute();
  }
  for (const ageMs of [600_001, 600_000]) {
    const used_at = new Date(Date.parse(moment) - ageMs);
    await db
      .insertInto('used_signature')
      .values({ device_id: deviceId, nonce: randomBytes(16), used_at })
      .execute();
  }
  const swept = await sweepAt(moment);
  assert.deepEqual(pick(swept), { challenges: 1, sessions: 1, tickets: 1, signatures: 1 });
  assert.deepEqual(pick(await sweepAt(moment)), { challenges: 0, sessions: 0, tickets: 0, signatures: 0 });
});

function pick({ challenges, sessions, tickets, signatures }: Swept) {
  return { challenges, sessions, tickets, signatures };
}

test('security events go after 90 days, requests of devices and challenges for passkeys when they expire', async () => {
  const { db } = database;
  const moment = Date.parse('2026-06-30T12:00:00Z');
  const oldest = moment - 90 * 86_400_000;
  for (const at of [oldest - 1, oldest]) {
    await recordEvent(db, { practiceId, kind: 'signed-in', userId, deviceId, at: new Date(at) });
  }
  for (const [purpose, expiresMs] of [
    ['register', moment],
    ['sign-in', moment + 1],
  ] as const) {
    const expires_at = new Date(expiresMs);
    const challenge = { user_id: userId, purpose, challenge: 'x', expires_at };
    await db.insertInto('passkey_challenge').values(challenge).execute();
    const request = {
      id: randomUUID(),
      practice_id: practiceId,
      user_id: userId,
      device_id: randomUUID(),
      sign_key: randomBytes(91),
      agree_key: randomBytes(91),
      browser: 'Firefox, Windows',
      locator_hash: randomBytes(32),
      created_at: new Date(0),
      expires_at,
    };
    await db.insertInto('device_request').values(request).execute();
  }
  const { events, deviceRequests, passkeyChallenges } = await sweepAt(new Date(moment).toISOString());
  assert.deepEqual([events, deviceRequests, passkeyChallenges], [1, 1, 1]);
  const left = await db.selectFrom('security_event').select('at').execute();
  assert.deepEqual(left, [{ at: new Date(oldest) }]);
});

test('a content goes within a day of its hour, and a notice two weeks after it was sent', async () => {
  const { db } = database;
  const moment = Date.parse('2026-06-30T12:00:00Z');
  const dayMs = 86_400_000;
  async function addDelivery(isOnDay: boolean, state: string, ageMs: number): Promise<string> {
    const [id, at] = [randomUUID(), new Date(moment - ageMs)];
    const times = { due_at: at, next_attempt_at: at, changed_at: at };
    const content = state === 'sent' ? {} : { content: Buffer.of(1) };
    const row = {
      id,
      practice_id: practiceId,
      channel: 'mail',
      is_on_day: isOnDay,
      state,
      ...times,
      ...content,
    };
    await db.insertInto('delivery').values(row).execute();
    return id;
  }
  const late = await addDelivery(false, 'waiting', patienceMs);
  const lateOnDay = await addDelivery(true, 'waiting', patienceMs);
  const leftBehind = await addDelivery(false, 'sending', patienceMs);
  const fresh = await addDelivery(false, 'waiting', patienceMs - 1);
  const old = await addDelivery(false, 'sent', 14 * dayMs + 1);
  const { contents, notices } = await sweepAt(new Date(moment).toISOString());
  assert.deepEqual([contents, notices], [3, 1]);
  const rows = await db.selectFrom('delivery').select(['id', 'state', 'reason', 'content']).execute();
  const find = (id: string) => rows.find((row) => row.id === id);
  assert.deepEqual(find(late), { id: late, state: 'refused', reason: 'unreachable', content: null });
  assert.deepEqual(find(lateOnDay), { id: lateOnDay, state: 'over', reason: 'unreachable', content: null });
  assert.deepEqual(find(leftBehind), { id: leftBehind, state: 'uncertain', reason: null, content: null });
  assert.equal(find(fresh)?.state, 'waiting');
  assert.equal(find(old), undefined);
});
