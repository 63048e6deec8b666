import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import type { SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { eventKinds, putDevice, putUser, seatAt, seatPassword, type TestSeat } from '../testing/test-seat.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let main: TestPractice;
let stranger: TestPractice;
/** An assistant of the practice. */
let seat: TestSeat;

before(async () => {
  server = await startTestServer();
  [main, stranger] = await Promise.all([openTestPractice(server), openTestPractice(server)]);
});
after(() => server.close());
beforeEach(async () => {
  const { db } = server.context;
  const user = await putUser(db, main.practiceId, { role: 'assistant' });
  seat = seatAt(server, user, await putDevice(db, main));
  await seat.signIn();
});

function profile(kind: SealedProfile['kind'], id: string, version = 1, generation = 1): SealedProfile {
  return { kind, id, version, generation, sealed: randomBytes(60).toString('base64url') };
}

async function codeOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  );
}

async function stored(kind: string, id: string) {
  const { db } = server.context;
  return db
    .selectFrom('profile')
    .selectAll()
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
}

test('a new password signs in, the old one no more, and the key sealed with it is kept beside it', async () => {
  const userKey = profile('user-key', seat.userId);
  const next = 'sechs rote Eisvögel';
  await seat.client.practice.changePassword({ current: seatPassword, next, userKey });
  assert.equal((await stored('user-key', seat.userId))?.sealed.toString('base64url'), userKey.sealed);
  await seat.client.practice.session({});
  assert.equal(await codeOf(seat.signIn()), 'SIGN_IN_REFUSED');
  await seat.signIn({ password: next });
  const kinds = await eventKinds(server.context.db, main.practiceId);
  assert.ok(kinds.includes('password-changed'));
});

test('a new password is checked like the first, and the current one must be right', async () => {
  const userKey = profile('user-key', seat.userId);
  const change = (current: string, next: string, key = userKey) =>
    codeOf(seat.client.practice.changePassword({ current, next, userKey: key }));
  assert.equal(await change('falsch', 'sechs rote Eisvögel'), 'SIGN_IN_REFUSED');
  assert.equal(await change(seatPassword, 'kurz'), 'PASSWORD_TOO_SHORT');
  assert.equal(await change(seatPassword, 'QwertyUIOP123'), 'PASSWORD_BREACHED');
  assert.equal(await change(seatPassword, seat.email.toUpperCase()), 'PASSWORD_BREACHED');
  const foreign = profile('user-key', main.userId);
  assert.equal(await change(seatPassword, 'sechs rote Eisvögel', foreign), 'FORBIDDEN');
  const other = profile('user', seat.userId);
  assert.equal(await change(seatPassword, 'sechs rote Eisvögel', other), 'BAD_INPUT');
  const late = profile('user-key', seat.userId, 3);
  assert.equal(await change(seatPassword, 'sechs rote Eisvögel', late), 'VERSION_CONFLICT');
  await seat.signIn();
});

test('of two changes of the password at once one is made, with its own key', async () => {
  const passwords = ['sechs rote Eisvögel', 'neun graue Finken'];
  const keys = passwords.map(() => profile('user-key', seat.userId));
  const answers = await Promise.all(
    passwords.map((next, index) =>
      codeOf(
        seat.client.practice.changePassword({
          current: seatPassword,
          next,
          userKey: keys[index] ?? profile('user-key', seat.userId),
        }),
      ),
    ),
  );
  assert.deepEqual(answers.toSorted(), ['VERSION_CONFLICT', 'answered']);
  const winner = answers.indexOf('answered');
  await seat.signIn({ password: passwords[winner] ?? '' });
  assert.equal((await stored('user-key', seat.userId))?.sealed.toString('base64url'), keys[winner]?.sealed);
});

test('guessing the password within a session is throttled', async () => {
  const guesses = Array.from({ length: 15 }, (_, index) =>
    codeOf(seat.client.secondFactor.beginTotp({ password: `geraten ${index}` })),
  );
  const codes = await Promise.all(guesses);
  assert.ok(codes.filter((code) => code === 'SIGN_IN_REFUSED').length <= 11);
  assert.equal(
    await codeOf(seat.client.secondFactor.beginTotp({ password: seatPassword })),
    'TOO_MANY_ATTEMPTS',
  );
});

test('profiles have one version after the other, also when two are saved at once', async () => {
  const save = (version: number, generation = 1) =>
    codeOf(seat.client.profile.save(profile('picture', seat.userId, version, generation)));
  assert.equal(await save(2), 'VERSION_CONFLICT');
  assert.equal(await save(1), 'answered');
  assert.equal(await save(1), 'VERSION_CONFLICT');
  assert.equal(await save(2, 2), 'VERSION_CONFLICT');
  const answers = await Promise.all(Array.from({ length: 10 }, () => save(2)));
  assert.equal(answers.filter((answer) => answer === 'answered').length, 1);
  const repeated = profile('picture', seat.userId, 3);
  await seat.client.profile.save(repeated);
  await seat.client.profile.save(repeated);
  await seat.client.profile.removePicture({});
  assert.equal(await stored('picture', seat.userId), undefined);
  assert.equal(await save(1), 'answered');
});

test('whose profile it is decides who may save it', async () => {
  const { userId } = seat;
  const saveAs = (who: Pick<TestSeat, 'client'>, kind: SealedProfile['kind'], id: string, version = 1) =>
    codeOf(who.client.profile.save(profile(kind, id, version)));
  assert.equal(await saveAs(seat, 'user', userId), 'answered');
  assert.equal(await saveAs(seat, 'user-key', userId), 'answered');
  for (const [kind, id] of [
    ['practice', main.practiceId],
    ['device', seat.deviceId],
    ['user', main.userId],
    ['user-key', main.userId],
    ['picture', main.userId],
  ] as const) {
    assert.equal(await saveAs(seat, kind, id, 2), 'FORBIDDEN', kind);
  }
  assert.equal(await saveAs(main, 'user', userId, 2), 'answered');
  assert.equal(await saveAs(main, 'device', seat.deviceId), 'answered');
  assert.equal(await saveAs(main, 'practice', main.practiceId, 2), 'answered');
  for (const kind of ['user-key', 'picture'] as const) {
    assert.equal(await saveAs(main, kind, userId, 2), 'FORBIDDEN', kind);
  }
});

test('what another practice has is no different from what nobody has', async () => {
  const saves: [SealedProfile['kind'], string][] = [
    ['practice', stranger.practiceId],
    ['user', stranger.userId],
    ['device', stranger.deviceId],
  ];
  for (const [kind, id] of saves) {
    for (const each of [id, randomUUID()]) {
      assert.equal(await codeOf(main.client.profile.save(profile(kind, each, 2))), 'NOT_FOUND', kind);
    }
  }
  for (const userId of [stranger.userId, randomUUID()]) {
    const input = { userId: userId as TestPractice['userId'], email: 'neu@praxis.example' };
    assert.equal(
      await codeOf(main.client.user.changeEmail({ ...input, password: seatPassword })),
      'NOT_FOUND',
    );
  }
  const foreign = await server.context.db
    .selectFrom('security_event')
    .where('practice_id', '=', stranger.practiceId)
    .select('id')
    .executeTakeFirstOrThrow();
  const before = String(BigInt(foreign.id) + 1n);
  const { events } = await main.client.securityEvent.list({ before });
  assert.ok(events.every(({ id }) => id !== foreign.id));
});

test('one’s own address can be changed, a colleague’s only by the main user, and never to a taken one', async () => {
  const email = `Neu-${randomUUID()}@praxis.example`;
  const own = { userId: seat.userId as TestPractice['userId'], password: seatPassword };
  assert.equal(
    await codeOf(seat.client.user.changeEmail({ ...own, email, password: 'falsch' })),
    'SIGN_IN_REFUSED',
  );
  assert.equal(await codeOf(seat.client.user.changeEmail({ ...own, email: stranger.email })), 'EMAIL_TAKEN');
  await seat.client.user.changeEmail({ ...own, email });
  await seat.signIn({ email: email.toLowerCase() });
  for (const userId of [main.userId, stranger.userId, randomUUID()]) {
    const input = {
      userId: userId as TestPractice['userId'],
      email: 'x@praxis.example',
      password: seatPassword,
    };
    assert.equal(await codeOf(seat.client.user.changeEmail(input)), 'FORBIDDEN');
  }
  await main.client.user.changeEmail({ ...own, email: seat.email });
  await seat.signIn();
});

test('only the main user demands a second factor or asks for another plan, and only for one that exists', async () => {
  assert.equal(await codeOf(seat.client.practice.requireSecondFactor({ required: true })), 'FORBIDDEN');
  assert.equal(await codeOf(seat.client.practice.requestPlan({ plan: 'plus' })), 'FORBIDDEN');
  assert.equal(await codeOf(main.client.practice.requestPlan({ plan: 'alles umsonst' })), 'NOT_FOUND');
  await main.client.practice.requireSecondFactor({ required: true });
  await main.client.practice.requestPlan({ plan: 'plus' });
  const { practice } = await seat.client.practice.session({});
  assert.equal(practice.secondFactorRequired, true);
  assert.equal(practice.requestedPlan, 'plus');
  assert.equal(practice.plan.id, 'basis');
  await main.client.practice.requireSecondFactor({ required: false });
  await main.client.practice.requestPlan({ plan: 'basis' });
  assert.equal((await seat.client.practice.session({})).practice.requestedPlan, null);
});

test('a recovery is told until the user has read of it', async () => {
  const { db } = server.context;
  await db
    .updateTable('practice_user')
    .set({ recovered_at: new Date() })
    .where('practice_id', '=', main.practiceId)
    .execute();
  assert.notEqual((await seat.client.practice.session({})).recoveredAt, null);
  await seat.client.practice.acknowledgeRecovery({});
  assert.equal((await seat.client.practice.session({})).recoveredAt, null);
  assert.notEqual((await main.client.practice.session({})).recoveredAt, null);
});

test('all users read the practice’s security events, newest first and page by page', async () => {
  const { db } = server.context;
  const at = new Date();
  const event = { practice_id: main.practiceId, at, kind: 'locked', user_id: main.userId, device_id: null };
  await db
    .insertInto('security_event')
    .values(Array.from({ length: 150 }, () => event))
    .execute();
  const { events } = await seat.client.securityEvent.list({ before: null });
  assert.equal(events.length, 100);
  assert.deepEqual(
    { ...events[0], id: '' },
    { id: '', kind: 'locked', at: at.toISOString(), userId: main.userId, deviceId: null },
  );
  const next = await seat.client.securityEvent.list({ before: events.at(-1)?.id ?? null });
  const ids = [...events, ...next.events].map(({ id }) => BigInt(id));
  assert.ok(next.events.length >= 50);
  assert.ok(ids.every((id, index) => index === 0 || id < (ids[index - 1] ?? 0n)));
  for (const before of ['', 'x', '1e3', '9'.repeat(30), '-1']) {
    assert.equal(await codeOf(seat.client.securityEvent.list({ before })), 'BAD_INPUT', before);
  }
});

test('an assistant gets no ticket for a room', async () => {
  assert.equal(await codeOf(seat.client.waitingRoom.hostTicket({})), 'FORBIDDEN');
});

test('none of these operations makes the main user less than that', async () => {
  const { db } = server.context;
  const row = async () =>
    db
      .selectFrom('practice_user')
      .where('id', '=', main.userId)
      .select(['is_main', 'role', 'state', 'password_hash'])
      .executeTakeFirstOrThrow();
  const earlier = await row();
  await codeOf(
    seat.client.user.changeEmail({
      userId: main.userId,
      email: 'weg@praxis.example',
      password: seatPassword,
    }),
  );
  await codeOf(
    seat.client.practice.changePassword({
      current: seatPassword,
      next: 'sechs rote Eisvögel',
      userKey: profile('user-key', main.userId, 2),
    }),
  );
  assert.deepEqual(await row(), earlier);
});
