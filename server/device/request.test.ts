import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Bytes, fromBase64url, fromUtf8, toBase64url, utf8 } from '@sprechzimmer/crypto/bytes.ts';
import {
  type DeviceKeyPairs,
  exportPublicKey,
  generateDeviceKeys,
} from '@sprechzimmer/crypto/device-keys.ts';
import { beginAsHost, beginAsParticipant } from '@sprechzimmer/crypto/handshake.ts';
import { unwrapAtDevice } from '@sprechzimmer/crypto/practice-key.ts';
import { openRecordChannel } from '@sprechzimmer/crypto/records.ts';
import { verifyLog } from '@sprechzimmer/membership/log.ts';
import { approvalMessage } from '@sprechzimmer/protocol/device.ts';
import { createTestClient } from '../testing/test-client.ts';
import {
  approval,
  newTestMember,
  pollAsDevice,
  publicKeys,
  requestTestDevice,
  testPassword,
  testProof,
} from '../testing/test-members.ts';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let practice: TestPractice;

before(async () => {
  server = await startTestServer();
  practice = await openTestPractice(server);
});
after(() => server.close());

function json(bytes: Bytes): unknown {
  return JSON.parse(fromUtf8(bytes));
}

test('a device is let in under a handshake, and signs in with the practice’s key', async () => {
  const waiting = await requestTestDevice(server, practice);
  const { requestId, device, keys } = waiting;
  const psk = new Uint8Array(randomBytes(32)); // both ends derive it from the code
  const { requests } = await practice.client.device.requests({});
  const open = requests.find(({ id }) => id === requestId);
  assert.deepEqual([open?.userId, open?.browser, open?.device], [practice.userId, 'Test', device]);
  assert.deepEqual(await pollAsDevice(server, waiting), { state: 'waiting', frames: [] });
  await practice.client.device.matchCode(waiting);

  const exchange = (after: number, frame?: Bytes) =>
    practice.client.device.exchange({ requestId, after, ...(frame && { send: toBase64url(frame) }) });
  const host = await beginAsHost(psk);
  await exchange(0, host.m0);
  const first = await pollAsDevice(server, waiting);
  assert.equal(first.state, 'matched');
  const participant = await beginAsParticipant(psk, fromBase64url(first.frames[0] ?? ''));
  await pollAsDevice(server, waiting, { after: 1, send: toBase64url(participant.m1) });
  const { frames: answer } = await exchange(0);
  const { m2, result } = await host.finish(fromBase64url(answer[0] ?? ''));
  await exchange(1, m2);
  const second = await pollAsDevice(server, waiting, { after: 1 });
  const shared = await participant.finish(fromBase64url(second.frames[0] ?? ''));

  const [theirs, ours] = [
    await openRecordChannel(shared, 'participant'),
    await openRecordChannel(result, 'host'),
  ];
  const introduction = { kind: 'introduce', device, name: 'Empfang', browser: 'Test' };
  const sealed = await theirs.seal(utf8(JSON.stringify(introduction)));
  await pollAsDevice(server, waiting, { after: 2, send: toBase64url(sealed) });
  const { frames: told } = await exchange(1);
  const heard = approvalMessage.parse(json(await ours.open(fromBase64url(told[0] ?? ''))));
  assert.deepEqual(heard, introduction);

  await practice.append({ kind: 'approve-device', device }, await approval(practice, waiting));
  const { log } = await practice.client.practice.session({});
  const { head } = await verifyLog(log, practice.practiceId);
  const welcome = { kind: 'welcome', head, deviceId: practice.deviceId };
  await exchange(2, await ours.seal(utf8(JSON.stringify(welcome))));
  const last = await pollAsDevice(server, waiting, { after: 2 });
  assert.equal(last.state, 'approved');
  const welcomed = approvalMessage.parse(json(await theirs.open(fromBase64url(last.frames[0] ?? ''))));
  assert.deepEqual(welcomed, welcome);

  const member = newTestMember(server, { ...practice, deviceId: device.id, keys });
  await member.signIn({ takeOver: true });
  const view = await member.client.practice.session({});
  const wrap = fromBase64url(view.wraps[0]?.wrap ?? '');
  const context = [practice.practiceId, device.id, '1'];
  assert.deepEqual(await unwrapAtDevice(wrap, keys.agree, context), practice.practiceKeys.get(1));
  await practice.signIn({ takeOver: true });
});

test('an unapproved device with the right password gets an id and a date, and nothing else', async () => {
  const waiting = await requestTestDevice(server, practice);
  const member = newTestMember(server, { ...practice, deviceId: waiting.device.id, keys: waiting.keys });
  await assert.rejects(member.signIn(), { code: 'SIGN_IN_REFUSED' });
  const calls = [
    member.client.practice.session({}),
    member.client.membership.staleRecords({}),
    member.client.device.requests({}),
    member.client.appointment.list({ from: '2026-01-01', to: '2026-01-02' }),
    member.client.device.exchange({ requestId: waiting.requestId, after: 0 }),
  ];
  for (const outcome of await Promise.allSettled(calls)) {
    assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'NOT_SIGNED_IN');
  }
});

test('a row that somebody puts into the table is no device, and stays visible', async () => {
  const keys = await generateDeviceKeys();
  const device = await publicKeys(randomUUID(), keys);
  await server.context.db
    .insertInto('device')
    .values({
      id: device.id,
      practice_id: practice.practiceId,
      sign_key: Buffer.from(device.signKey, 'base64url'),
      agree_key: Buffer.from(device.agreeKey, 'base64url'),
    })
    .execute();
  const planted = newTestMember(server, { ...practice, deviceId: device.id, keys });
  await assert.rejects(planted.signIn({ takeOver: true }), { code: 'SIGN_IN_REFUSED' });
  const { devices } = await practice.client.practice.session({});
  assert.ok(devices.some(({ id }) => id === device.id));
  await server.context.db.deleteFrom('device').where('id', '=', device.id).execute();
});

test('a key that is swapped in the table shuts the device out', async () => {
  const own = await openTestPractice(server);
  const keys = await generateDeviceKeys();
  const key = Buffer.from(await exportPublicKey(keys.sign.publicKey));
  await server.context.db
    .updateTable('device')
    .set({ sign_key: key })
    .where('id', '=', own.deviceId)
    .execute();
  const thief = newTestMember(server, { ...own, keys });
  await assert.rejects(thief.signIn({ takeOver: true }), { code: 'SIGN_IN_REFUSED' });
});

test('a request needs the password and the new device’s own key, and unknown users are like wrong passwords', async () => {
  const keys = await generateDeviceKeys();
  const device = await publicKeys(randomUUID(), keys);
  const client = createTestClient({ origin: server.practiceOrigin, device: undefined, cookie: '' });
  const request = async (changes: { email?: string; password?: string }, signer: DeviceKeyPairs = keys) => {
    const input = { email: practice.email, password: testPassword, ...changes };
    const proof = await testProof(client, 'request-device', {
      email: input.email,
      deviceId: device.id,
      keys: signer,
    });
    const locatorHash = randomBytes(32).toString('base64url');
    return client.device.request({ ...input, device, browser: 'Test', locatorHash, ...proof });
  };
  const before = (await practice.client.device.requests({})).requests.length;
  await assert.rejects(request({ password: 'fünf gelbe Reiher' }), { code: 'SIGN_IN_REFUSED' });
  await assert.rejects(request({ email: 'niemand@praxis.example' }), { code: 'SIGN_IN_REFUSED' });
  await assert.rejects(request({}, practice.keys), { code: 'SIGN_IN_REFUSED' });
  assert.equal((await practice.client.device.requests({})).requests.length, before);
});

test('requests are throttled like sign-ins', async () => {
  const throttled = await startTestServer();
  try {
    const victim = await openTestPractice(throttled);
    const guesses = Array.from({ length: 15 }, () =>
      requestTestDevice(throttled, { ...victim, password: 'geraten' }),
    );
    const codes = (await Promise.allSettled(guesses)).map((outcome) =>
      outcome.status === 'rejected' ? String(outcome.reason.code) : 'noted',
    );
    assert.ok(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS').length >= 4, codes.join());
    assert.ok(codes.every((code) => code === 'TOO_MANY_ATTEMPTS' || code === 'SIGN_IN_REFUSED'));
  } finally {
    await throttled.close();
  }
});

test('a user has at most five open requests', async () => {
  const own = await openTestPractice(server);
  for (let index = 0; index < 5; index++) await requestTestDevice(server, own);
  await assert.rejects(requestTestDevice(server, own), { code: 'TOO_MANY_ATTEMPTS' });
});
