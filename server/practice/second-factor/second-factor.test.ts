import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { SecondFactorAnswer } from '@sprechzimmer/protocol/practice.ts';
import { Secret, TOTP } from 'otpauth';
import { TestAuthenticator } from '../../testing/test-authenticator.ts';
import { openTestPractice, type TestPractice } from '../../testing/test-practice.ts';
import {
  eventKinds,
  putDevice,
  putUser,
  seatAt,
  seatPassword,
  type TestSeat,
} from '../../testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const stepMs = 30_000;

let server: TestServer;
let practice: TestPractice;
let seat: TestSeat;
/** The same user at another device. */
let elsewhere: TestSeat;
let ahead = 0;

before(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + ahead) });
  practice = await openTestPractice(server);
});
after(() => server.close());
beforeEach(async () => {
  ahead = 0;
  const { db } = server.context;
  const user = await putUser(db, practice.practiceId);
  seat = seatAt(server, user, await putDevice(db, practice));
  elsewhere = seatAt(server, user, await putDevice(db, practice));
  await seat.signIn();
});

type Needed = { totp: boolean; passkey: Record<string, unknown> | null; wasWrong: boolean };
type Refusal = { code: string; data?: Needed };

async function refusalOf(answer: Promise<unknown>): Promise<Refusal> {
  return answer.then(
    () => ({ code: 'answered' }),
    ({ code, data }: Refusal) => (data === undefined ? { code } : { code, data }),
  );
}

async function codeOf(answer: Promise<unknown>): Promise<string> {
  return (await refusalOf(answer)).code;
}

function codeAt(base32: string, offsetMs = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(base32) });
  return totp.generate({ timestamp: Date.now() + ahead + offsetMs });
}

/** An authenticator app, set up; its next code is of the step after. */
async function addApp(): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret, address } = await seat.client.secondFactor.beginTotp({ password: seatPassword });
  const parsed = new URL(address);
  assert.equal(parsed.searchParams.get('secret'), secret);
  const { recoveryCodes } = await seat.client.secondFactor.confirmTotp({ code: codeAt(secret) });
  ahead += stepMs;
  return { secret, recoveryCodes };
}

async function addPasskey() {
  const authenticator = new TestAuthenticator(server.practiceOrigin);
  const { options } = await seat.client.secondFactor.beginPasskey({ password: seatPassword });
  const response = authenticator.create(options);
  const { recoveryCodes } = await seat.client.secondFactor.confirmPasskey({ name: 'Laptop', response });
  return { authenticator, recoveryCodes, response };
}

function totp(code: string): { secondFactor: SecondFactorAnswer } {
  return { secondFactor: { kind: 'totp', code } };
}

async function askedPasskey(): Promise<Record<string, unknown>> {
  const { data } = await refusalOf(seat.signIn());
  assert.ok(data?.passkey);
  return data.passkey;
}

test('an authenticator app counts only once it has shown a right code', async () => {
  const { secret } = await seat.client.secondFactor.beginTotp({ password: seatPassword });
  await seat.signIn();
  assert.equal((await seat.client.secondFactor.list({})).totp, false);
  const wrong = codeAt(secret, 10 * stepMs);
  assert.equal(await codeOf(seat.client.secondFactor.confirmTotp({ code: wrong })), 'CODE_WRONG');
  const { recoveryCodes } = await seat.client.secondFactor.confirmTotp({ code: codeAt(secret) });
  assert.equal(new Set(recoveryCodes).size, 10);
  assert.deepEqual(await seat.client.secondFactor.list({}), {
    totp: true,
    passkeys: [],
    recoveryCodesLeft: 10,
  });
  const { users } = await seat.client.practice.session({});
  assert.equal(users.find(({ id }) => id === seat.userId)?.hasSecondFactor, true);
  const begin = seat.client.secondFactor.beginTotp({ password: seatPassword });
  assert.equal(await codeOf(begin), 'VERSION_CONFLICT');
  assert.equal(await codeOf(seat.client.secondFactor.confirmTotp({ code: codeAt(secret) })), 'NOT_FOUND');
});

test('with an app the password alone is not enough, and only with the right one is the code asked for', async () => {
  const { secret } = await addApp();
  const data = { totp: true, passkey: null, wasWrong: false };
  assert.deepEqual(await refusalOf(seat.signIn()), { code: 'SECOND_FACTOR_NEEDED', data });
  assert.equal(await codeOf(seat.signIn({ password: 'falsch' })), 'SIGN_IN_REFUSED');
  const both = { password: 'falsch', ...totp(codeAt(secret)) };
  assert.equal(await codeOf(seat.signIn(both)), 'SIGN_IN_REFUSED');
  assert.deepEqual(await refusalOf(seat.signIn(totp(codeAt(secret, 10 * stepMs)))), {
    code: 'SECOND_FACTOR_NEEDED',
    data: { ...data, wasWrong: true },
  });
  await seat.signIn(totp(codeAt(secret)));
  await seat.client.practice.session({});
});

test('a code passes once, even sent ten times at once, and no code from before it passes any more', async () => {
  const { secret } = await addApp();
  const code = codeAt(secret);
  const inputs = await Promise.all(Array.from({ length: 10 }, () => seat.signInInput(totp(code))));
  const answers = await Promise.all(inputs.map((input) => codeOf(seat.client.practice.signIn(input))));
  assert.equal(answers.filter((answer) => answer === 'answered').length, 1);
  assert.equal(answers.filter((answer) => answer === 'SECOND_FACTOR_NEEDED').length, 9);
  assert.equal(await codeOf(seat.signIn(totp(codeAt(secret, -stepMs)))), 'SECOND_FACTOR_NEEDED');
});

test('the code that confirmed the app is used up', async () => {
  const { secret } = await addApp();
  ahead -= stepMs;
  assert.equal(await codeOf(seat.signIn(totp(codeAt(secret)))), 'SECOND_FACTOR_NEEDED');
});

test('wrong codes are throttled like wrong passwords', async () => {
  const { secret } = await addApp();
  const guesses = Array.from({ length: 20 }, (_, index) => totp(String(index).padStart(6, '0')));
  const answers = await Promise.all(guesses.map((guess) => codeOf(seat.signIn(guess))));
  assert.ok(answers.filter((answer) => answer === 'SECOND_FACTOR_NEEDED').length <= 11);
  assert.equal(await codeOf(seat.signIn(totp(codeAt(secret)))), 'TOO_MANY_ATTEMPTS');
});

test('whoever is asked whether to take over needs no second code for it', async () => {
  const { secret } = await addApp();
  const code = codeAt(secret);
  assert.equal(await codeOf(elsewhere.signIn(totp(code))), 'SESSION_ELSEWHERE');
  assert.equal(await codeOf(elsewhere.signIn({ takeOver: true })), 'SECOND_FACTOR_NEEDED');
  await elsewhere.signIn({ ...totp(code), takeOver: true });
  assert.equal(await codeOf(seat.signIn({ ...totp(code), takeOver: true })), 'SECOND_FACTOR_NEEDED');
});

test('a recovery code passes once, however it is typed, and is nobody else’s', async () => {
  const { recoveryCodes } = await addApp();
  const [first = '', second = ''] = recoveryCodes;
  const answer = (code: string) => ({ secondFactor: { kind: 'recovery-code' as const, code } });
  await seat.signIn(answer(first.toLowerCase().replaceAll('-', ' ')));
  assert.equal((await seat.client.secondFactor.list({})).recoveryCodesLeft, 9);
  assert.equal(await codeOf(seat.signIn(answer(first))), 'SECOND_FACTOR_NEEDED');
  assert.equal(await codeOf(seat.signIn(answer('K7QF-93MD-XW2P'))), 'SECOND_FACTOR_NEEDED');
  assert.equal(await codeOf(seat.signIn(answer('nichts'))), 'SECOND_FACTOR_NEEDED');
  const rows = await server.context.db.selectFrom('recovery_code').selectAll().execute();
  assert.ok(rows.every(({ code_hash }) => code_hash.length === 32));
  const inputs = await Promise.all([1, 2, 3].map(() => seat.signInInput(answer(second))));
  const answers = await Promise.all(inputs.map((input) => codeOf(seat.client.practice.signIn(input))));
  assert.equal(answers.filter((code) => code === 'answered').length, 1);
});

test('a passkey signs in, with a challenge that is good once', async () => {
  const { authenticator, recoveryCodes } = await addPasskey();
  assert.equal(recoveryCodes.length, 10);
  const options = await askedPasskey();
  assert.equal(options['rpId'], new URL(server.practiceOrigin).hostname);
  const response = authenticator.get(options);
  const answer = { secondFactor: { kind: 'passkey' as const, response } };
  await seat.signIn(answer);
  assert.equal(await codeOf(seat.signIn(answer)), 'SECOND_FACTOR_NEEDED');
  const { passkeys } = await seat.client.secondFactor.list({});
  assert.deepEqual(
    passkeys.map(({ id, name }) => ({ id, name })),
    [{ id: authenticator.id, name: 'Laptop' }],
  );
});

test('a passkey of somebody else, for another page, an old challenge or with a counter that fell is refused', async () => {
  const { authenticator } = await addPasskey();
  const refused = async (response: Record<string, unknown>) =>
    assert.equal(
      await codeOf(seat.signIn({ secondFactor: { kind: 'passkey', response } })),
      'SECOND_FACTOR_NEEDED',
    );
  await refused(new TestAuthenticator(server.practiceOrigin).get(await askedPasskey()));
  const phished = authenticator.get(await askedPasskey());
  const there = new TestAuthenticator(server.roomOrigin).get(await askedPasskey());
  await refused({ ...phished, response: there['response'] });
  const old = await askedPasskey();
  await askedPasskey();
  await refused(authenticator.get(old));
  await refused({});
  await refused({ id: authenticator.id, response: { clientDataJSON: 'x' } });
  const late = await askedPasskey();
  ahead += 301_000;
  await refused(authenticator.get(late));
  authenticator.counter = 5;
  const response = authenticator.get(await askedPasskey());
  await seat.signIn({ secondFactor: { kind: 'passkey', response } });
  authenticator.counter = 2;
  await refused(authenticator.get(await askedPasskey()));
});

test('a passkey is made for its challenge only, and never twice', async () => {
  const { response } = await addPasskey();
  const confirm = (answer: Record<string, unknown>) =>
    codeOf(seat.client.secondFactor.confirmPasskey({ name: 'Laptop', response: answer }));
  assert.equal(await confirm(response), 'EXPIRED');
  await seat.client.secondFactor.beginPasskey({ password: seatPassword });
  assert.equal(await confirm(response), 'CODE_WRONG');
  const { options } = await seat.client.secondFactor.beginPasskey({ password: seatPassword });
  ahead += 301_000;
  assert.equal(await confirm(new TestAuthenticator(server.practiceOrigin).create(options)), 'EXPIRED');
});

test('recovery codes come with the first factor and go with the last', async () => {
  const { secret } = await addApp();
  const { authenticator, recoveryCodes } = await addPasskey();
  assert.deepEqual(recoveryCodes, []);
  const { client } = seat;
  assert.equal(await codeOf(client.secondFactor.removeTotp({ password: 'falsch' })), 'SIGN_IN_REFUSED');
  await client.secondFactor.removeTotp({ password: seatPassword });
  assert.equal(await codeOf(client.secondFactor.removeTotp({ password: seatPassword })), 'NOT_FOUND');
  assert.equal(await codeOf(seat.signIn(totp(codeAt(secret)))), 'SECOND_FACTOR_NEEDED');
  const { id } = authenticator;
  const { passkey } = (await refusalOf(seat.signIn())).data ?? {};
  assert.ok(passkey);
  assert.equal(
    await codeOf(practice.client.secondFactor.removePasskey({ id, password: seatPassword })),
    'NOT_FOUND',
  );
  await client.secondFactor.removePasskey({ id, password: seatPassword });
  assert.equal((await client.secondFactor.list({})).recoveryCodesLeft, 0);
  await seat.signIn();
  const kinds = await eventKinds(server.context.db, practice.practiceId);
  assert.equal(kinds.filter((kind) => kind === 'second-factor-removed').length, 2);
});

test('refusals take the same time whether the account has a second factor or none', async () => {
  const { db } = server.context;
  const plain = seatAt(server, await putUser(db, practice.practiceId), await putDevice(db, practice));
  await addApp();
  const samples = { with: [] as number[], without: [] as number[] };
  for (let round = 0; round < 9; round++) {
    for (const [name, who] of [
      ['with', seat],
      ['without', plain],
    ] as const) {
      const input = await who.signInInput({ password: 'fünf gelbe Reiher', ...totp('123456') });
      const start = performance.now();
      assert.equal(await codeOf(who.client.practice.signIn(input)), 'SIGN_IN_REFUSED');
      samples[name].push(performance.now() - start);
    }
  }
  const ratio = median(samples.with) / median(samples.without);
  assert.ok(ratio > 0.7 && ratio < 1.4, `ratio of medians ${ratio}`);
});

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
