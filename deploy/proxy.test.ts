import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import { ensureWebBuilt, repositoryRoot } from '../scripts/build.ts';
import { type OperatorsDatabase, openOperatorsDatabase } from '../server/testing/operators-database.ts';
import { newProxyProcess, type ProxyProcess, type RequestOptions } from './testing/proxy-process.ts';
import { newServerProcess, type ServerProcess } from './testing/server-process.ts';

const timeout = 180_000;
/** What one address may try in vain in an hour, at each of two servers that do not know of each other here. */
const mostWrongCodes = 2 * 10;

let database: OperatorsDatabase;
let proxy: ProxyProcess;
let servers: ServerProcess[];

// Two servers on one database behind the proxy that we ship, each a process.
before(
  async () => {
    await ensureWebBuilt();
    database = await openOperatorsDatabase();
    proxy = await newProxyProcess();
    const env = {
      DATABASE_URL: database.url,
      PRACTICE_ORIGIN: proxy.origins.praxis,
      ROOM_ORIGIN: proxy.origins.video,
      TRUST_PROXY: 'true',
      DRAIN_SECONDS: '3',
    };
    servers = [
      await newServerProcess({ root: repositoryRoot, env }),
      await newServerProcess({ root: repositoryRoot, env }),
    ];
    // At once, on an empty database: one of them migrates it.
    await Promise.all(servers.map((server) => server.start()));
    await proxy.start(servers);
  },
  { timeout },
);

after(async () => {
  await proxy?.close();
  for (const server of servers ?? []) await server.end('SIGKILL');
  await database?.close();
});

test('both origins answer over https, each with its own app', { timeout }, async () => {
  const practice = await proxy.get('praxis', '/');
  const room = await proxy.get('video', '/');
  assert.deepEqual([practice.status, room.status], [200, 200]);
  assert.match(practice.body, /<script/);
  assert.match(room.body, /<script/);
  assert.notEqual(practice.body, room.body);
});

test(
  'plain http is sent on to https, and the proxy tells nobody else that it lives',
  { timeout },
  async () => {
    const response = await fetch(`http://127.0.0.1:${proxy.httpPort}/path`, {
      redirect: 'manual',
      headers: { host: 'praxis.localhost' },
    });
    // The container's own ports are not those that browsers see.
    assert.deepEqual([response.status, await response.text()], [308, '']);
    assert.equal(await (await fetch(`http://localhost:${proxy.healthPort}/`)).text(), 'ok');
  },
);

test('signalling passes in both directions', { timeout }, async () => {
  assert.equal(await tryWrongCode({ from: '127.0.0.9' }), 'code-unknown');
});

test(
  'who writes another address into X-Forwarded-For is limited by their own, and nobody else is',
  { timeout },
  async () => {
    const answers: string[] = [];
    for (let attempt = 0; attempt <= mostWrongCodes && answers.at(-1) !== 'too-many-attempts'; attempt += 1) {
      const headers = { 'x-forwarded-for': `198.51.100.${attempt + 1}` };
      answers.push(await tryWrongCode({ from: '127.0.0.2', headers }));
    }
    assert.equal(answers[0], 'code-unknown');
    assert.equal(answers.at(-1), 'too-many-attempts');
    assert.equal(await tryWrongCode({ from: '127.0.0.3' }), 'code-unknown');
  },
);

test(
  'whichever server is gone, every request is answered, and one that came back takes them again',
  { timeout },
  async () => {
    for (const gone of servers) {
      await gone.end('SIGKILL');
      for (let count = 0; count < 10; count += 1) {
        assert.equal((await proxy.get('praxis', '/healthz')).status, 200);
        assert.equal(await tryWrongCode({ from: `127.0.1.${count + 1}` }), 'code-unknown');
      }
      await gone.start();
      await untilTaken(gone);
    }
  },
);

test('a server that is asked to end ends, and no request notices', { timeout }, async () => {
  const [gone] = servers;
  const ended = gone!.end('SIGTERM');
  const over = new AbortController();
  void ended.finally(() => over.abort());
  while (!over.signal.aborted) {
    assert.equal((await proxy.get('praxis', '/')).status, 200);
    assert.equal(
      await tryWrongCode({ from: `127.0.2.${1 + Math.floor(Math.random() * 250)}` }),
      'code-unknown',
    );
  }
  assert.equal(await ended, 0);
  assert.equal((await proxy.get('praxis', '/')).status, 200);
});

/** Joins with a code that there is not. @returns the refusal's code */
async function tryWrongCode(options: RequestOptions): Promise<string> {
  const socket = proxy.signalling(options);
  await once(socket, 'open');
  const [locator, place] = [16, 16].map((length) => randomBytes(length).toString('base64url'));
  socket.send(JSON.stringify({ kind: 'join', v: 1, locator, place }));
  const [data] = (await once(socket, 'message')) as [Buffer];
  const message = JSON.parse(data.toString()) as ServerMessage;
  socket.terminate();
  return message.kind === 'refused' ? message.code : message.kind;
}

/** Until the proxy has asked the server whether it is ready, and believes it. */
async function untilTaken(server: ServerProcess): Promise<void> {
  const before = server.output().length;
  // Its own log tells which requests reach it: its health check alone is not a page.
  while (!/"route":"\/","status":200/.test(server.output().slice(before))) {
    assert.equal((await proxy.get('praxis', '/')).status, 200);
  }
}
