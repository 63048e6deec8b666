import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startRelay } from '../../e2e/support/relay.ts';
import { readConfig } from '../http/config.ts';
import { makeTestCertificate, type TestCertificate } from '../testing/test-certificate.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { startTestMailServer } from '../testing/test-mail-server.ts';
import { startTestRedis } from '../testing/test-redis.ts';
import { checkAll } from './check-all.ts';
import { checkDatabase } from './check-database.ts';
import { checkDisk } from './check-disk.ts';
import { checkOrigin } from './check-origin.ts';
import { checkRedis } from './check-redis.ts';
import { checkRelay, checkStun } from './check-relay.ts';
import { checkSmtp } from './check-smtp.ts';
import { clockFinding, type Finding } from './finding.ts';

const { signal } = new AbortController();
const dayMs = 86_400_000;

/** A line for each, such as `failed database: cannot be reached ...`. */
async function linesOf(check: Promise<Finding[]>): Promise<string> {
  return (await check).map(({ status, about, text }) => `${status} ${about}: ${text}`).join('\n');
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Nobody listens there. */
async function shutPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

test('a database that is not there, read-only, not migrated or of a newer version is told', async () => {
  const gone = `postgres://u:geheim@127.0.0.1:${await shutPort()}/name`;
  assert.match(
    await linesOf(checkDatabase(gone, signal)),
    /^failed database: .*connection refused.*DATABASE_URL$/,
  );
  const { db, connectionString, schema, close } = await openTestDatabase();
  try {
    const at = (more = '', path = schema) =>
      `${connectionString}${connectionString.includes('?') ? '&' : '?'}options=${encodeURIComponent(`-c search_path=${path} ${more}`)}`;
    const good = await linesOf(checkDatabase(at(), signal));
    assert.match(good, /^ok database: PostgreSQL \d+\.\d+, the database has \d+ [kMG]B$/m);
    assert.match(good, /^ok database schema: up to date \(\d+ migrations\)$/m);
    assert.match(good, /^ok database writing: /m);
    assert.match(good, /^ok database clock: /m);
    const readOnly = await linesOf(checkDatabase(at('-c default_transaction_read_only=on'), signal));
    assert.match(readOnly, /^failed database writing: it is read-only/m);
    const nowhere = await linesOf(checkDatabase(at('', 'pg_temp'), signal));
    assert.match(nowhere, /^warning database schema: empty as yet/m);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-tomorrow', '2099')`.execute(
      db,
    );
    assert.match(
      await linesOf(checkDatabase(at(), signal)),
      /^warning database schema: a newer version .*9999-from-tomorrow/m,
    );
    await sql`delete from kysely_migration where name >= '0003'`.execute(db);
    assert.match(
      await linesOf(checkDatabase(at(), signal)),
      /^warning database schema: \d+ migrations to come \(0003-/m,
    );
    // It has left nothing behind.
    const { rows } = await sql`select 1 from pg_tables where tablename like 'sprechzimmer_check%'`.execute(
      db,
    );
    assert.deepEqual(rows, []);
  } finally {
    await close();
  }
});

test('a database whose user may not make tables is told', async () => {
  const { db, connectionString, close } = await openTestDatabase();
  const role = `role_${Date.now()}`;
  try {
    await sql`create role ${sql.id(role)} login`.execute(db);
    const other = connectionString.replace(/\/\/[^@]*@/, `//${role}@`);
    const options = `options=${encodeURIComponent('-c search_path=public')}`;
    const address = `${other}${other.includes('?') ? '&' : '?'}${options}`;
    assert.match(
      await linesOf(checkDatabase(address, signal)),
      /^failed database writing: its user may not make tables \(42501\)/m,
    );
  } finally {
    await sql`drop role if exists ${sql.id(role)}`.execute(db);
    await close();
  }
});

test('clocks that differ are told, the more the worse', () => {
  assert.equal(clockFinding('c', 1_500, 'x').status, 'ok');
  const [ahead, behind] = [clockFinding('c', 10_000, 'x'), clockFinding('c', -60_000, 'x')];
  assert.deepEqual([ahead.status, behind.status], ['warning', 'failed']);
  assert.match(ahead.text, /10 s ahead of/);
  assert.match(behind.text, /60 s behind/);
});

test('Redis: gone, with another password, throwing things away, or closed about its settings', async () => {
  const gone = `redis://:geheim@127.0.0.1:${await shutPort()}`;
  assert.match(await linesOf(checkRedis(gone, signal)), /^failed Redis: .*connection refused.*REDIS_URL$/);
  const shut = await startTestRedis({ settings: ['--requirepass', 'richtig'] });
  const full = await startTestRedis({
    settings: ['--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru'],
  });
  const quiet = await startTestRedis({ settings: ['--rename-command', 'CONFIG', ''] });
  try {
    const withPassword = (password: string) => shut.url.replace('//', `//:${password}@`);
    for (const url of [shut.url, withPassword('geheim')]) {
      const lines = await linesOf(checkRedis(url, signal));
      assert.match(lines, /^failed Redis: refuses the password/);
      assert.doesNotMatch(lines, /geheim/);
    }
    const good = await linesOf(checkRedis(withPassword('richtig'), signal));
    assert.match(good, /^ok Redis: .*\nok Redis memory: throws nothing away \(maxmemory 0/);
    assert.match(
      await linesOf(checkRedis(full.url, signal)),
      /^warning Redis memory: .*allkeys-lru.*noeviction/m,
    );
    assert.match(await linesOf(checkRedis(quiet.url, signal)), /^ok Redis: .*\nskipped Redis memory: /);
  } finally {
    await Promise.all([shut.close(), full.close(), quiet.close()]);
  }
});

test('a mail server: right, with a wrong password, without TLS, with a wrong certificate, or gone; nothing is sent', async () => {
  const account = { user: 'praxis', password: 'ge/heim' };
  const senders: string[] = [];
  const check = async (server: Awaited<ReturnType<typeof startTestMailServer>>, changes = {}) => {
    server.behaviour.onSender = (address) => void senders.push(address);
    const lines = await linesOf(checkSmtp({ ...server.smtp, ...changes }, signal));
    assert.doesNotMatch(lines, /heim/);
    return lines;
  };
  const right = await startTestMailServer({ account });
  const implicit = await startTestMailServer({ tls: 'implicit' });
  const bare = await startTestMailServer({ tls: 'none' });
  const foreign = await startTestMailServer({
    certificate: makeTestCertificate({ name: 'mail.example.org' }),
  });
  const old = await startTestMailServer({ certificate: makeTestCertificate({ untilMs: -dayMs / 2 }) });
  try {
    assert.match(await check(right), /^ok mail server: .*certificate are right; name and password are taken/);
    assert.match(await check(implicit), /^ok mail server: .*nobody signs in/);
    assert.match(
      await check(right, { url: right.smtp.url.replace('ge%2Fheim', 'falsch') }),
      /^failed .*refuses name or password \(535\)/,
    );
    assert.match(await check(bare), /^failed mail server: offers no TLS/);
    assert.match(await check(bare, { tls: 'off' }), /^ok mail server: .*without TLS, as SMTP_TLS says/);
    assert.match(await check(foreign), /^failed .*certificate is for another name/);
    assert.match(await check(old), /^failed .*certificate has expired/);
    assert.match(await check(right, { ca: bare.ca }), /^failed .*certificate/);
    assert.match(
      await check(right, { url: `smtp://localhost:${await shutPort()}` }),
      /^failed .*connection refused/,
    );
    right.behaviour.onConnect = () => 554;
    assert.match(await check(right), /^failed mail server: refuses the connection \(554\)/);
    assert.deepEqual([senders, right.received], [[], []]);
  } finally {
    for (const server of [right, implicit, bare, foreign, old]) await server.close();
  }
});

test(
  'a relay: right at each of its addresses, with another secret, too open, unable to reach itself, or gone',
  { timeout: 120_000 },
  async () => {
    const right = await startRelay({ peersOfTest: ['127.0.0.1'] });
    const inner = await startRelay();
    const open = await startRelay({ peersOfTest: ['127.0.0.1', '10.0.0.1'] });
    try {
      const check = (relay: typeof right, changes = {}, ca: string | undefined = relay.ca) =>
        linesOf(checkRelay({ ...relay.config, ...changes }, { ca, signal }));
      const lines = (await check(right)).split('\n');
      assert.equal(lines.length, right.config.urls.length);
      for (const line of lines)
        assert.match(line, /^ok relay turns?:127\.0\.0\.1:\d+\?transport=(udp|tcp): allocates and relays/);
      const secret = 'ein-anderes-geheimes-Geheimnis';
      const refused = await check(right, { secret });
      assert.match(refused, /^failed relay .*TURN_SECRET is not the relay’s/);
      assert.doesNotMatch(refused, /geheimes/);
      const [udp = '', secure = ''] = [right.config.urls[0], right.config.urls.at(-1)];
      assert.match(await check(right, { urls: [secure] }, inner.ca), /^failed relay turns:.*certificate/);
      assert.match(
        await check(inner, { urls: [inner.config.urls[0]] }),
        /^warning relay .*refuses its own address 127\.0\.0\.1/,
      );
      assert.match(
        await check(open, { urls: [open.config.urls[0]] }),
        /^warning relay .*lets peers of internal networks through/,
      );
      const stun = (relay: typeof right) => {
        const { plain, tls } = relay.ports;
        const urls = [`stun:127.0.0.1:${plain[0]}`, `stuns:127.0.0.1:${tls[0]}`];
        return linesOf(checkStun(urls, { ca: relay.ca, signal }));
      };
      assert.match(await stun(right), /^ok STUN stun:.*: answers\nok STUN stuns:.*: answers$/);
      await right.kill9();
      assert.match(
        await stun(right),
        /^failed STUN stun:.*no answer.*\nfailed STUN stuns:.*connection refused/,
      );
      assert.match(
        await check(right, { urls: [right.config.urls[1]] }),
        /^failed relay .*connection refused/,
      );
      assert.match(await check(right, { urls: [udp] }), /^failed relay .*cannot be used: no answer/);
    } finally {
      for (const relay of [right, inner, open]) await relay.close();
    }
  },
);

const healthy: RequestListener = (_, response) => {
  response.setHeader('strict-transport-security', 'max-age=63072000');
  response.end('{"status":"ok"}');
};

async function checkFront(
  certificate: TestCertificate,
  listener: RequestListener,
  app: 'practice' | 'room' = 'practice',
): Promise<string> {
  const server = createSecureServer(certificate, listener);
  const origin = `https://localhost:${await listen(server)}`;
  try {
    return await linesOf(checkOrigin(app, origin, { ca: certificate.cert, signal }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('an address with a certificate that is right, soon over, expired, not yet valid, of another name or of nobody', async () => {
  const days = (untilMs: number, more = {}) => makeTestCertificate({ untilMs, ...more });
  assert.match(
    await checkFront(days(90.5 * dayMs), healthy),
    /^ok practice address TLS: .*90 more days\nok practice address: .*\nok practice address clock: /,
  );
  assert.match(
    await checkFront(days(10.5 * dayMs), healthy),
    /^warning practice address TLS: the certificate ends in 10 days/,
  );
  assert.match(await checkFront(days(-dayMs / 2), healthy), /^failed practice address TLS: .*has expired/);
  assert.match(
    await checkFront(days(dayMs, { fromMs: dayMs / 2 }), healthy),
    /^failed practice address TLS: .*not valid yet/,
  );
  assert.match(
    await checkFront(days(90 * dayMs, { name: 'praxis.example.org' }), healthy),
    /^failed practice address TLS: .*for another name/,
  );
  const certificate = days(90 * dayMs);
  const server = createSecureServer(certificate, healthy);
  const origin = `https://localhost:${await listen(server)}`;
  assert.match(
    await linesOf(checkOrigin('room', origin, { signal })),
    /^failed room address TLS: .*signed by itself/,
  );
  server.close();
});

test('an address behind which is nobody, another clock, no HSTS or no WebSocket is told', async () => {
  const certificate = makeTestCertificate({ untilMs: 90 * dayMs });
  const gateway: RequestListener = (_, response) => void response.writeHead(502).end();
  assert.match(
    await checkFront(certificate, gateway),
    /^failed practice address: .*healthz answers 502.*proxy/m,
  );
  const bare: RequestListener = (_, response) => void response.end();
  assert.match(await checkFront(certificate, bare), /^warning practice address HSTS: /m);
  const late: RequestListener = (request, response) => {
    response.setHeader('date', new Date(Date.now() - 120_000).toUTCString());
    healthy(request, response);
  };
  assert.match(
    await checkFront(certificate, late),
    /^failed practice address clock: .*(119|120|121) s behind/m,
  );
  assert.match(await checkFront(certificate, healthy, 'room'), /^failed room address WebSocket: .*Upgrade/m);
  const gone = `http://localhost:${await shutPort()}`;
  assert.match(
    await linesOf(checkOrigin('practice', gone, { signal })),
    /^skipped practice address TLS.*\nfailed practice address: .*connection refused/,
  );
  const endless = createPlainServer((_, response) => void response.writeHead(200).write('x'));
  const origin = `http://localhost:${await listen(endless)}`;
  assert.match(await linesOf(checkOrigin('practice', origin, { signal })), /^ok practice address: /m);
  endless.closeAllConnections();
  endless.close();
});

test('the disk is looked at where the data lies, or is to lie', async () => {
  for (const folder of [import.meta.dirname, `${import.meta.dirname}/not/there/yet`]) {
    assert.match(await linesOf(checkDisk(folder)), /^\w+ disk: \d+\.\d GB free at .* \(\d+ %\)/);
  }
  assert.match(await linesOf(checkDisk(`${import.meta.filename}/below`)), /^failed disk: .*DATA_DIR/);
});

test('whoever takes a connection and says nothing is not waited for', { timeout: 60_000 }, async () => {
  const taken: Socket[] = [];
  const silent = createServer((socket) => void taken.push(socket.on('error', () => {})));
  const port = await listen(silent);
  const config = readConfig(
    {
      DATABASE_URL: `postgres://u:geheim@127.0.0.1:${port}/name`,
      REDIS_URL: `redis://:geheim@127.0.0.1:${port}`,
      SMTP_URL: `smtps://u:geheim@127.0.0.1:${port}`,
      SMTP_FROM: 'post@example.org',
      SERVER_KEY: '0f'.repeat(32),
      TURN_URLS: `turns:127.0.0.1:${port}?transport=tcp`,
      TURN_SECRET: 'ein-langes-geheimes-Geheimnis',
      PRACTICE_ORIGIN: `https://localhost:${port}`,
      ROOM_ORIGIN: `http://localhost:${port}`,
    },
    '/srv',
  );
  const findings = await checkAll(config, { limitMs: 500 });
  for (const about of ['database', 'Redis', 'mail server', 'relay', 'practice address', 'room address']) {
    assert.ok(
      findings.some((one) => one.about.startsWith(about) && one.status === 'failed'),
      about,
    );
  }
  assert.doesNotMatch(JSON.stringify(findings), /geheim/);
  silent.close();
  for (const socket of taken) socket.destroy();
});
