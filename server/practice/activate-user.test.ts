import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { exportPublicKey, signText } from '@sprechzimmer/crypto/device-keys.ts';
import { signInProof } from '@sprechzimmer/protocol/practice.ts';
import { createTestClient } from '../testing/test-client.ts';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import {
  eventKinds,
  putDevice,
  putUser,
  seatAt,
  seatPassword,
  type TestDeviceRow,
} from '../testing/test-seat.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let main: TestPractice;
let stranger: TestPractice;
let seat: TestDeviceRow;

before(async () => {
  server = await startTestServer();
  [main, stranger] = await Promise.all([openTestPractice(server), openTestPractice(server)]);
});
after(() => server.close());
beforeEach(async () => {
  seat = await putDevice(server.context.db, main);
});

async function codeOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  );
}

async function invite(practiceId: string): Promise<{ userId: string; email: string; locator: string }> {
  const { db } = server.context;
  const { userId, email } = await putUser(db, practiceId, { role: 'assistant', state: 'invited' });
  const locator = randomBytes(16);
  await db
    .updateTable('practice_user')
    .set({ password_hash: null, activation_locator_hash: createHash('sha256').update(locator).digest() })
    .where('id', '=', userId)
    .execute();
  return { userId, email, locator: locator.toString('base64url') };
}

async function activate(
  device: TestDeviceRow,
  locator: string,
  changes: { password?: string; signature?: string } = {},
) {
  const own = { id: device.deviceId, signKey: device.keys.sign.privateKey };
  const browser = { origin: server.practiceOrigin, device: own, cookie: '' };
  const client = createTestClient(browser);
  const { challenge } = await client.practice.challenge({});
  const proof = signInProof('activate', locator, device.deviceId, challenge);
  const signature = toBase64url(await signText(device.keys.sign.privateKey, proof));
  const deviceId = device.deviceId as TestPractice['deviceId'];
  const answer = await client.user.activate({
    locator,
    password: seatPassword,
    deviceId,
    challenge,
    signature,
    ...changes,
  });
  return { answer, client };
}

/** A row without an entry in the log, as somebody might put it into the table. */
async function putDeviceRow({ deviceId, keys }: TestDeviceRow): Promise<void> {
  const [sign_key, agree_key] = await Promise.all([
    exportPublicKey(keys.sign.publicKey),
    exportPublicKey(keys.agree.publicKey),
  ]);
  const row = { id: deviceId, sign_key: Buffer.from(sign_key), agree_key: Buffer.from(agree_key) };
  await server.context.db
    .insertInto('device')
    .values({ ...row, practice_id: main.practiceId })
    .execute();
}

test('the activation code lets a new user set a password at an approved device, once', async () => {
  const { userId, email, locator } = await invite(main.practiceId);
  assert.equal(await codeOf(activate(seat, locator, { password: 'kurz' })), 'PASSWORD_TOO_SHORT');
  const { answer, client } = await activate(seat, locator);
  assert.deepEqual(answer, { userId, email });
  assert.equal((await client.practice.session({})).user.id, userId);
  assert.equal(await codeOf(activate(seat, locator)), 'SIGN_IN_REFUSED');
  await seatAt(server, { practiceId: main.practiceId, userId, email }, seat).signIn();
  assert.ok((await eventKinds(server.context.db, main.practiceId)).includes('user-activated'));
});

test('an activation code is of use neither elsewhere nor without proof, and ten at once activate once', async () => {
  const { locator } = await invite(main.practiceId);
  const unapproved = { deviceId: randomUUID(), keys: stranger.keys };
  await putDeviceRow(unapproved);
  assert.equal(await codeOf(activate(stranger, locator)), 'SIGN_IN_REFUSED');
  assert.equal(await codeOf(activate(unapproved, locator)), 'SIGN_IN_REFUSED');
  assert.equal(await codeOf(activate({ ...seat, keys: stranger.keys }, locator)), 'SIGN_IN_REFUSED');
  assert.equal(await codeOf(activate(seat, randomBytes(16).toString('base64url'))), 'SIGN_IN_REFUSED');
  const { db } = server.context;
  const device = db.updateTable('device').where('id', '=', seat.deviceId);
  await device.set({ is_suspended: true }).execute();
  assert.equal(await codeOf(activate(seat, locator)), 'SIGN_IN_REFUSED');
  await device.set({ is_suspended: false }).execute();
  const answers = await Promise.all(Array.from({ length: 10 }, () => codeOf(activate(seat, locator))));
  assert.equal(answers.filter((answer) => answer === 'answered').length, 1);
  assert.equal(answers.filter((answer) => answer === 'SIGN_IN_REFUSED').length, 9);
});
