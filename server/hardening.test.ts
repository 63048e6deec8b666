import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const timeout = 120_000;
/** Short, so that the tests need not wait; the same code as with the product's own. */
const limits = { headersTimeoutMs: 400, requestTimeoutMs: 800, checkMs: 50 };
const ownHeaders = [
  'content-security-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'cross-origin-resource-policy',
  'cross-origin-opener-policy',
];

let server: TestServer;
let ports: { practice: number; room: number };

before(async () => {
  server = await startTestServer({ httpLimits: limits });
  const { practicePort, roomPort } = server.context.config;
  ports = { practice: practicePort, room: roomPort };
});
after(() => server.close());
afterEach(async () => {
  for (const origin of [server.practiceOrigin, server.roomOrigin]) {
    assert.equal((await fetch(`${origin}/readyz`)).status, 200, 'others are no longer served');
  }
});

/** However it ends. */
function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('close', resolve));
}

/** Sends the bytes, and reads until the server ends the connection. */
async function exchange(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // Cut in the midst of what we send.
  socket.on('error', () => {});
  socket.write(bytes);
  await closed(socket);
  return Buffer.concat(chunks).toString('latin1');
}

const statusesOf = (answer: string): number[] =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

function assertOwnHeaders(answer: string, name: string): void {
  for (const header of ownHeaders)
    assert.match(answer, new RegExp(`^${header}: .`, 'im'), `${name}: ${header}`);
}

const post = (path: string, ...headers: string[]) =>
  [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');
const close = 'Connection: close';
const api = '/api/practice/challenge';

const bad: { name: string; bytes: string | Buffer; statuses: number[] }[] = [
  { name: 'rubbish', bytes: 'rubbish\r\n\r\n', statuses: [400] },
  { name: 'bytes of TLS', bytes: Buffer.from('16030100a5010000a1030300', 'hex'), statuses: [400] },
  { name: 'HTTP/0.9', bytes: 'GET /\r\n\r\n', statuses: [400] },
  { name: 'HTTP/3.0', bytes: 'GET / HTTP/3.0\r\nHost: x\r\n\r\n', statuses: [400] },
  { name: 'a method that there is not', bytes: 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n', statuses: [400] },
  { name: 'a NUL in the path', bytes: 'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n', statuses: [400] },
  { name: 'a NUL in a header', bytes: 'GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n', statuses: [400] },
  { name: 'no host', bytes: `GET / HTTP/1.1\r\n${close}\r\n\r\n`, statuses: [400] },
  { name: 'two hosts', bytes: `GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n${close}\r\n\r\n`, statuses: [400] },
  {
    name: 'a path that cannot be decoded',
    bytes: `GET /%ff HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`,
    statuses: [400],
  },
  {
    name: 'a header of 100 kB',
    bytes: `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
    statuses: [431],
  },
  {
    name: 'two thousand headers',
    bytes: `GET / HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(20_000)}\r\n`,
    statuses: [431],
  },
  {
    name: 'an address of 100 kB',
    bytes: `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    statuses: [431],
  },
  {
    name: 'both lengths',
    bytes: `${post(api, 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`,
    statuses: [400],
  },
  {
    name: 'both lengths the other way round',
    bytes: `${post(api, 'Transfer-Encoding: chunked', 'Content-Length: 4')}0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`,
    statuses: [400],
  },
  {
    name: 'two different lengths',
    bytes: `${post(api, 'Content-Length: 2', 'Content-Length: 3')}{}x`,
    statuses: [400],
  },
  { name: 'a length that is no number', bytes: `${post(api, 'Content-Length: 2x')}{}`, statuses: [400] },
  { name: 'a negative length', bytes: `${post(api, 'Content-Length: -2')}{}`, statuses: [400] },
  {
    name: 'an encoding that hides',
    bytes: `${post(api, 'Transfer-Encoding: xchunked')}0\r\n\r\n`,
    statuses: [400],
  },
  {
    name: 'an encoding behind chunked',
    bytes: `${post(api, 'Transfer-Encoding: chunked, x')}0\r\n\r\n`,
    statuses: [400],
  },
  {
    name: 'a blank before the colon',
    bytes: `${post(api, 'Transfer-Encoding : chunked')}0\r\n\r\n`,
    statuses: [400],
  },
  {
    name: 'a header folded over two lines',
    bytes: `${post(api, 'Transfer-Encoding:\r\n chunked')}0\r\n\r\n`,
    statuses: [400],
  },
  { name: 'a bare line feed', bytes: 'GET / HTTP/1.1\nHost: x\nX: y\n\n', statuses: [400] },
  {
    name: 'a chunk size that is no number',
    bytes: `${post(api, 'Transfer-Encoding: chunked')}zz\r\n`,
    statuses: [400],
  },
  {
    name: 'an expectation that nobody knows',
    bytes: `GET / HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\n${close}\r\n\r\n`,
    statuses: [417],
  },
];
for (const { name, bytes, statuses } of bad) {
  test(`${name}: refused on both origins, with the headers of every answer`, { timeout }, async () => {
    for (const [app, port] of Object.entries(ports)) {
      const answer = await exchange(port, bytes);
      assert.deepEqual(statusesOf(answer), statuses, `${app}: ${answer.slice(0, 300)}`);
      assertOwnHeaders(answer, name);
      assert.doesNotMatch(answer, /^(server|x-powered-by):/im);
    }
  });
}

test(
  'every answer has the same headers: found or not, good or bad, API, WebSocket or an error of ours',
  { timeout },
  async () => {
    const upgrade = (path: string, origin: string) =>
      `GET ${path} HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`;
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`;
    const cases: [keyof typeof ports, string, number][] = [
      ['practice', get('/'), 200],
      ['practice', get('/none'), 404],
      ['practice', get('/readyz'), 200],
      ['practice', get('/.well-known/sprechzimmer-manifest.json'), 200],
      ['practice', `${post(api, 'Origin: https://foreign.example', 'Content-Length: 2', close)}{}`, 403],
      ['practice', `${post(api, `Origin: ${server.practiceOrigin}`, 'Content-Length: 1', close)}{`, 400],
      ['practice', `${post('/api/none/none', 'Content-Length: 2', close)}{}`, 404],
      ['practice', `TRACE / HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`, 404],
      ['practice', `OPTIONS ${api} HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`, 404],
      ['practice', `HEAD / HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`, 200],
      ['room', get('/'), 200],
      ['room', get('/none'), 404],
      ['room', upgrade('/none', server.roomOrigin), 404],
      ['room', upgrade(signallingPath, 'https://foreign.example'), 403],
    ];
    for (const [app, bytes, status] of cases) {
      const answer = await exchange(ports[app], bytes);
      const name = `${app} ${bytes.slice(0, 60)}`;
      assert.deepEqual(statusesOf(answer), [status], `${name}: ${answer.slice(0, 200)}`);
      assertOwnHeaders(answer, name);
    }
  },
);

test(
  'a body that is too large is refused, also when it comes in chunks without end',
  { timeout },
  async () => {
    const origin = `Origin: ${server.practiceOrigin}`;
    const announced = await exchange(ports.practice, post(api, origin, 'Content-Length: 600000', close));
    assert.deepEqual(statusesOf(announced), [413]);
    assertOwnHeaders(announced, 'announced');
    const socket = connect(ports.practice, '127.0.0.1');
    socket.on('error', () => {});
    const ended = closed(socket);
    let answer = '';
    socket.on('data', (data) => (answer += String(data)));
    socket.write(post(api, origin, 'Transfer-Encoding: chunked'));
    let sent = 0;
    while (!socket.destroyed && sent < 50_000_000) {
      const more = socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`);
      sent += 65_536;
      if (!more) await Promise.race([once(socket, 'drain').catch(() => {}), ended]);
      await new Promise(setImmediate);
    }
    await ended;
    assert.ok(sent < 50_000_000, `${sent} bytes were taken`);
    assert.match(answer, /^HTTP\/1\.1 413 |^$/);
  },
);

test(
  'requests one behind the other are each answered, in order, and what is left behind them is none',
  { timeout },
  async () => {
    const one = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    const answer = await exchange(
      ports.room,
      `${one.repeat(200)}GET /none HTTP/1.1\r\nHost: x\r\n${close}\r\n\r\n`,
    );
    assert.deepEqual(statusesOf(answer), [...Array<number>(200).fill(200), 404]);
  },
);

/** Sends one byte after the other, slower than the limits allow, for as long as it is let. @returns the answer */
async function dribble(port: number, first: string, byte: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  socket.on('error', () => {});
  const ended = closed(socket);
  socket.write(first);
  while (!socket.destroyed) {
    socket.write(byte);
    await Promise.race([sleep(20), ended]);
  }
  return answer;
}

test(
  'who never finishes headers, a body or an upgrade is cut off, and a hundred of them hold nobody up',
  { timeout },
  async () => {
    const upgrade = `GET ${signallingPath} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX: `;
    const slow: [number, string, string][] = [
      [ports.practice, 'GET / HTTP/1.1\r\nX: ', 'y'],
      [ports.room, 'GET / HTTP/1.1\r\n', 'X: y\r\n'],
      [ports.practice, post(api, `Origin: ${server.practiceOrigin}`, 'Content-Length: 100000'), ' '],
      [
        ports.practice,
        post(api, `Origin: ${server.practiceOrigin}`, 'Transfer-Encoding: chunked'),
        '1\r\n \r\n',
      ],
      [ports.room, upgrade, 'y'],
    ];
    const attacks = Array.from({ length: 20 }, () => slow.map((attack) => dribble(...attack))).flat();
    assert.equal((await fetch(`${server.practiceOrigin}/healthz`)).status, 200);
    for (const answer of await Promise.all(attacks)) {
      assert.deepEqual(statusesOf(answer), [408]);
      assertOwnHeaders(answer, 'slow');
    }
  },
);

test('who connects and says nothing is cut off', { timeout }, async () => {
  const silent = [ports.practice, ports.room].map((port) => connect(port, '127.0.0.1'));
  for (const socket of silent) {
    socket.on('error', () => {});
    socket.resume();
  }
  await Promise.all(silent.map((socket) => closed(socket)));
});

test('who was refused an upgrade cannot keep the connection', { timeout }, async () => {
  const socket = connect({ port: ports.room, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  socket.resume();
  const gone = once(socket, 'end');
  socket.write('GET /none HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await gone;
  // This end stays open: only a server that has let go of it answers the next byte with a reset.
  while (!socket.destroyed) {
    socket.write('x');
    await sleep(20);
  }
});

async function untilOpen(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** @returns whether a request over this connection is answered */
async function isServed(socket: Socket): Promise<boolean> {
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  return Promise.race([
    once(socket, 'data').then(
      () => true,
      () => false,
    ),
    closed(socket).then(() => false),
  ]);
}

for (const [name, bound] of Object.entries({
  'of one address': { maxConnectionsPerAddress: 20 },
  'in all': { maxConnections: 20 },
})) {
  test(
    `connections that are too many ${name} are cut, counted, and let in again when others have gone`,
    { timeout },
    async () => {
      const small = await startTestServer({ httpLimits: bound });
      const port = small.context.config.roomPort;
      const sockets: Socket[] = [];
      try {
        for (let index = 0; index < 20; index++) {
          const socket = await untilOpen(port);
          sockets.push(socket);
          assert.ok(await isServed(socket));
        }
        for (let index = 0; index < 5; index++) assert.equal(await isServed(await untilOpen(port)), false);
        assert.match(
          await small.context.metrics.text(),
          /\nsprechzimmer_connections_refused_total\{app="room"\} 5\n/,
        );
        for (const socket of sockets) assert.ok(await isServed(socket));
        sockets.pop()!.destroy();
        for (;;) {
          const socket = await untilOpen(port);
          sockets.push(socket);
          if (await isServed(socket)) break;
        }
      } finally {
        for (const socket of sockets) socket.destroy();
        await small.close();
      }
    },
  );
}

const words = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'CONNECT', 'M-SEARCH', 'get', ''];
const paths = [
  '/',
  '/api',
  api,
  '/api/appointment/book',
  '/healthz',
  '/assets/x.js',
  '/%00',
  '/..',
  '//',
  '*',
  'http://x/',
  signallingPath,
];
const lines = [
  'Origin: null',
  'Cookie: __Host-sprechzimmer=x',
  'Content-Type: application/json',
  'Content-Type: text/plain',
  'Content-Type: multipart/form-data; boundary=x',
  'Content-Length: 5',
  'Transfer-Encoding: chunked',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: x',
  'Accept: text/html',
  'Accept-Encoding: br;q=0, *',
  'If-None-Match: "x"',
  'Range: bytes=0-1,5-2',
  'Expect: 100-continue',
  'X-Forwarded-For: ,,,',
];

/** Bytes that look like a request more or less. */
function randomRequest(): Buffer {
  const pick = <T>(from: readonly T[]): T => from[randomInt(from.length)]!;
  if (randomInt(10) === 0) return randomBytes(randomInt(1, 400));
  const path =
    randomInt(3) === 0 ? `${pick(paths)}${randomBytes(randomInt(30)).toString('latin1')}` : pick(paths);
  const headers = Array.from({ length: randomInt(6) }, () => pick(lines));
  const origin = randomInt(2) === 0 ? [`Origin: ${server.practiceOrigin}`] : [];
  const body = pick(['', '{}', '{"json":{}}', '{"json":[[[[', '5\r\nhello\r\n0\r\n\r\n', 'null', '[1,2]']);
  const text = [`${pick(words)} ${path} HTTP/1.1`, 'Host: x', ...origin, ...headers, '', body].join('\r\n');
  const bytes = Buffer.from(text, 'latin1');
  if (randomInt(4) === 0) bytes[randomInt(bytes.length)] = randomInt(256);
  return bytes;
}

test(
  'ten thousand random requests: nothing breaks, and none is answered with an error of ours',
  { timeout: 540_000 },
  async () => {
    const before = server.logLines.length;
    let left = 10_000;
    const client = async () => {
      while (left-- > 0) {
        const socket = connect(left % 2 === 0 ? ports.practice : ports.room, '127.0.0.1');
        socket.on('error', () => {});
        let answer = '';
        socket.on('data', (data) => (answer += String(data)));
        const ended = closed(socket);
        const bytes = randomRequest();
        socket.end(bytes);
        await ended;
        for (const status of statusesOf(answer)) assert.ok(status < 500, bytes.toString('latin1'));
      }
    };
    await Promise.all(Array.from({ length: 50 }, client));
    const errors = server.logLines.slice(before).filter((line) => /"level":(50|60)/.test(line));
    assert.deepEqual(errors, []);
  },
);
