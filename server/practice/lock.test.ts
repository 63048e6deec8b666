import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { contract } from '@sprechzimmer/protocol/contract.ts';
import { createTestClient, send, signedHeaders, wireBody } from '../testing/test-client.ts';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import {
  eventKinds,
  openRoomWindow,
  putDevice,
  putUser,
  seatAt,
  seatPassword,
  type TestSeat,
} from '../testing/test-seat.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/** What needs no session, and so knows of no lock. */
const withoutSession = [
  'practice/challenge',
  'practice/register',
  'practice/signIn',
  'practice/recover',
  'practice/completeRecovery',
  'device/request',
  'device/poll',
  'user/activate',
];

let server: TestServer;
let practice: TestPractice;
let seat: TestSeat;

before(async () => {
  server = await startTestServer();
  practice = await openTestPractice(server);
});
after(() => server.close());
beforeEach(async () => {
  const { db } = server.context;
  const user = await putUser(db, practice.practiceId);
  seat = seatAt(server, user, await putDevice(db, practice));
  await seat.signIn();
});

async function answerOf(path: string): Promise<string> {
  const body = wireBody({});
  const headers = await signedHeaders(seat.browser, path, body);
  return (await send(seat.browser, headers, { path, body })).text();
}

test('a locked session gets nothing from any operation', async () => {
  await seat.client.practice.lock({});
  const closed = Object.entries(contract)
    .flatMap(([noun, operations]) => Object.keys(operations).map((operation) => `${noun}/${operation}`))
    .filter((name) => !withoutSession.includes(name) && !/\/(unlock|signOut)$/.test(name));
  assert.ok(closed.length > 20);
  for (const name of closed) {
    const { json } = JSON.parse(await answerOf(`/api/${name}`)) as { json: unknown };
    const [code, status, message] = ['LOCKED', 423, 'The session is locked.'];
    const data = { attemptsLeft: 5 };
    assert.deepEqual(json, { defined: true, code, status, message, data }, name);
  }
});

test('the lock is the session’s: a copied cookie and another tab are locked, too', async () => {
  const tab = createTestClient({ ...seat.browser });
  await seat.client.practice.lock({});
  await assert.rejects(tab.practice.session({}), { code: 'LOCKED' });
});

test('the right password unlocks, and unlocking what is open does nothing', async () => {
  await seat.client.practice.lock({});
  await assert.rejects(seat.client.practice.unlock({ password: 'falsch' }), { code: 'LOCKED' });
  await seat.client.practice.unlock({ password: seatPassword });
  await seat.client.practice.session({});
  await seat.client.practice.unlock({ password: 'falsch' });
  await seat.client.practice.lock({});
  await assert.rejects(seat.client.practice.session({}), (error: { data: unknown }) => {
    assert.deepEqual(error.data, { attemptsLeft: 5 });
    return true;
  });
});

test('five wrong passwords end the session, and the right one comes too late', async () => {
  await seat.client.practice.lock({});
  const answers: unknown[] = [];
  for (let guess = 0; guess < 5; guess++) {
    await seat.client.practice
      .unlock({ password: `geraten ${guess}` })
      .catch(({ code, data }) => answers.push(code === 'LOCKED' ? data.attemptsLeft : code));
  }
  assert.deepEqual(answers, [4, 3, 2, 1, 'NOT_SIGNED_IN']);
  await assert.rejects(seat.client.practice.unlock({ password: seatPassword }), { code: 'NOT_SIGNED_IN' });
  const sessions = server.context.db.selectFrom('session').where('user_id', '=', seat.userId);
  assert.deepEqual(await sessions.selectAll().execute(), []);
  const kinds = await eventKinds(server.context.db, practice.practiceId);
  assert.deepEqual(kinds.slice(-6), ['locked', ...Array<string>(5).fill('unlock-refused')]);
});

test('of 30 guesses sent at once five are looked at', async () => {
  await seat.client.practice.lock({});
  const before = (await eventKinds(server.context.db, practice.practiceId)).length;
  const guesses = Array.from({ length: 30 }, (_, index) =>
    seat.client.practice.unlock({ password: `geraten ${index}` }),
  );
  const outcomes = await Promise.allSettled(guesses);
  assert.ok(outcomes.every(({ status }) => status === 'rejected'));
  const kinds = await eventKinds(server.context.db, practice.practiceId);
  assert.equal(kinds.slice(before).length, 5);
  await assert.rejects(seat.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
});

test('a locked session can be ended, and signing in anew opens it', async () => {
  await seat.client.practice.lock({});
  await seat.signIn();
  await seat.client.practice.session({});
  await seat.client.practice.lock({});
  await seat.client.practice.signOut({});
  await assert.rejects(seat.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
});

test('an open room window goes on under the lock, and its ticket is good for a reload', async () => {
  const { ticket } = await seat.client.waitingRoom.hostTicket({});
  const room = await openRoomWindow(server, seat);
  await seat.client.practice.lock({});
  assert.deepEqual(await room.rest(), []);
  room.terminate();
  const again = await openRoomWindow(server, seat, ticket);
  again.terminate();
  await assert.rejects(seat.client.waitingRoom.hostTicket({}), { code: 'LOCKED' });
});
