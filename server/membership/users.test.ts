import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { verifyLog } from '@sprechzimmer/membership/log.ts';
import { generateUserKey } from '@sprechzimmer/crypto/user-key.ts';
import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { activateTestUser, newActivation, newTestMember, type TestMember } from '../testing/test-members.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let practice: TestPractice;
let colleague: TestMember;

before(async () => {
  server = await startTestServer();
  practice = await openTestPractice(server);
  await allowUsers(server, practice);
});
after(() => server.close());
beforeEach(async () => {
  colleague = await practice.addUser('practitioner');
});

async function hasSession(member: TestMember): Promise<string> {
  return member.client.practice.session({}).then(
    () => 'signed in',
    (error: { code: string }) => error.code,
  );
}

async function ticketsOf(userId: string): Promise<number> {
  const { db } = server.context;
  return (await db.selectFrom('host_ticket').where('user_id', '=', userId).selectAll().execute()).length;
}

test('a deactivated user is out at once, call window included, and comes back when reactivated', async () => {
  const { userId } = colleague;
  await colleague.client.waitingRoom.hostTicket({});
  assert.equal(await ticketsOf(userId), 1);
  await practice.append({ kind: 'deactivate-user', userId });
  assert.equal(await hasSession(colleague), 'NOT_SIGNED_IN');
  assert.equal(await ticketsOf(userId), 0);
  await assert.rejects(colleague.signIn(), { code: 'SIGN_IN_REFUSED' });
  await practice.append({ kind: 'reactivate-user', userId });
  await colleague.signIn();
  assert.equal(await hasSession(colleague), 'signed in');
});

test('a reset takes password, key and second factor; a new code lets the user in again', async () => {
  const { userId } = colleague;
  const { db } = server.context;
  await db
    .insertInto('totp')
    .values({ user_id: userId, secret: Buffer.alloc(20), confirmed_at: new Date() })
    .execute();
  const code = newActivation();
  const { activationHash, locatorHash } = code;
  const extras = { activationLocatorHash: locatorHash };
  await practice.append({ kind: 'reset-user', userId, activationHash }, extras);
  assert.equal(await hasSession(colleague), 'NOT_SIGNED_IN');
  await assert.rejects(colleague.signIn(), { code: 'SIGN_IN_REFUSED' });
  const view = await practice.client.practice.session({});
  const user = view.users.find(({ id }) => id === userId);
  assert.deepEqual([user?.state, user?.hasSecondFactor], ['invited', false]);
  assert.ok(!view.profiles.some(({ kind, id }) => kind === 'user-key' && id === userId));
  const back = newTestMember(server, {
    ...colleague,
    password: 'zehn rote Milane',
    userKey: await generateUserKey(),
  });
  await activateTestUser(back, code);
  await back.signIn();
  const { log } = await back.client.practice.session({});
  const { membership } = await verifyLog(log, practice.practiceId);
  assert.equal(membership.users.get(userId)?.state, 'active');
});

test('an activation is good for the user on whose paper it stands, and once', async () => {
  const code = newActivation();
  const { userId } = colleague;
  const extras = { activationLocatorHash: code.locatorHash };
  await practice.append({ kind: 'reset-user', userId, activationHash: code.activationHash }, extras);
  const other = await practice.addUser('assistant');
  const wrong = newTestMember(server, { ...other, userId });
  await assert.rejects(activateTestUser(wrong, { ...code, activation: newActivation().activation }), {
    code: 'FORBIDDEN',
  });
  await assert.rejects(activateTestUser(wrong, code), { code: 'SIGN_IN_REFUSED' });
  const action = { kind: 'activate-user' as const, userId, signKey: 'AAAA', activation: code.activation };
  await assert.rejects(other.append(action), { code: 'FORBIDDEN' });
});

test('a changed role holds at once', async () => {
  const { userId } = colleague;
  await practice.append({ kind: 'change-role', userId, role: 'assistant' });
  assert.equal((await colleague.client.practice.session({})).user.role, 'assistant');
  await assert.rejects(colleague.client.waitingRoom.hostTicket({}), { code: 'FORBIDDEN' });
  await assert.rejects(practice.append({ kind: 'offer-main', userId }), { code: 'FORBIDDEN' });
});

test('a removed user is gone; their appointments and codes go to the successor', async () => {
  const { userId } = colleague;
  const hostCode = {
    id: randomUUID() as AppointmentInput['hostCodes'][number]['id'],
    locatorHash: randomBytes(32).toString('base64url'),
    card: randomBytes(40).toString('base64url'),
  };
  const { input } = await practice.newAppointment({ practitionerId: userId, hostCodes: [hostCode] });
  await colleague.client.appointment.book(input);
  const assistant = await practice.addUser('assistant');
  const remove = (successorId: TestMember['userId']) =>
    practice.append({ kind: 'remove-user', userId }, { successorId });
  await assert.rejects(remove(assistant.userId), { code: 'BAD_INPUT' });
  await assert.rejects(remove(userId), { code: 'NOT_FOUND' });
  await remove(practice.userId);
  assert.equal(await hasSession(colleague), 'NOT_SIGNED_IN');
  await assert.rejects(colleague.signIn(), { code: 'SIGN_IN_REFUSED' });
  const { users, profiles } = await practice.client.practice.session({});
  assert.ok(!users.some(({ id }) => id === userId));
  assert.ok(!profiles.some(({ id }) => id === userId));
  const { db } = server.context;
  const appointments = await db
    .selectFrom('appointment')
    .innerJoin('invitation', 'appointment_id', 'appointment.id')
    .where('appointment.id', '=', input.id)
    .select(['appointment.practitioner_id', 'invitation.practitioner_id as invited_by'])
    .execute();
  assert.deepEqual(appointments, [{ practitioner_id: practice.userId, invited_by: practice.userId }]);
  const code = await db.selectFrom('host_code').where('id', '=', hostCode.id).selectAll().executeTakeFirst();
  assert.equal(code?.practitioner_id, practice.userId);
  // Their random id is left where nothing else of them is: in the log of members and in security events.
  const dump = [...(await dumpDatabase(db))].filter(([, rows]) => rows.some((row) => row.includes(userId)));
  assert.deepEqual(
    dump.map(([table]) => table),
    ['membership_entry', 'security_event'],
  );
});

test('the main user’s role changes hands only when both have said so', async () => {
  const own = await openTestPractice(server);
  await allowUsers(server, own);
  const [next, third] = [await own.addUser('practitioner'), await own.addUser('practitioner')];
  await assert.rejects(next.append({ kind: 'accept-main', userId: next.userId }), { code: 'FORBIDDEN' });
  await own.append({ kind: 'offer-main', userId: next.userId });
  await assert.rejects(third.append({ kind: 'accept-main', userId: third.userId }), { code: 'FORBIDDEN' });
  await assert.rejects(third.append({ kind: 'accept-main', userId: next.userId }), { code: 'FORBIDDEN' });
  await next.append({ kind: 'accept-main', userId: next.userId });
  const { users } = await next.client.practice.session({});
  assert.deepEqual(
    users.filter(({ isMain }) => isMain).map(({ id }) => id),
    [next.userId],
  );
  const { activationHash } = newActivation();
  const reset = { kind: 'reset-user' as const, userId: next.userId, activationHash };
  await assert.rejects(own.append(reset), { code: 'FORBIDDEN' });
  await assert.rejects(own.client.device.requests({}), { code: 'FORBIDDEN' });
  await next.append({ kind: 'change-role', userId: own.userId, role: 'assistant' });
});

test('two offers are not two main users: who accepts late is refused', async () => {
  const other = await practice.addUser('practitioner');
  await practice.append({ kind: 'offer-main', userId: colleague.userId });
  await practice.append({ kind: 'offer-main', userId: other.userId });
  await assert.rejects(colleague.append({ kind: 'accept-main', userId: colleague.userId }), {
    code: 'FORBIDDEN',
  });
});

test('an unknown user’s id is refused like one of another practice', async () => {
  const userId = randomUUID() as TestMember['userId'];
  await assert.rejects(practice.append({ kind: 'deactivate-user', userId }), { code: 'NOT_FOUND' });
});
