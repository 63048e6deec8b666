import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { verifyLog } from '@sprechzimmer/membership/log.ts';
import { SMTPServer } from 'smtp-server';
import {
  publicKeys,
  requestTestDevice,
  type TestMember,
  testPassword,
  testProof,
} from '../testing/test-members.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { newTestCompletion, newTestRescuer } from '../testing/test-recovery.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let practice: TestPractice;

const mailedTo: string[][] = [];
const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, { envelope }, done) {
    stream.resume();
    stream.on('end', () => {
      mailedTo.push(envelope.rcptTo.map(({ address }) => address));
      done();
    });
  },
});

before(async () => {
  await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', resolve));
  const { port } = mailServer.server.address() as AddressInfo;
  const smtp = { url: `smtp://127.0.0.1:${port}`, from: 'praxis@klinik.example', tls: 'off' as const };
  server = await startTestServer({ config: { smtp }, ceilings: { failuresPerAddress: 1_000 } });
});
after(async () => {
  await server.close();
  await new Promise<void>((resolve) => mailServer.close(resolve));
});
beforeEach(async () => {
  practice = await openTestPractice(server);
});

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
  const rescuer = await newTestRescuer(server, practice);
  const view = await rescuer.view();
  assert.equal(await codeOf(practice), 'signed in');
  const { input, next } = await newTestCompletion(rescuer, view, practice);
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
  assert.deepEqual(mailedTo.at(-1)?.sort(), [practice.email, assistant.email].sort());
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
  await assert.rejects((await newTestRescuer(server, practice)).view(), { code: 'SIGN_IN_REFUSED' });
  const again = await newTestRescuer(server, { ...practice, recovery: next });
  assert.equal((await again.view()).log.length, session.log.length);
});

test('without sheet, password or main user nothing is told, and which of them was wrong neither', async () => {
  await allowUsers(server, practice);
  const assistant = await practice.addUser('assistant');
  const [rescuer, stranger] = [await newTestRescuer(server, practice), await openTestPractice(server)];
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
  const rescuer = await newTestRescuer(server, practice);
  const unknown = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  for (let guess = 0; guess < 10; guess++) {
    await assert.rejects(rescuer.view({ locator: unknown }), { code: 'SIGN_IN_REFUSED' });
  }
  await assert.rejects(rescuer.view(), { code: 'TOO_MANY_ATTEMPTS' });
});

test('an entry that sheet, user or device did not sign changes nothing', async () => {
  const [rescuer, stranger] = [await newTestRescuer(server, practice), await openTestPractice(server)];
  const { input, sign, action } = await newTestCompletion(rescuer, await rescuer.view(), practice);
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
  const rescuer = await newTestRescuer(server, practice);
  const own = { ...rescuer, device: await publicKeys(practice.deviceId, practice.keys), keys: practice.keys };
  const { input } = await newTestCompletion(own, await rescuer.view(), practice);
  const proof = await testProof(practice.client, 'recover', practice);
  await assert.rejects(practice.client.practice.completeRecovery({ ...input, ...proof }), {
    code: 'FORBIDDEN',
  });
});

test('of two who use one sheet at the same time, one is in', async () => {
  const rescuers = [await newTestRescuer(server, practice), await newTestRescuer(server, practice)];
  const ready = await Promise.all(
    rescuers.map(async (rescuer) => {
      const { input } = await newTestCompletion(rescuer, await rescuer.view(), practice);
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
  const rescuer = await newTestRescuer(server, practice);
  const { input } = await newTestCompletion(rescuer, await rescuer.view(), practice);
  await practice.addDevice();
  const { client } = rescuer.member;
  await assert.rejects(client.practice.completeRecovery({ ...input, ...(await rescuer.proof()) }), {
    code: 'VERSION_CONFLICT',
  });
  const { input: anew } = await newTestCompletion(rescuer, await rescuer.view(), practice);
  await client.practice.completeRecovery({ ...anew, ...(await rescuer.proof()) });
});
