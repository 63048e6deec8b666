import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { signEntry, verifyLog } from '@sprechzimmer/membership/log.ts';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import { newActivation, newestTestKey, type TestMember, testProfile } from '../testing/test-members.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let practice: TestPractice;
let colleague: TestMember;
let assistant: TestMember;
let stranger: TestPractice;

before(async () => {
  server = await startTestServer();
  [practice, stranger] = await Promise.all([openTestPractice(server), openTestPractice(server)]);
  await allowUsers(server, practice);
  colleague = await practice.addUser('practitioner');
  assistant = await practice.addUser('assistant');
});
after(() => server.close());

async function membership(of: TestMember = practice) {
  const { log } = await of.client.practice.session({});
  return (await verifyLog(log, of.practiceId)).membership;
}

async function logLength(): Promise<number> {
  return (await practice.client.practice.session({})).log.length;
}

/** What only the main user may do, about members that there are. */
function mainActions(): MembershipAction[] {
  const { userId } = assistant;
  const { deviceId } = practice;
  const activationHash = randomBytes(32).toString('base64url');
  const recovery = { signKey: 'AAAA', agreeKey: 'AAAA' };
  const device = { id: randomUUID() as typeof deviceId, ...recovery };
  return [
    { kind: 'approve-device', device },
    { kind: 'suspend-device', deviceId },
    { kind: 'resume-device', deviceId },
    { kind: 'remove-device', deviceId },
    { kind: 'add-user', userId: randomUUID() as UserId, role: 'assistant', activationHash },
    { kind: 'reset-user', userId, activationHash },
    { kind: 'change-role', userId, role: 'practitioner' },
    { kind: 'deactivate-user', userId },
    { kind: 'reactivate-user', userId },
    { kind: 'remove-user', userId },
    { kind: 'offer-main', userId: colleague.userId },
    { kind: 'renew-key', generation: 2 },
    { kind: 'renew-recovery', recovery },
  ];
}

test('users and devices are added, and each client can verify it', async () => {
  const { users, devices } = await membership(colleague);
  assert.equal(users.get(colleague.userId)?.role, 'practitioner');
  assert.equal(users.get(assistant.userId)?.state, 'active');
  assert.deepEqual([...devices.keys()], [practice.deviceId]);
  const view = await assistant.client.practice.session({});
  assert.deepEqual(view.user, {
    id: assistant.userId,
    email: assistant.email,
    isMain: false,
    role: 'assistant',
  });
});

test('a user who is not the main user can do nothing of what only the main user may, and nothing is kept', async () => {
  const before = await logLength();
  for (const member of [colleague, assistant]) {
    for (const action of mainActions()) {
      await assert.rejects(member.append(action), { code: 'FORBIDDEN' }, action.kind);
    }
  }
  assert.equal(await logLength(), before);
});

test('founding and recovery do not pass through this door', async () => {
  const keys = { signKey: 'AAAA', agreeKey: 'AAAA' };
  const device = { id: practice.deviceId, ...keys };
  const user = { id: practice.userId, signKey: 'AAAA' };
  await assert.rejects(practice.append({ kind: 'found', user, device, recovery: keys }), {
    code: 'FORBIDDEN',
  });
  const recovery = { kind: 'recover' as const, device, recovery: keys, generation: 2 };
  await assert.rejects(practice.append(recovery), { code: 'FORBIDDEN' });
});

test('the main user cannot be deactivated, reset, demoted or removed', async () => {
  const { userId } = practice;
  const code = newActivation();
  const extras = { activationLocatorHash: code.locatorHash };
  const { activationHash } = code;
  await assert.rejects(practice.append({ kind: 'deactivate-user', userId }), { code: 'FORBIDDEN' });
  await assert.rejects(practice.append({ kind: 'reset-user', userId, activationHash }, extras), {
    code: 'FORBIDDEN',
  });
  await assert.rejects(practice.append({ kind: 'change-role', userId, role: 'assistant' }), {
    code: 'FORBIDDEN',
  });
  await assert.rejects(practice.append({ kind: 'remove-user', userId }, { successorId: colleague.userId }), {
    code: 'FORBIDDEN',
  });
  for (const change of [{ state: 'deactivated' }, { role: 'assistant' }]) {
    const update = server.context.db.updateTable('practice_user').set(change).where('id', '=', userId);
    await assert.rejects(update.execute(), { code: '23514' });
  }
});

test('an entry that another signed, or that names another, is refused', async () => {
  const action: MembershipAction = { kind: 'deactivate-user', userId: assistant.userId };
  const { log } = await practice.client.practice.session({});
  const { head } = await verifyLog(log, practice.practiceId);
  const [device, user] = [practice.keys.sign.privateKey, practice.userKey.privateKey];
  const by = { userId: practice.userId, deviceId: practice.deviceId };
  const { practiceId } = practice;
  const forged = {
    'user signature': await signEntry({ practiceId, by, action }, head, {
      device,
      user: colleague.userKey.privateKey,
    }),
    'device signature': await signEntry({ practiceId, by, action }, head, {
      device: stranger.keys.sign.privateKey,
      user,
    }),
    practice: await signEntry({ practiceId: stranger.practiceId, by, action }, head, { device, user }),
    user: await signEntry({ practiceId, by: { ...by, userId: colleague.userId }, action }, head, {
      device,
      user,
    }),
    device: await signEntry({ practiceId, by: { ...by, deviceId: stranger.deviceId }, action }, head, {
      device,
      user,
    }),
  };
  for (const [name, entry] of Object.entries(forged)) {
    const append = practice.client.membership.append({ entry, wraps: [], profiles: [] });
    await assert.rejects(append, { code: 'FORBIDDEN' }, name);
  }
  const right = await practice.sign(action);
  for (const body of ['', '{}', right.body.replace('"v":1', '"v":2'), `${right.body.slice(0, -1)},"x":`]) {
    const append = practice.client.membership.append({ entry: { ...right, body }, wraps: [], profiles: [] });
    await assert.rejects(append, { code: 'BAD_INPUT' });
  }
  const reworded = { ...right, body: right.body.replace('deactivate-user', 'reactivate-user') };
  await assert.rejects(practice.client.membership.append({ entry: reworded, wraps: [], profiles: [] }), {
    code: 'FORBIDDEN',
  });
});

test('an entry that follows another than the newest is a conflict; the same one again has no second effect', async () => {
  const action: MembershipAction = { kind: 'change-role', userId: assistant.userId, role: 'assistant' };
  const [one, two] = [await practice.sign(action), await practice.sign(action)];
  await practice.client.membership.append({ entry: one, wraps: [], profiles: [] });
  const length = await logLength();
  await practice.client.membership.append({ entry: one, wraps: [], profiles: [] });
  assert.equal(await logLength(), length);
  await assert.rejects(practice.client.membership.append({ entry: two, wraps: [], profiles: [] }), {
    code: 'VERSION_CONFLICT',
  });
});

test('20 entries at once leave one chain that verifies', async () => {
  const action: MembershipAction = { kind: 'change-role', userId: assistant.userId, role: 'assistant' };
  const before = await logLength();
  const entries = await Promise.all(Array.from({ length: 20 }, () => practice.sign(action)));
  const outcomes = await Promise.allSettled(
    entries.map((entry) => practice.client.membership.append({ entry, wraps: [], profiles: [] })),
  );
  const codes = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'kept' : outcome.reason.code));
  assert.equal(codes.filter((code) => code === 'kept').length, 1);
  assert.equal(codes.filter((code) => code === 'VERSION_CONFLICT').length, 19);
  assert.equal(await logLength(), before + 1);
  await membership();
});

test('a missing, foreign or superfluous part of a change is bad input', async () => {
  const { userId } = assistant;
  const role: MembershipAction = { kind: 'change-role', userId, role: 'assistant' };
  const before = await logLength();
  await assert.rejects(practice.append(role, { email: 'x@praxis.example' }), { code: 'BAD_INPUT' });
  await assert.rejects(practice.append(role, { successorId: userId }), { code: 'BAD_INPUT' });
  await assert.rejects(practice.append({ kind: 'remove-user', userId }), { code: 'BAD_INPUT' });
  const { activationHash } = newActivation();
  await assert.rejects(practice.append({ kind: 'reset-user', userId, activationHash }), {
    code: 'BAD_INPUT',
  });
  await assert.rejects(practice.append({ kind: 'renew-key', generation: 2 }), { code: 'BAD_INPUT' });
  assert.equal(await logLength(), before);
});

test('members of another practice are like members that there are not', async () => {
  const ids = { foreign: stranger, none: { userId: randomUUID(), deviceId: randomUUID() } };
  for (const { userId, deviceId } of Object.values(ids) as TestMember[]) {
    const { activationHash, locatorHash } = newActivation();
    const attempts = [
      practice.append({ kind: 'remove-device', deviceId }),
      practice.append({ kind: 'suspend-device', deviceId }),
      practice.append({ kind: 'resume-device', deviceId }),
      practice.append({ kind: 'deactivate-user', userId }),
      practice.append({ kind: 'reactivate-user', userId }),
      practice.append({ kind: 'change-role', userId, role: 'assistant' }),
      practice.append({ kind: 'reset-user', userId, activationHash }, { activationLocatorHash: locatorHash }),
      practice.append({ kind: 'remove-user', userId }, { successorId: practice.userId }),
      practice.append({ kind: 'remove-user', userId: assistant.userId }, { successorId: userId }),
      practice.append({ kind: 'offer-main', userId }),
    ];
    for (const outcome of await Promise.allSettled(attempts)) {
      assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'NOT_FOUND');
    }
  }
});

test('a user beyond the plan’s number is refused, also when two come at once', async () => {
  const { key, generation } = newestTestKey(stranger.practiceKeys);
  const add = async (email: string) => {
    const userId = randomUUID() as UserId;
    const { activationHash, locatorHash } = newActivation();
    const profile = { kind: 'user' as const, id: userId, key, generation };
    return stranger.append(
      { kind: 'add-user', userId, role: 'practitioner', activationHash },
      {
        email,
        activationLocatorHash: locatorHash,
        profiles: [await testProfile(stranger.practiceId, profile, { name: 'Name' })],
      },
    );
  };
  await assert.rejects(add('neu@praxis.example'), { code: 'PLAN_LIMIT' });
  const { db } = server.context;
  await db.insertInto('plan').values({ id: 'zwei', max_users: 2 }).execute();
  await db.updateTable('practice').set({ plan: 'zwei' }).where('id', '=', stranger.practiceId).execute();
  await assert.rejects(add(practice.email.toUpperCase()), { code: 'EMAIL_TAKEN' });
  const outcomes = await Promise.allSettled([add('eins@praxis.example'), add('zwei@praxis.example')]);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  await assert.rejects(add('drei@praxis.example'), { code: 'PLAN_LIMIT' });
});
