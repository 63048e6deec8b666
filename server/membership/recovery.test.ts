import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { generateDeviceKeys } from '@sprechzimmer/crypto/device-keys.ts';
import { newPracticeKey, openRecord, recordKey, unwrapAtDevice } from '@sprechzimmer/crypto/practice-key.ts';
import { openRecoveryKeys, sealRecoveryKeys } from '@sprechzimmer/crypto/recovery-keys.ts';
import { openUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { signEntry, verifyLog } from '@sprechzimmer/membership/log.ts';
import { type RecoveryView, userKeyProfile } from '@sprechzimmer/protocol/practice.ts';
import {
  newTestMember,
  publicKeys,
  requestTestDevice,
  type TestMember,
  testPassword,
  testProfile,
  testProof,
  testWrap,
} from '../testing/test-members.ts';
import {
  allowUsers,
  newTestRecovery,
  openTestPractice,
  type TestPractice,
} from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let practice: TestPractice;

before(async () => {
  server = await startTestServer({ ceilings: { failuresPerAddress: 1_000 } });
});
after(() => server.close());
beforeEach(async () => {
  practice = await openTestPractice(server);
});

/** A new device with the sheet in hand. */
async function newRescuer(of: TestPractice = practice) {
  const keys = await generateDeviceKeys();
  const device = await publicKeys(randomUUID(), keys);
  const member = newTestMember(server, { ...of, deviceId: device.id, keys });
  const { email } = of;
  const locator = toBase64url(of.recovery.locator);
  const proof = () => testProof(member.client, 'recover', { email, deviceId: device.id, keys });
  const view = async (changes: { email?: string; password?: string; locator?: string } = {}) =>
    member.client.practice.recover({
      email,
      password: testPassword,
      locator,
      device,
      ...changes,
      ...(await proof()),
    });
  return { member, keys, device, view, proof, locator };
}
type Rescuer = Awaited<ReturnType<typeof newRescuer>>;

/** What the sheet, the password and the server's answer open: practice keys and the user's own key. */
async function openSheet(view: RecoveryView, of: TestPractice = practice) {
  const { practiceId, userId } = of;
  const { membership, head } = await verifyLog(view.log, practiceId);
  const agreeKey = fromBase64url(membership.recovery.agreeKey);
  const sheet = await openRecoveryKeys(
    fromBase64url(view.sealedKeys),
    of.recovery.secret,
    practiceId,
    agreeKey,
  );
  const practiceKeys = new Map(
    await Promise.all(
      view.wraps.map(async ({ generation, wrap }) => {
        const context = [practiceId, 'recovery', String(generation)];
        return [generation, await unwrapAtDevice(fromBase64url(wrap), sheet.agree, context)] as const;
      }),
    ),
  );
  const profile = view.profiles.find(({ kind, id }) => kind === 'user-key' && id === userId);
  assert.ok(profile);
  const key = practiceKeys.get(profile.generation);
  assert.ok(key);
  const place = { practiceId, ...profile };
  const opened = await openRecord(await recordKey(key), fromBase64url(profile.sealed), place);
  const { sealedKey } = userKeyProfile.parse(opened);
  const user = await openUserKey(fromBase64url(sealedKey), testPassword, { practiceId, userId });
  return { head, membership, sheet, practiceKeys, user };
}

/** Everything of `completeRecovery` but the proof. */
async function newCompletion(rescuer: Rescuer, view: RecoveryView, of: TestPractice = practice) {
  const { practiceId, userId } = of;
  const { head, membership, sheet, practiceKeys, user } = await openSheet(view, of);
  const { device, keys, locator } = rescuer;
  const next = await newTestRecovery();
  const { signKey, agreeKey } = await publicKeys('recovery', next.keys);
  const generation = membership.generation + 1;
  const key = newPracticeKey();
  const action = { kind: 'recover' as const, device, recovery: { signKey, agreeKey }, generation };
  const content = { practiceId, by: { userId, deviceId: device.id }, action };
  const signers = { device: keys.sign.privateKey, user, recovery: sheet.sign };
  const receivers = [
    { to: device.id, agreeKey: device.agreeKey },
    { to: 'recovery' as const, agreeKey },
  ];
  const wraps = [...practiceKeys, [generation, key] as const].flatMap(([of, key]) =>
    receivers.map((to) => testWrap(practiceId, key, of, to)),
  );
  const input = {
    email: practice.email,
    password: testPassword,
    locator,
    entry: await signEntry(content, head, signers),
    wraps: await Promise.all(wraps),
    recovery: {
      locatorHash: toBase64url(await sha256(next.locator)),
      sealedKeys: toBase64url(await sealRecoveryKeys(next.keys, next.secret, practiceId)),
    },
    profiles: [
      await testProfile(
        practiceId,
        { kind: 'device', id: device.id, key, generation },
        { name: 'Neu', browser: 'Test' },
      ),
    ],
  };
  const sign = (changes: Partial<typeof content>, by: Partial<typeof signers> = {}) =>
    signEntry({ ...content, ...changes }, head, { ...signers, ...by });
  return { input, sign, action, next };
}

async function codeOf(member: TestMember): Promise<string> {
  return member.client.practice.session({}).then(
    () => 'signed in',
    (error: { code: string }) => error.code,
  );
}

test('with sheet and password a new device becomes the only one, and everybody is told', async () => {
  await allowUsers(server, practice);
  const assistant = await practice.addUser('assistant');
  const waiting = await requestTestDevice(server, practice);
  const { input: appointment } = await practice.newAppointment();
  await practice.client.appointment.book(appointment);
  const rescuer = await newRescuer();
  const view = await rescuer.view();
  assert.equal(await codeOf(practice), 'signed in');
  const { input, next } = await newCompletion(rescuer, view);
  await rescuer.member.client.practice.completeRecovery({ ...input, ...(await rescuer.proof()) });

  for (const member of [practice, assistant]) {
    assert.equal(await codeOf(member), 'NOT_SIGNED_IN');
    await assert.rejects(member.signIn(), { code: 'SIGN_IN_REFUSED' });
  }
  const session = await rescuer.member.client.practice.session({});
  assert.ok(session.recoveredAt);
  assert.deepEqual(
    session.devices.map(({ id }) => id),
    [rescuer.device.id],
  );
  const { membership } = await verifyLog(session.log, practice.practiceId);
  assert.deepEqual([...membership.devices.keys()], [rescuer.device.id]);
  assert.deepEqual(
    session.wraps.map(({ generation }) => generation),
    [1, 2],
  );
  assert.equal(session.staleRecords, session.profiles.length); // all but the new device's name, and the appointment
  const { db } = server.context;
  const told = await db
    .selectFrom('practice_user')
    .where('practice_id', '=', practice.practiceId)
    .where('recovered_at', 'is not', null)
    .select('id')
    .execute();
  assert.equal(told.length, 2);
  const requests = await db
    .selectFrom('device_request')
    .where('id', '=', waiting.requestId)
    .selectAll()
    .execute();
  assert.deepEqual(requests, []);
  const events = await db
    .selectFrom('security_event')
    .where('practice_id', '=', practice.practiceId)
    .where('kind', '=', 'recovered')
    .select('device_id')
    .execute();
  assert.deepEqual(events, [{ device_id: rescuer.device.id }]);

  // The old sheet opens nothing any more, the new one does.
  await assert.rejects((await newRescuer()).view(), { code: 'SIGN_IN_REFUSED' });
  const again = await newRescuer({ ...practice, recovery: next });
  assert.equal((await again.view()).log.length, session.log.length);
});

test('without sheet, password or main user nothing is told, and which of them was wrong neither', async () => {
  await allowUsers(server, practice);
  const assistant = await practice.addUser('assistant');
  const [rescuer, stranger] = [await newRescuer(), await openTestPractice(server)];
  const unknown = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  for (const changes of [
    { locator: unknown },
    { locator: toBase64url(stranger.recovery.locator) },
    { password: 'fünf gelbe Reiher' },
    { email: 'niemand@praxis.example' },
    { email: stranger.email },
    { email: assistant.email },
  ]) {
    await assert.rejects(rescuer.view(changes), (error: Record<string, unknown>) => {
      assert.deepEqual([error['code'], error['data']], ['SIGN_IN_REFUSED', undefined]);
      return true;
    });
  }
  const forged = { ...rescuer.device, id: randomUUID() as typeof rescuer.device.id };
  const proof = await rescuer.proof();
  const input = { email: practice.email, password: testPassword, locator: rescuer.locator, device: forged };
  await assert.rejects(rescuer.member.client.practice.recover({ ...input, ...proof }), {
    code: 'SIGN_IN_REFUSED',
  });
});

test('guessing a sheet is throttled like guessing a password', async () => {
  const rescuer = await newRescuer();
  const unknown = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  for (let guess = 0; guess < 10; guess++) {
    await assert.rejects(rescuer.view({ locator: unknown }), { code: 'SIGN_IN_REFUSED' });
  }
  await assert.rejects(rescuer.view(), { code: 'TOO_MANY_ATTEMPTS' });
});

test('an entry that sheet, user or device did not sign changes nothing', async () => {
  const [rescuer, stranger] = [await newRescuer(), await openTestPractice(server)];
  const { input, sign, action } = await newCompletion(rescuer, await rescuer.view());
  const complete = async (changes: Partial<typeof input>) =>
    rescuer.member.client.practice.completeRecovery({ ...input, ...changes, ...(await rescuer.proof()) });
  const { recoverySignature: _, ...unsigned } = input.entry;
  const entries = {
    'no sheet': unsigned,
    'another sheet': await sign({}, { recovery: stranger.recovery.keys.sign.privateKey }),
    'another user': await sign({}, { user: stranger.userKey.privateKey }),
    'another device': await sign({}, { device: stranger.keys.sign.privateKey }),
    'another practice': await sign({ practiceId: stranger.practiceId }),
    'a generation too far': await sign({ action: { ...action, generation: 3 } }),
  };
  for (const [name, entry] of Object.entries(entries)) {
    await assert.rejects(complete({ entry }), { code: 'FORBIDDEN' }, name);
  }
  await assert.rejects(complete({ wraps: input.wraps.slice(1) }), { code: 'BAD_INPUT' });
  await assert.rejects(complete({ profiles: [] }), { code: 'BAD_INPUT' });
  await assert.rejects(complete({ password: 'fünf gelbe Reiher' }), { code: 'SIGN_IN_REFUSED' });
  assert.equal(await codeOf(practice), 'signed in');
  await complete({});
});

test('a device that the practice removed or lost cannot come back through the sheet', async () => {
  const rescuer = await newRescuer();
  const own = { ...rescuer, device: await publicKeys(practice.deviceId, practice.keys), keys: practice.keys };
  const { input } = await newCompletion(own, await rescuer.view());
  const proof = await testProof(practice.client, 'recover', practice);
  await assert.rejects(practice.client.practice.completeRecovery({ ...input, ...proof }), {
    code: 'FORBIDDEN',
  });
});

test('of two who use one sheet at the same time, one is in', async () => {
  const rescuers = [await newRescuer(), await newRescuer()];
  const ready = await Promise.all(
    rescuers.map(async (rescuer) => {
      const { input } = await newCompletion(rescuer, await rescuer.view());
      return { rescuer, input: { ...input, ...(await rescuer.proof()) } };
    }),
  );
  const outcomes = await Promise.allSettled(
    ready.map(({ rescuer, input }) => rescuer.member.client.practice.completeRecovery(input)),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  const codes = await Promise.all(rescuers.map(({ member }) => codeOf(member)));
  assert.deepEqual(codes.sort(), ['NOT_SIGNED_IN', 'signed in']);
});

test('a change of members in between is a conflict, and the recovery can be done anew', async () => {
  const rescuer = await newRescuer();
  const { input } = await newCompletion(rescuer, await rescuer.view());
  await practice.addDevice();
  const { client } = rescuer.member;
  await assert.rejects(client.practice.completeRecovery({ ...input, ...(await rescuer.proof()) }), {
    code: 'VERSION_CONFLICT',
  });
  const { input: anew } = await newCompletion(rescuer, await rescuer.view());
  await client.practice.completeRecovery({ ...anew, ...(await rescuer.proof()) });
});
