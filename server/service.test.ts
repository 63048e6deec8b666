import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { openDatabase } from './db/database.ts';
import { readConfig } from './http/config.ts';
import { createLog } from './http/log.ts';
import { startServer } from './server.ts';
import { openTestDatabase } from './testing/test-database.ts';
import { openTestPractice } from './testing/test-practice.ts';
import { startTestServer } from './testing/test-server.ts';
import { TestSocket } from './testing/test-signalling.ts';
import { freePort } from './testing/free-port.ts';

const timeout = 120_000;
let app: string;

before(async () => {
  app = await mkdtemp(join(tmpdir(), 'sprechzimmer-service-'));
  await writeFile(join(app, 'index.html'), '<!doctype html><title>Sprechzimmer</title>');
});
after(() => rm(app, { recursive: true }));

async function readyz(origin: string): Promise<{ httpStatus: number; status: string; failing?: string[] }> {
  const response = await fetch(`${origin}/readyz`);
  return { httpStatus: response.status, ...((await response.json()) as { status: string }) };
}

test(
  'a server that is asked to end says so first, serves on, and closes its sockets last',
  { timeout },
  async () => {
    const server = await startTestServer({ config: { drainSeconds: 8 } });
    const practice = await openTestPractice(server);
    const { ticket } = await practice.client.waitingRoom.hostTicket({});
    const { roomOrigin } = server;
    const socket = new TestSocket(roomOrigin.replace('http', 'ws') + signallingPath, { origin: roomOrigin });
    socket.say({ kind: 'host', v: 1, ticket });
    await socket.next('hosting');
    const socketClosed = once(socket.raw, 'close');
    const closing = server.close();
    try {
      for (const origin of [server.practiceOrigin, server.roomOrigin]) {
        assert.deepEqual(await readyz(origin), { httpStatus: 503, status: 'draining' });
      }
      assert.equal((await fetch(`${server.practiceOrigin}/healthz`)).status, 200);
      assert.deepEqual(await socket.rest(), []);
      const [code] = (await socketClosed) as [number];
      assert.equal(code, closeCodes.restarting);
    } finally {
      await closing;
    }
    await assert.rejects(fetch(`${server.practiceOrigin}/healthz`));
  },
);

/** A way to the database that a test can cut. */
async function openWay(socketPath: string) {
  const open = new Set<Socket>();
  const way: Server = createServer((from) => {
    const to = connect(socketPath);
    for (const end of [from, to]) {
      open.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        open.delete(end);
        from.destroy();
        to.destroy();
      });
    }
    from.pipe(to).pipe(from);
  });
  const port = await freePort();
  const start = async () => {
    way.listen(port, '127.0.0.1');
    await once(way, 'listening');
  };
  await start();
  return {
    port,
    start,
    async cut() {
      way.close();
      for (const end of open) end.destroy();
      await once(way, 'close');
    },
  };
}

test(
  'without its database a server lives and is not ready; when it is back, it is ready again',
  { timeout },
  async () => {
    const database = await openTestDatabase();
    const [, user, name, folder = ''] =
      /^postgresql:\/\/(\w+)@\/(\w+)\?host=(.+)$/.exec(database.connectionString) ?? [];
    const way = await openWay(`${decodeURIComponent(folder)}/.s.PGSQL.5432`);
    const connectionString = `postgresql://${user}@127.0.0.1:${way.port}/${name}`;
    const db = openDatabase({ connectionString, schema: database.schema });
    const [practicePort, roomPort, metricsPort] = [await freePort(), await freePort(), await freePort()];
    const env = {
      PRACTICE_PORT: `${practicePort}`,
      ROOM_PORT: `${roomPort}`,
      METRICS_PORT: `${metricsPort}`,
      LOG_LEVEL: 'silent',
    };
    const config = { ...readConfig(env, '/'), serverKey: randomBytes(32) };
    const server = await startServer(config, {
      db,
      log: createLog('silent'),
      webFolders: { practice: app, room: app },
    });
    const metrics = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const until = async (status: string) => {
      while ((await readyz(config.roomOrigin)).status !== status) await sleep(50);
    };
    try {
      await until('ready');
      assert.match(await metrics(), /\nsprechzimmer_ready 1\n/);
      await way.cut();
      await until('not ready');
      const answer = { httpStatus: 503, status: 'not ready', failing: ['database'] };
      assert.deepEqual(await readyz(config.practiceOrigin), answer);
      assert.equal((await fetch(`${config.practiceOrigin}/healthz`)).status, 200);
      const told = await metrics();
      assert.match(told, /\nsprechzimmer_ready 0\n/);
      // What nobody can know at the moment is left out; the rest is told.
      assert.doesNotMatch(told, /\nsprechzimmer_messages_due\{/);
      assert.match(told, /\nsprechzimmer_sockets 0\n/);
      assert.match(told, /\nsprechzimmer_database_connections_lost [1-9]/);
      await way.start();
      await until('ready');
      assert.match(await metrics(), /\nsprechzimmer_messages_due\{channel="mail"\} 0\n/);
    } finally {
      await server.close();
      await db.destroy();
      await way.cut();
      await database.close();
    }
  },
);

test('metrics have a listener of their own, and are on neither origin', { timeout }, async () => {
  const port = await freePort();
  const server = await startTestServer({ config: { metrics: { host: '127.0.0.1', port } } });
  try {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    assert.match(text, /\nprocess_resident_memory_bytes \d/);
    assert.match(text, /\nnodejs_eventloop_lag_p99_seconds /);
    assert.match(
      text,
      /\nsprechzimmer_build_info\{version="\d+\.\d+\.\d+",practice="\w{12}",room="\w{12}"\} 1\n/,
    );
    for (const path of ['/', '/healthz', '/metrics/', '/metrics?x']) {
      assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 404, path);
    }
    assert.equal((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status, 404);
    for (const origin of [server.practiceOrigin, server.roomOrigin]) {
      assert.equal((await fetch(`${origin}/metrics`)).status, 404);
    }
  } finally {
    await server.close();
  }
  await assert.rejects(fetch(`http://127.0.0.1:${port}/metrics`));
});
