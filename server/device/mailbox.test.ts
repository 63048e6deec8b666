import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { approval, pollAsDevice, requestTestDevice, type TestMember } from '../testing/test-members.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let practice: TestPractice;
let stranger: TestPractice;
let aheadMs = 0;

before(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + aheadMs) });
  [practice, stranger] = await Promise.all([openTestPractice(server), openTestPractice(server)]);
  await allowUsers(server, practice);
});
after(() => server.close());

const poll = (...[waiting, changes]: PollArguments) => pollAsDevice(server, waiting, changes);
type PollArguments = [Parameters<typeof pollAsDevice>[1], Parameters<typeof pollAsDevice>[2]?];

test('three wrong codes end a request, and the right one comes too late', async () => {
  const waiting = await requestTestDevice(server, practice);
  const { requestId } = waiting;
  const wrong = () => {
    const locatorHash = randomBytes(32).toString('base64url');
    return practice.client.device.matchCode({ requestId, locatorHash });
  };
  for (const attemptsLeft of [2, 1, 0]) {
    await assert.rejects(wrong(), { code: 'CODE_WRONG', data: { attemptsLeft } });
  }
  await assert.rejects(practice.client.device.matchCode(waiting), { code: 'EXPIRED' });
  assert.deepEqual(await poll(waiting), { state: 'declined', frames: [] });
  const { requests } = await practice.client.device.requests({});
  assert.ok(!requests.some(({ id }) => id === requestId));
});

test('guesses sent at once count as many as they are', async () => {
  const waiting = await requestTestDevice(server, practice);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 12 }, () =>
      practice.client.device.matchCode({
        requestId: waiting.requestId,
        locatorHash: randomBytes(32).toString('base64url'),
      }),
    ),
  );
  const codes = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code);
  assert.equal(codes.filter((code) => code === 'CODE_WRONG').length, 3);
  assert.equal(codes.filter((code) => code === 'EXPIRED').length, 9);
});

test('after ten minutes a request is over, also when its code was typed', async () => {
  const own = await openTestPractice(server);
  const [waiting, matched] = [await requestTestDevice(server, own), await requestTestDevice(server, own)];
  await own.client.device.matchCode(matched);
  const extras = await approval(own, matched);
  aheadMs += 601_000;
  try {
    await assert.rejects(own.client.device.matchCode(waiting), { code: 'EXPIRED' });
    await assert.rejects(own.append({ kind: 'approve-device', device: matched.device }, extras), {
      code: 'EXPIRED',
    });
    assert.equal((await poll(matched)).state, 'expired');
    assert.deepEqual(await own.client.device.requests({}), { requests: [] });
    await assert.rejects(own.client.device.decline({ requestId: waiting.requestId }), { code: 'EXPIRED' });
  } finally {
    aheadMs -= 601_000;
  }
});

test('a declined request is told to the browser that waits, and cannot be approved', async () => {
  const waiting = await requestTestDevice(server, practice);
  const { requestId, device } = waiting;
  await practice.client.device.matchCode(waiting);
  await practice.client.device.decline({ requestId });
  await practice.client.device.decline({ requestId });
  assert.equal((await poll(waiting)).state, 'declined');
  const extras = await approval(practice, waiting);
  await assert.rejects(practice.append({ kind: 'approve-device', device }, extras), { code: 'EXPIRED' });
});

test('another key, an old signature and an unknown request get nothing from the mailbox', async () => {
  const waiting = await requestTestDevice(server, practice);
  const { requestId } = waiting;
  await assert.rejects(poll({ requestId, keys: stranger.keys }), { code: 'NOT_FOUND' });
  await assert.rejects(poll({ requestId, keys: practice.keys }), { code: 'NOT_FOUND' });
  const unknown = randomUUID() as typeof requestId;
  await assert.rejects(poll({ requestId: unknown, keys: waiting.keys }), { code: 'NOT_FOUND' });
  const late = new Date(server.context.now().getTime() - 301_000);
  await assert.rejects(poll(waiting, { at: late }), { code: 'REQUEST_EXPIRED' });
});

test('frames pass only after the code, once each, and only so many', async () => {
  const waiting = await requestTestDevice(server, practice);
  const { requestId } = waiting;
  const frame = () => randomBytes(40).toString('base64url');
  await assert.rejects(poll(waiting, { send: frame() }), { code: 'BAD_INPUT' });
  await assert.rejects(practice.client.device.exchange({ requestId, after: 0, send: frame() }), {
    code: 'FORBIDDEN',
  });
  await practice.client.device.matchCode(waiting);
  await practice.client.device.matchCode(waiting);
  const once = frame();
  await poll(waiting, { send: once });
  await poll(waiting, { send: once });
  assert.deepEqual((await practice.client.device.exchange({ requestId, after: 0 })).frames, [once]);
  for (let index = 0; index < 7; index++) await poll(waiting, { send: frame() });
  await assert.rejects(poll(waiting, { send: frame() }), { code: 'BAD_INPUT' });
  await assert.rejects(poll(waiting, { send: toBase64url(new Uint8Array(3_000)) }), {
    code: 'BAD_INPUT',
  });
});

test('only the device where the code was typed goes on with it', async () => {
  const second = await practice.addDevice();
  const waiting = await requestTestDevice(server, practice);
  const { requestId } = waiting;
  await practice.client.device.matchCode(waiting);
  await second.signIn({ takeOver: true });
  await assert.rejects(second.client.device.exchange({ requestId, after: 0 }), { code: 'FORBIDDEN' });
  await assert.rejects(second.client.device.matchCode(waiting), { code: 'EXPIRED' });
  const extras = await approval(second, waiting);
  const action = { kind: 'approve-device' as const, device: waiting.device };
  await assert.rejects(second.append(action, extras), { code: 'FORBIDDEN' });
  await practice.signIn({ takeOver: true });
});

test('nobody but the main user sees or decides requests, and another practice’s are like none', async () => {
  const waiting = await requestTestDevice(server, practice);
  const { requestId, locatorHash } = waiting;
  const attempts = (client: TestMember['client'], id = requestId) => [
    client.device.matchCode({ requestId: id, locatorHash }),
    client.device.exchange({ requestId: id, after: 0 }),
    client.device.decline({ requestId: id }),
  ];
  const codes = async (calls: Promise<unknown>[]) =>
    (await Promise.allSettled(calls)).map((outcome) => outcome.status === 'rejected' && outcome.reason.code);
  for (const member of [await practice.addUser('practitioner'), await practice.addUser('assistant')]) {
    const all = [...attempts(member.client), member.client.device.requests({})];
    assert.deepEqual(await codes(all), ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  }
  const none = randomUUID() as typeof requestId;
  for (const id of [requestId, none]) {
    assert.deepEqual(await codes(attempts(stranger.client, id)), ['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  }
  assert.deepEqual(await stranger.client.device.requests({}), { requests: [] });
});
