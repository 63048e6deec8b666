import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { verifyLog } from '@sprechzimmer/membership/log.ts';
import { approval, requestTestDevice, type TestMember } from '../testing/test-members.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let practice: TestPractice;
let colleague: TestMember;

before(async () => {
  server = await startTestServer();
  practice = await openTestPractice(server);
  await allowUsers(server, practice);
  colleague = await practice.addUser('practitioner');
});
after(() => server.close());

async function membership(of: TestMember) {
  const { log } = await of.client.practice.session({});
  return (await verifyLog(log, of.practiceId)).membership;
}

function suspend(device: TestMember) {
  return practice.append({ kind: 'suspend-device', deviceId: device.deviceId }, { suspendedUntil: null });
}

test('a suspended device is out at once and comes back when it is resumed', async () => {
  const device = await practice.addDevice(colleague);
  await device.signIn({ takeOver: true });
  await suspend(device);
  await assert.rejects(device.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  await assert.rejects(device.signIn(), { code: 'DEVICE_SUSPENDED' });
  await practice.append({ kind: 'resume-device', deviceId: device.deviceId });
  await device.signIn();
  await device.client.practice.session({});
  await assert.rejects(suspend(practice), { code: 'FORBIDDEN' });
});

test('a removed device is out for good, and its wraps and name are gone', async () => {
  const device = await practice.addDevice(colleague);
  await device.signIn({ takeOver: true });
  const { wraps } = await device.client.practice.session({});
  assert.deepEqual(
    wraps.map(({ to, generation }) => [to, generation]),
    [[device.deviceId, 1]],
  );
  await practice.append({ kind: 'remove-device', deviceId: device.deviceId });
  await assert.rejects(device.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  await assert.rejects(device.signIn(), { code: 'SIGN_IN_REFUSED' });
  const { devices, profiles } = await practice.client.practice.session({});
  assert.ok(!devices.some(({ id }) => id === device.deviceId));
  assert.ok(!profiles.some(({ id }) => id === device.deviceId));
  const { db } = server.context;
  const rows = db.selectFrom('practice_key_wrap').where('device_id', '=', device.deviceId).selectAll();
  assert.deepEqual(await rows.execute(), []);
});

test('the last device cannot be removed; one’s own can when another stays', async () => {
  const alone = await openTestPractice(server);
  await assert.rejects(alone.append({ kind: 'remove-device', deviceId: alone.deviceId }), {
    code: 'FORBIDDEN',
  });
  const second = await alone.addDevice();
  await alone.append({ kind: 'remove-device', deviceId: alone.deviceId });
  await assert.rejects(alone.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  await second.signIn();
  assert.deepEqual([...(await membership(second)).devices.keys()], [second.deviceId]);
});

test('a device is approved only with its own request, its own keys and all wraps', async () => {
  const request = await requestTestDevice(server, colleague);
  const [extras, other] = [await approval(practice, request), await requestTestDevice(server, practice)];
  const approve = (device = request.device, changes = {}) =>
    practice.append({ kind: 'approve-device', device }, { ...extras, ...changes });
  await assert.rejects(approve(), { code: 'FORBIDDEN' });
  await practice.client.device.matchCode(request);
  const { signKey, agreeKey } = other.device;
  await assert.rejects(approve({ ...request.device, agreeKey }), { code: 'BAD_INPUT' });
  await assert.rejects(approve({ ...request.device, signKey }), { code: 'BAD_INPUT' });
  await assert.rejects(approve(other.device), { code: 'BAD_INPUT' });
  await assert.rejects(approve(request.device, { requestId: other.requestId }), { code: 'FORBIDDEN' });
  await assert.rejects(approve(request.device, { requestId: randomUUID() }), { code: 'NOT_FOUND' });
  const [wrap] = extras.wraps ?? [];
  assert.ok(wrap);
  await assert.rejects(approve(request.device, { wraps: [{ ...wrap, generation: 2 }] }), {
    code: 'BAD_INPUT',
  });
  await assert.rejects(approve(request.device, { wraps: [{ ...wrap, to: practice.deviceId }] }), {
    code: 'BAD_INPUT',
  });
  await approve();
  await assert.rejects(approve(), { code: 'FORBIDDEN' });
});
