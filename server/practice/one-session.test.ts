import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import {
  eventKinds,
  openRoomWindow,
  putDevice,
  putUser,
  seatAt,
  type TestSeat,
} from '../testing/test-seat.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { startSessionHere } from './session.ts';

let server: TestServer;
let practice: TestPractice;
let first: TestSeat;
let second: TestSeat;
let ahead = 0;

before(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + ahead) });
  practice = await openTestPractice(server);
});
after(() => server.close());
beforeEach(async () => {
  ahead = 0;
  const { db } = server.context;
  const user = await putUser(db, practice.practiceId);
  first = seatAt(server, user, await putDevice(db, practice));
  second = seatAt(server, user, await putDevice(db, practice));
});

type Refusal = { code: string; data: Record<string, unknown> };

async function refusalOf(answer: Promise<unknown>): Promise<Refusal> {
  return answer.then(
    () => ({ code: 'answered', data: {} }),
    ({ code, data }: Refusal) => ({ code, data }),
  );
}

async function sessionsOf(userId: string) {
  return server.context.db.selectFrom('session').selectAll().where('user_id', '=', userId).execute();
}

test('a second sign-in names the other device and since when, and changes nothing there', async () => {
  await first.signIn();
  const { code, data } = await refusalOf(second.signIn());
  assert.equal(code, 'SESSION_ELSEWHERE');
  assert.equal(data['deviceId'], first.deviceId);
  assert.equal(data['roomOpen'], false);
  assert.ok(Math.abs(Date.parse(String(data['since'])) - Date.now()) < 10_000);
  await first.client.practice.session({});
});

test('taking over ends the session at the other device and is written down', async () => {
  await first.signIn();
  await second.signIn({ takeOver: true });
  await second.client.practice.session({});
  assert.equal((await refusalOf(first.client.practice.session({}))).code, 'NOT_SIGNED_IN');
  const kinds = await eventKinds(server.context.db, practice.practiceId);
  assert.deepEqual(kinds.slice(-2), ['signed-in', 'session-taken-over']);
});

test('taking over needs the right password, device and proof', async () => {
  await first.signIn();
  const wrong = { takeOver: true, password: 'fünf gelbe Reiher' };
  const forged = { takeOver: true, signature: randomBytes(64).toString('base64url') };
  const foreign = { takeOver: true, deviceId: first.deviceId as never };
  for (const changes of [wrong, forged, foreign]) {
    assert.equal((await refusalOf(second.signIn(changes))).code, 'SIGN_IN_REFUSED');
  }
  await first.client.practice.session({});
});

test('a wrong password learns nothing of a session elsewhere', async () => {
  await first.signIn();
  assert.deepEqual(await refusalOf(second.signIn({ password: 'fünf gelbe Reiher' })), {
    code: 'SIGN_IN_REFUSED',
    data: undefined,
  });
});

test('a session elsewhere that is over by itself stands in nobody’s way', async () => {
  await first.signIn();
  ahead = 17 * 3_600_000;
  await second.signIn();
  await second.client.practice.session({});
});

test('50 sign-ins at once from five devices leave one session; the others are told whose', async () => {
  const { db } = server.context;
  const seats = [first, second];
  for (let more = 0; more < 3; more++) seats.push(seatAt(server, first, await putDevice(db, practice)));
  const inputs = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const seat = seats[index % seats.length] ?? first;
      return { seat, input: await seat.signInInput() };
    }),
  );
  const answers = await Promise.all(
    inputs.map(async ({ seat, input }) => ({
      seat,
      ...(await refusalOf(seat.client.practice.signIn(input))),
    })),
  );
  const [session, ...more] = await sessionsOf(first.userId);
  assert.ok(session);
  assert.deepEqual(more, []);
  for (const { seat, code, data } of answers) {
    if (seat.deviceId === session.device_id) assert.equal(code, 'answered');
    else assert.deepEqual([code, data['deviceId']], ['SESSION_ELSEWHERE', session.device_id]);
  }
});

test('50 takeovers at once leave one session, too', async () => {
  const inputs = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const seat = index % 2 ? first : second;
      return { seat, input: await seat.signInInput({ takeOver: true }) };
    }),
  );
  const answers = await Promise.all(
    inputs.map(({ seat, input }) => refusalOf(seat.client.practice.signIn(input))),
  );
  assert.equal((await sessionsOf(first.userId)).length, 1);
  for (const { code } of answers) assert.match(code, /^(answered|SESSION_ELSEWHERE)$/);
});

test('of 50 sessions begun at the very same time the table lets one be', async () => {
  const { userId, practiceId } = first;
  const begin = (deviceId: string) => startSessionHere(server.context, { userId, practiceId, deviceId });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => begin(index % 2 ? first.deviceId : second.deviceId)),
  );
  const [session, ...more] = await sessionsOf(userId);
  assert.ok(session);
  assert.deepEqual(more, []);
  for (const [index, outcome] of outcomes.entries()) {
    const isSame: boolean = session.device_id === (index % 2 ? first.deviceId : second.deviceId);
    assert.equal(outcome.status, isSame ? 'fulfilled' : 'rejected');
    if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'SESSION_ELSEWHERE');
  }
});

test('whether a room window is open at the other device is told', async () => {
  await first.signIn();
  const room = await openRoomWindow(server, first);
  assert.equal((await refusalOf(second.signIn())).data['roomOpen'], true);
  room.terminate();
  await waitUntil(async () => !(await server.context.isHosting(first)));
  assert.equal((await refusalOf(second.signIn())).data['roomOpen'], false);
});

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(5);
}

test('a suspended device is told so, but only with the right password, and resumes by itself', async () => {
  const until = new Date(Date.now() + 3_600_000);
  const suspend = server.context.db.updateTable('device').where('id', '=', first.deviceId);
  await suspend.set({ is_suspended: true, suspended_until: until }).execute();
  assert.deepEqual(await refusalOf(first.signIn()), {
    code: 'DEVICE_SUSPENDED',
    data: { until: until.toISOString() },
  });
  assert.equal((await refusalOf(first.signIn({ password: 'falsch' }))).code, 'SIGN_IN_REFUSED');
  const forged = { signature: randomBytes(64).toString('base64url') };
  assert.equal((await refusalOf(first.signIn(forged))).code, 'SIGN_IN_REFUSED');
  assert.deepEqual(await sessionsOf(first.userId), []);
  ahead = 3_600_001;
  await first.signIn();
  await suspend.set({ suspended_until: null }).execute();
  assert.equal((await refusalOf(first.client.practice.session({}))).code, 'NOT_SIGNED_IN');
  assert.deepEqual(await refusalOf(first.signIn()), { code: 'DEVICE_SUSPENDED', data: { until: null } });
});

test('an invited or deactivated user is like an unknown one, and a session does not outlive its user’s state', async () => {
  await first.signIn();
  for (const state of ['invited', 'deactivated']) {
    const { db } = server.context;
    await db.updateTable('practice_user').set({ state }).where('id', '=', first.userId).execute();
    assert.equal((await refusalOf(first.client.practice.session({}))).code, 'NOT_SIGNED_IN');
    assert.deepEqual(await refusalOf(first.signIn()), { code: 'SIGN_IN_REFUSED', data: undefined });
  }
});

test('sign-ins and refusals are written down, and so is when a device was last seen', async () => {
  await first.signIn();
  await refusalOf(first.signIn({ password: 'falsch' }));
  const { db } = server.context;
  const events = await db
    .selectFrom('security_event')
    .where('user_id', '=', first.userId)
    .orderBy('id')
    .select(['kind', 'device_id', 'practice_id'])
    .execute();
  const shared = { device_id: first.deviceId, practice_id: practice.practiceId };
  assert.deepEqual(events, [
    { kind: 'signed-in', ...shared },
    { kind: 'sign-in-refused', ...shared },
  ]);
  const seen = async () => {
    await first.client.practice.session({});
    const device = db.selectFrom('device').where('id', '=', first.deviceId).select('last_seen_at');
    return (await device.executeTakeFirstOrThrow()).last_seen_at?.getTime() ?? 0;
  };
  const at = await seen();
  ahead = 50_000;
  assert.equal(await seen(), at);
  ahead = 61_000;
  assert.ok((await seen()) > at);
});
