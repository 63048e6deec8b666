import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { contract } from '@sprechzimmer/protocol/contract.ts';
import { signatureHeader, signatureWindowMs } from '@sprechzimmer/protocol/signed-request.ts';
import { createTestClient, send, signedHeaders, wireBody } from './testing/test-client.ts';
import { openTestPractice, type TestPractice } from './testing/test-practice.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const sessionPath = '/api/practice/session';
const listPath = '/api/appointment/list';
const nothing = wireBody({});

const relay = {
  urls: ['turn:turn.example.org?transport=udp'],
  secret: 'a secret for tests',
  credentialMinutes: 10,
};

let server: TestServer;
let practice: TestPractice;
let stranger: TestPractice;

before(async () => {
  server = await startTestServer({ config: { relay } });
  [practice, stranger] = await Promise.all([openTestPractice(server), openTestPractice(server)]);
});
after(() => server.close());
beforeEach(() => practice.signIn());

async function codeOf(response: Response): Promise<string> {
  const { json } = (await response.json()) as { json: { code?: string } };
  return json.code ?? 'answered';
}

async function sendSession(headers: Record<string, string>, body = nothing, path = sessionPath) {
  return codeOf(await send(practice.browser, headers, { path, body }));
}

test('a copied cookie without the device’s signature is worth nothing', async () => {
  const { cookie } = practice.browser;
  const bare = await signedHeaders({ ...practice.browser, device: undefined }, sessionPath, nothing);
  assert.equal(await sendSession(bare), 'NOT_SIGNED_IN');
  const thief = await signedHeaders({ ...stranger.browser, cookie }, sessionPath, nothing);
  assert.equal(await sendSession(thief), 'NOT_SIGNED_IN');
  const named = { id: practice.deviceId, signKey: stranger.keys.sign.privateKey };
  const forged = await signedHeaders({ ...practice.browser, device: named }, sessionPath, nothing);
  assert.equal(await sendSession(forged), 'NOT_SIGNED_IN');
  assert.equal(await sendSession({ ...bare, [signatureHeader]: 'garbage' }), 'NOT_SIGNED_IN');
});

test('a signature without the cookie is worth nothing', async () => {
  const headers = await signedHeaders({ ...practice.browser, cookie: '' }, sessionPath, nothing);
  assert.equal(await sendSession(headers), 'NOT_SIGNED_IN');
  const guessed = `${practice.browser.cookie.split('=')[0]}=${randomBytes(32).toString('base64url')}`;
  assert.equal(await sendSession({ ...headers, cookie: guessed }), 'NOT_SIGNED_IN');
});

test('a captured request cannot be sent again, not even twice at the same time', async () => {
  const headers = await signedHeaders(practice.browser, sessionPath, nothing);
  const answers = await Promise.all(Array.from({ length: 5 }, () => sendSession(headers)));
  assert.deepEqual(answers.sort(), [
    'NOT_SIGNED_IN',
    'NOT_SIGNED_IN',
    'NOT_SIGNED_IN',
    'NOT_SIGNED_IN',
    'answered',
  ]);
});

test('a captured signature fits no other path, query or body', async () => {
  const body = wireBody({ from: '2026-01-01', to: '2026-01-02' });
  const headers = () => signedHeaders(practice.browser, listPath, body);
  assert.equal(await sendSession(await headers(), body, sessionPath), 'NOT_SIGNED_IN');
  assert.equal(await sendSession(await headers(), body, `${listPath}?x=1`), 'NOT_SIGNED_IN');
  const other = wireBody({ from: '2026-01-01', to: '2026-01-03' });
  assert.equal(await sendSession(await headers(), other, listPath), 'NOT_SIGNED_IN');
  assert.equal(await sendSession(await headers(), body, listPath), 'answered');
});

test('a signature from too long ago or from the future is told the server’s time; with any other fault it is not', async () => {
  for (const offset of [-signatureWindowMs - 5_000, signatureWindowMs + 5_000]) {
    const late = await signedHeaders(practice.browser, sessionPath, nothing, Date.now() + offset);
    const response = await send(practice.browser, late, { path: sessionPath, body: nothing });
    const { json } = (await response.json()) as { json: { code: string; data: { serverTimeMs: number } } };
    assert.equal(json.code, 'REQUEST_EXPIRED');
    assert.ok(Math.abs(json.data.serverTimeMs - Date.now()) < 5_000);
    assert.equal(await sendSession({ ...late, cookie: '' }), 'NOT_SIGNED_IN');
  }
  const early = await signedHeaders(
    practice.browser,
    sessionPath,
    nothing,
    Date.now() - signatureWindowMs + 20_000,
  );
  assert.equal(await sendSession(early), 'answered');
});

test('a session ends after 16 hours, by the server’s clock', async () => {
  let ahead = 0;
  const timed = await startTestServer({ now: () => new Date(Date.now() + ahead) });
  try {
    const { browser } = await openTestPractice(timed);
    const answerAfter = async (hours: number) => {
      ahead = hours * 3_600_000;
      const headers = await signedHeaders(browser, sessionPath, nothing);
      return codeOf(await send(browser, headers, { path: sessionPath, body: nothing }));
    };
    assert.equal(await answerAfter(15.9), 'answered');
    assert.equal(await answerAfter(16.1), 'NOT_SIGNED_IN');
  } finally {
    await timed.close();
  }
});

test('no page of another origin gets an answer', async () => {
  for (const origin of [server.roomOrigin, 'https://evil.example', 'null', '']) {
    const headers = await signedHeaders(practice.browser, sessionPath, nothing);
    const response = await send(
      practice.browser,
      { ...headers, origin },
      { path: sessionPath, body: nothing },
    );
    assert.equal(response.status, 403, origin);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  }
  assert.equal((await fetch(server.roomOrigin + sessionPath, { method: 'POST' })).status, 404);
  assert.equal((await fetch(server.practiceOrigin + sessionPath)).status, 404);
});

test('an oversized body is refused before it is read to its end', async () => {
  const body = Buffer.alloc(600_000, 0x20);
  const headers = await signedHeaders(practice.browser, sessionPath, nothing);
  const response = await send(practice.browser, headers, { path: sessionPath, body });
  assert.equal(response.status, 413);
  assert.equal(await codeOf(response), 'BAD_INPUT');
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const chunked = httpRequest(server.practiceOrigin + sessionPath, { method: 'POST', headers });
    chunked.on('response', (answer) => {
      resolve(answer.statusCode);
      chunked.destroy();
    });
    chunked.on('error', reject);
    chunked.write(Buffer.alloc(540_000, 0x20)); // never ended
  });
  assert.equal(status, 413);
});

test('anything but JSON of the contract is bad input, and tells nothing of the inside', async () => {
  const path = '/api/practice/challenge';
  const headers = { origin: server.practiceOrigin, 'content-type': 'application/json' };
  const bodies = [
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '{"json":[]}',
    '{"json":{},"meta":[[1,"__proto__","x"]]}',
    '{"json":{},"meta":5}',
  ];
  for (const text of bodies) {
    const response = await send(practice.browser, headers, { path, body: Buffer.from(text) });
    const answer = await response.text();
    assert.ok(response.status === 400, `${text}: ${response.status} ${answer}`);
    assert.match(answer, /"code":"BAD_INPUT"/);
    assert.doesNotMatch(answer, /issues|stack|zod|at /i);
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const response = await send(
      practice.browser,
      { ...headers, 'content-type': type },
      { path, body: nothing },
    );
    assert.equal(response.status, 415, type);
  }
  const form = { ...headers, 'content-disposition': 'attachment; filename=x' };
  assert.equal(await codeOf(await send(practice.browser, form, { path, body: nothing })), 'answered');
});

test('a value that fits the contract and no column is bad input', async () => {
  const { challenge } = await practice.client.practice.challenge({});
  const proof = { challenge, signature: randomBytes(64).toString('base64url') };
  const input = { email: 'a\0b@praxis.example', password: 'x', deviceId: practice.deviceId, ...proof };
  const headers = { origin: server.practiceOrigin, 'content-type': 'application/json' };
  const response = await send(practice.browser, headers, {
    path: '/api/practice/signIn',
    body: wireBody(input),
  });
  assert.equal(await codeOf(response), 'BAD_INPUT');
  const nonCanonical = { ...input, email: 'a@praxis.example', challenge: `${challenge.slice(0, -1)}_` };
  const other = await send(practice.browser, headers, {
    path: '/api/practice/signIn',
    body: wireBody(nonCanonical),
  });
  assert.equal(await codeOf(other), 'BAD_INPUT');
});

/** What is signed without a session, or not at all. */
const withoutSession = new Set([
  'practice/challenge',
  'practice/register',
  'practice/signIn',
  'practice/recover',
  'practice/completeRecovery',
  'device/request',
  'device/poll',
  'user/activate',
]);
const operations = Object.entries(contract).flatMap(([noun, branch]) =>
  Object.keys(branch).map((operation) => `${noun}/${operation}`),
);

test('without a session no operation looks at its input, and a cookie without signature opens none', async () => {
  const { cookie } = practice.browser;
  const headers = { origin: server.practiceOrigin, 'content-type': 'application/json' };
  const closed = operations.filter((name) => !withoutSession.has(name));
  assert.equal(closed.length, operations.length - withoutSession.size);
  for (const name of closed) {
    for (const each of [headers, { ...headers, cookie }]) {
      const body = wireBody({ nothing: 'that fits' });
      const response = await send({ ...practice.browser }, each, { path: `/api/${name}`, body });
      assert.equal(await codeOf(response), 'NOT_SIGNED_IN', name);
    }
  }
});

test('an unexpected fault answers INTERNAL and nothing more, and the log has its place but none of the values', async () => {
  const broken = await startTestServer();
  try {
    const { client, browser, email } = await openTestPractice(broken);
    await broken.context.db.schema.dropTable('profile').execute();
    await assert.rejects(client.practice.session({}), (error: Record<string, unknown>) => {
      assert.deepEqual(
        [error['code'], error['status'], error['message']],
        ['INTERNAL', 500, 'Internal error.'],
      );
      return true;
    });
    const lines = broken.logLines.join('');
    assert.match(lines, /"error":\{"name":"error","code":"42P01","at":\["at /);
    for (const secret of [email, browser.cookie.split('=')[1] ?? '?']) assert.ok(!lines.includes(secret));
  } finally {
    await broken.close();
  }
});

test('the practitioner gets a ticket for the own waiting room', async () => {
  const { ticket, expiresAt } = await practice.client.waitingRoom.hostTicket({});
  assert.equal(Buffer.from(ticket, 'base64url').length, 32);
  assert.ok(Date.parse(expiresAt) > Date.now());
});

test('challenges are not given out without end', async () => {
  const limited = await startTestServer({ ceilings: { challengesPerAddress: 2 } });
  try {
    const client = createTestClient({ origin: limited.practiceOrigin, device: undefined, cookie: '' });
    const first = await client.practice.challenge({});
    assert.notEqual((await client.practice.challenge({})).challenge, first.challenge);
    await assert.rejects(client.practice.challenge({}), { code: 'TOO_MANY_ATTEMPTS' });
  } finally {
    await limited.close();
  }
});

test('a signed-in user tries out the line of their network for two minutes; nobody else does', async () => {
  const { iceServers } = await practice.client.relay.testServers({});
  assert.deepEqual(iceServers[0]?.urls, relay.urls);
  const lasts = Number.parseInt(iceServers[0]?.username ?? '', 10) - Date.now() / 1000;
  assert.ok(lasts > 110 && lasts <= 120, `${lasts} s`);
  const path = '/api/relay/testServers';
  const bare = await signedHeaders({ ...practice.browser, device: undefined }, path, nothing);
  assert.equal(await sendSession(bare, nothing, path), 'NOT_SIGNED_IN');
});
