import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { createLog } from '../http/log.ts';
import { openSmsSender } from './sms-sender.ts';

type Received = { headers: IncomingHttpHeaders; body: string };

let gateway: Server;
let url: string;
let received: Received[];
let respond: (response: ServerResponse) => void;
let logLines: string[];

before(async () => {
  gateway = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      respond(response);
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`;
});
after(() => new Promise((resolve) => gateway.close(resolve)));
beforeEach(() => {
  received = [];
  logLines = [];
});
afterEach(() => gateway.closeAllConnections());

const claimed = {
  id: '0f9b6c2e-1111-4222-8333-444455556666',
  practiceId: '',
  attempts: 1,
  content: { to: '+4930canary', subject: '', text: 'Ihr Link: canary', calendarFile: null, endsAt: '' },
};

function sendTo(address: string, handOver = async () => true) {
  const log = createLog('debug', { write: (line) => logLines.push(line) });
  return openSmsSender({ log }, { url: address, token: 'ge-heim' }).send(claimed, handOver);
}

async function sendAnswered(status: number, headers = {}) {
  respond = (response) => void response.writeHead(status, headers).end('canary');
  return sendTo(url);
}

test('the gateway is given number and text, the token, and a key to know a repetition by', async () => {
  assert.deepEqual(await sendAnswered(202), { state: 'sent' });
  const [{ headers, body } = assert.fail('nothing received'), ...others] = received;
  assert.deepEqual(others, []);
  assert.deepEqual(JSON.parse(body), { to: '+4930canary', text: 'Ihr Link: canary' });
  assert.equal(headers.authorization, 'Bearer ge-heim');
  assert.equal(headers['idempotency-key'], claimed.id);
  assert.equal(headers['content-type'], 'application/json');
});

test('each of the gateway’s answers leads to the right end', async () => {
  const ends = {
    400: 'refused',
    422: 'refused',
    404: 'refused',
    429: 'waiting',
    503: 'waiting',
    401: 'waiting',
  };
  for (const [status, state] of Object.entries(ends)) {
    assert.equal((await sendAnswered(Number(status))).state, state, status);
  }
  assert.equal((await sendAnswered(500)).state, 'uncertain');
  assert.doesNotMatch(logLines.join(''), /canary|ge-heim/);
});

test('a redirection is not followed', async () => {
  assert.equal((await sendAnswered(307, { location: url })).state, 'refused');
  assert.equal(received.length, 1);
});

test('cut off once the message is on its way, it is uncertain', async () => {
  respond = (response) => response.destroy();
  assert.deepEqual(await sendTo(url), { state: 'uncertain' });
});

test('a gateway that is not there is asked again later, and the outbox not asked at all', async () => {
  const outcome = await sendTo('http://127.0.0.1:1/', () => assert.fail('asked'));
  assert.deepEqual(outcome, { state: 'waiting', reason: 'unreachable', pauseMs: 15_000 });
});

test('a gateway that does not speak TLS gets nothing', async () => {
  respond = (response) => void response.end();
  const outcome = await sendTo(url.replace('http:', 'https:'), () => assert.fail('asked'));
  assert.equal(outcome.state, 'waiting');
  assert.deepEqual(received, []);
});

test('withdrawn at the last moment, nothing is sent', async () => {
  respond = (response) => void response.end();
  assert.deepEqual(await sendTo(url, async () => false), { state: 'withdrawn' });
  assert.deepEqual(received, []);
});
