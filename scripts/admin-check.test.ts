import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startRelay } from '../e2e/support/relay.ts';
import { makeTestCertificate } from '../server/testing/test-certificate.ts';
import { startTestMailServer } from '../server/testing/test-mail-server.ts';
import { startTestRedis } from '../server/testing/test-redis.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { startTestTlsFront } from '../server/testing/test-tls-front.ts';
import { checkEverything } from './admin-check.ts';

test(
  'a server with everything it may have is found to be right, and nothing secret is said',
  { timeout: 120_000 },
  async () => {
    const certificate = makeTestCertificate({ untilMs: 90 * 86_400_000 });
    const fronts = [await startTestTlsFront(certificate), await startTestTlsFront(certificate)] as const;
    const [practiceOrigin, roomOrigin] = fronts.map(({ port }) => `https://localhost:${port}`);
    const server = await startTestServer({
      config: { practiceOrigin: practiceOrigin!, roomOrigin: roomOrigin! },
    });
    fronts[0].target = server.context.config.practicePort;
    fronts[1].target = server.context.config.roomPort;
    const redis = await startTestRedis({ settings: ['--requirepass', 'geheim-redis'] });
    const mail = await startTestMailServer({
      certificate,
      account: { user: 'praxis', password: 'geheim-mail' },
    });
    const relay = await startRelay({ certificate, peersOfTest: ['127.0.0.1'] });
    const pages = await mkdtemp(join(tmpdir(), 'sprechzimmer-pages-'));
    for (const name of ['nutzungsbedingungen', 'datenschutz', 'impressum']) {
      await writeFile(join(pages, `${name}.md`), `# ${name}\n`);
    }
    const search = `options=${encodeURIComponent(`-c search_path=${server.schema}`)}`;
    const database = server.connectionString.replace('@/', '@localhost/');
    const env = {
      DATABASE_URL: `${database}${database.includes('?') ? '&' : '?'}${search}`,
      REDIS_URL: redis.url.replace('//', '//:geheim-redis@'),
      SMTP_URL: mail.smtp.url,
      SMTP_FROM: mail.smtp.from,
      SERVER_KEY: '0f'.repeat(32),
      TURN_URLS: relay.config.urls.join(),
      TURN_SECRET: relay.config.secret,
      STUN_URLS: `stun:127.0.0.1:${relay.ports.plain[0]}`,
      PRACTICE_ORIGIN: practiceOrigin,
      ROOM_ORIGIN: roomOrigin,
      PAGES_DIR: pages,
    };
    try {
      const ca = certificate.cert;
      const { output, isGood } = await checkEverything(env, { ca });
      const lines = output.trimEnd().split('\n');
      assert.ok(isGood, output);
      assert.equal(lines.pop(), '0 failed, 0 warnings', output);
      const skipped = lines.filter((line) => line.startsWith('skipped'));
      assert.deepEqual(
        skipped.map((line) => /^skipped +([^:]+):/.exec(line)?.[1]),
        ['disk', 'SMS gateway'],
      );
      for (const about of [
        'settings',
        'database clock',
        'Redis memory',
        'mail server',
        'room address WebSocket',
        'pages',
      ]) {
        assert.match(output, new RegExp(`^ok {7}${about}: `, 'm'), about);
      }
      for (const secret of ['geheim', env.SERVER_KEY, env.TURN_SECRET]) assert.ok(!output.includes(secret));
      assert.deepEqual(mail.received, []);
      // One thing goes, and the rest is as it was.
      await redis.close();
      const without = await checkEverything(env, { ca });
      assert.equal(without.isGood, false);
      assert.match(
        without.output,
        /^failed {3}Redis: .*connection refused.*\n(.*\n)*1 failed, 0 warnings\n$/m,
      );
    } finally {
      await Promise.all([redis.close(), mail.close(), relay.close()]);
      for (const front of fronts) await front.close();
      await server.close();
      await rm(pages, { recursive: true });
    }
  },
);

test('mistakes in the settings are told, all of them, and nothing else is looked at', async () => {
  const { output, isGood } = await checkEverything({ PRACTICE_PORT: '0', SMTP_URL: 'https://u:geheim@x' });
  assert.equal(isGood, false);
  assert.match(output, /^failed {3}settings: PRACTICE_PORT: found "0", expected a port/m);
  assert.match(output, /^failed {3}settings: SMTP_URL: found something else/m);
  assert.match(output, /^skipped {2}everything else: mend the settings first/m);
  assert.match(output, /\n3 failed, 0 warnings\n$/);
  assert.doesNotMatch(output, /geheim/);
});
