import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { signText } from '@sprechzimmer/crypto/device-keys.ts';
import { type SignIn, signInProof } from '@sprechzimmer/protocol/practice.ts';
import { openTestPractice, type TestPractice, testPassword } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let practice: TestPractice;
before(async () => {
  server = await startTestServer({
    ceilings: { failuresPerAddress: 1_000, failuresPerAccountAndAddress: 1_000, failuresPerAccount: 1_000 },
  });
  practice = await openTestPractice(server);
});
after(() => server.close());

async function signedInput(changes: Partial<SignIn> = {}): Promise<SignIn> {
  const { challenge } = await practice.client.practice.challenge({});
  const input = {
    email: practice.email,
    password: testPassword,
    deviceId: practice.deviceId,
    challenge,
    ...changes,
  };
  const proof = signInProof('sign-in', input.email, input.deviceId, input.challenge);
  const signature = toBase64url(await signText(practice.keys.sign.privateKey, proof));
  return { signature, ...input };
}

test('the right password at the right device signs in, whatever the case of the e-mail address', async () => {
  const cookie = practice.browser.cookie;
  await practice.signIn({ email: `  ${practice.email.toUpperCase()} ` });
  assert.notEqual(practice.browser.cookie, cookie);
  assert.equal((await practice.client.practice.session({})).user.id, practice.userId);
});

test('the cookie is bound to the origin, to https or this machine, and out of reach for scripts', async () => {
  const input = await signedInput();
  const response = await fetch(`${server.practiceOrigin}/api/practice/signIn`, {
    method: 'POST',
    headers: { origin: server.practiceOrigin, 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  assert.equal(response.status, 200);
  const [cookie = '', ...others] = response.headers.getSetCookie();
  assert.match(cookie, /^__Host-sprechzimmer-\d+=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  assert.deepEqual(others, []);
});

test('unknown user, wrong password, foreign or unknown device, bad signature and used challenge are one answer', async () => {
  const stranger = await openTestPractice(server);
  const used = await signedInput();
  await practice.client.practice.signIn(used);
  const inputs: Record<string, SignIn> = {
    'unknown user': await signedInput({ email: 'niemand@praxis.example' }),
    'wrong password': await signedInput({ password: 'fünf gelbe Reiher' }),
    'foreign device': await signedInput({ deviceId: stranger.deviceId }),
    'unknown device': await signedInput({ deviceId: randomUUID() as SignIn['deviceId'] }),
    'bad signature': await signedInput({ signature: randomBytes(64).toString('base64url') }),
    'unknown challenge': await signedInput({ challenge: randomBytes(16).toString('base64url') }),
    'used challenge': used,
  };
  for (const [name, input] of Object.entries(inputs)) {
    await assert.rejects(practice.client.practice.signIn(input), (error: Record<string, unknown>) => {
      assert.deepEqual(
        [error['code'], error['status'], error['data']],
        ['SIGN_IN_REFUSED', 401, undefined],
        name,
      );
      return true;
    });
  }
});

test('refusals take the same time whether the account exists or not', async () => {
  const known = { password: 'fünf gelbe Reiher' };
  const unknown = { email: 'niemand@praxis.example' };
  const samples: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  // In turns, so that whatever else the machine does falls on both.
  for (let round = 0; round < 12; round++) {
    for (const [name, changes] of [
      ['known', known],
      ['unknown', unknown],
    ] as const) {
      const input = await signedInput(changes);
      const start = performance.now();
      await assert.rejects(practice.client.practice.signIn(input), { code: 'SIGN_IN_REFUSED' });
      samples[name].push(performance.now() - start);
    }
  }
  const ratio = median(samples.known) / median(samples.unknown);
  assert.ok(ratio > 0.7 && ratio < 1.4, `ratio of medians ${ratio}`);
});

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

test('50 sign-ins at once leave one session, and it works', async () => {
  const cookies = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const input = await signedInput();
      const response = await fetch(`${server.practiceOrigin}/api/practice/signIn`, {
        method: 'POST',
        headers: { origin: server.practiceOrigin, 'content-type': 'application/json' },
        body: JSON.stringify({ json: input }),
      });
      assert.equal(response.status, 200);
      return response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    }),
  );
  const { db } = server.context;
  const sessions = await db
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', practice.userId)
    .execute();
  assert.equal(sessions.length, 1);
  const answers = [];
  for (const cookie of cookies) {
    practice.browser.cookie = cookie;
    answers.push(
      await practice.client.practice.session({}).then(
        () => 'signed in',
        (error: { code: string }) => error.code,
      ),
    );
  }
  assert.equal(answers.filter((answer) => answer === 'signed in').length, 1);
  assert.equal(answers.filter((answer) => answer === 'NOT_SIGNED_IN').length, 49);
});

test('guessing is throttled by account and address, for unknown accounts just as for known ones', async () => {
  const throttled = await startTestServer();
  try {
    const victim = await openTestPractice(throttled);
    for (const email of [victim.email, 'niemand@praxis.example']) {
      const guesses = Array.from({ length: 30 }, (_, index) =>
        victim.signIn({ email, password: `geraten ${index}` }),
      );
      const codes = (await Promise.allSettled(guesses)).map((outcome) =>
        outcome.status === 'rejected' ? String(outcome.reason.code) : 'signed in',
      );
      const refused = codes.filter((code) => code === 'SIGN_IN_REFUSED').length;
      // Sent at once; the two that run side by side may see the same count.
      assert.ok(refused >= 10 && refused <= 11, `${refused} guesses were looked at`);
      assert.equal(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS').length, 30 - refused);
    }
    await assert.rejects(victim.signIn(), (error: { code: string; data: { retryAfterSeconds: number } }) => {
      assert.equal(error.code, 'TOO_MANY_ATTEMPTS');
      assert.ok(error.data.retryAfterSeconds > 800 && error.data.retryAfterSeconds <= 900);
      return true;
    });
  } finally {
    await throttled.close();
  }
});

test('strangers who guess from many addresses do not lock the practice’s own device out', async () => {
  const throttled = await startTestServer({
    config: { trustProxy: true },
    ceilings: { failuresPerAccount: 3 },
  });
  try {
    const victim = await openTestPractice(throttled);
    const guess = async (address: string) => {
      const body = { email: victim.email, password: 'geraten', deviceId: randomUUID() };
      const proof = {
        challenge: randomBytes(16).toString('base64url'),
        signature: randomBytes(64).toString('base64url'),
      };
      const response = await fetch(`${throttled.practiceOrigin}/api/practice/signIn`, {
        method: 'POST',
        headers: {
          origin: throttled.practiceOrigin,
          'content-type': 'application/json',
          'x-forwarded-for': `198.51.100.1, ${address}`,
        },
        body: JSON.stringify({ json: { ...body, ...proof } }),
      });
      return response.status;
    };
    const statuses = [];
    for (const last of [1, 2, 3, 4, 5]) statuses.push(await guess(`203.0.113.${last}`));
    assert.deepEqual(statuses, [401, 401, 401, 429, 429]);
    await victim.signIn();
  } finally {
    await throttled.close();
  }
});

test('signing out ends the session at once', async () => {
  await practice.signIn();
  const { cookie } = practice.browser;
  await practice.client.practice.signOut({});
  assert.match(practice.browser.cookie, /^__Host-sprechzimmer-\d+=$/);
  practice.browser.cookie = cookie;
  await assert.rejects(practice.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
});
