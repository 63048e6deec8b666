import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from './config.ts';
import { ConfigError } from './settings.ts';

test('without any setting the server listens on this machine only', () => {
  assert.deepEqual(readConfig({}, '/srv/sprechzimmer'), {
    dataDir: '/srv/sprechzimmer/data',
    databaseUrl: undefined,
    redisUrl: undefined,
    listenHost: '127.0.0.1',
    practicePort: 7300,
    roomPort: 7301,
    practiceOrigin: 'http://localhost:7300',
    roomOrigin: 'http://localhost:7301',
    stunUrls: [],
    relay: undefined,
    retentionMaxDays: 90,
    metrics: undefined,
    drainSeconds: 0,
    pagesDir: undefined,
    codeHours: { from: '00:00', until: '24:00' },
    smtp: undefined,
    bounce: undefined,
    sms: undefined,
    serverKey: undefined,
    trustProxy: false,
    logLevel: 'info',
  });
});

test('an empty setting counts as not set, and the origins follow the ports', () => {
  const config = readConfig({ DATA_DIR: '', PRACTICE_PORT: '8000', ROOM_PORT: ' 8001 ' }, '/srv');
  assert.equal(config.dataDir, '/srv/data');
  assert.equal(config.practiceOrigin, 'http://localhost:8000');
  assert.equal(config.roomOrigin, 'http://localhost:8001');
});

test('right settings are taken as they are', () => {
  const config = readConfig(
    {
      DATABASE_URL: 'postgres://u:p@db/name',
      REDIS_URL: 'rediss://u:p@redis:6380',
      LISTEN_HOST: '::',
      PRACTICE_ORIGIN: 'https://praxis.example.org',
      ROOM_ORIGIN: 'https://video.example.org:8443',
      STUN_URLS: 'stun:stun.example.org:3478, stuns:[2001:db8::1]:5349',
      SMTP_URL: 'smtps://praxis:geheim@mail.example.org',
      SMTP_FROM: 'Sprechzimmer <post@example.org>',
      SMTP_BOUNCE_DOMAIN: 'Bounce.example.org',
      BOUNCE_PORT: '2525',
      SMS_URL: 'https://sms.example.org/send?from=Praxis',
      SMS_TOKEN: 'geheim',
      SERVER_KEY: '0f'.repeat(32),
      TURN_URLS: 'turn:turn.example.org:3478?transport=udp, turns:[2001:db8::2]:443?transport=tcp',
      TURN_SECRET: 'ein langes Geheimnis'.replaceAll(' ', '-'),
      TURN_CREDENTIAL_MINUTES: '5',
      TRUST_PROXY: 'true',
      LOG_LEVEL: 'silent',
    },
    '/srv',
  );
  assert.equal(config.databaseUrl, 'postgres://u:p@db/name');
  assert.equal(config.redisUrl, 'rediss://u:p@redis:6380');
  assert.equal(config.listenHost, '::');
  assert.equal(config.roomOrigin, 'https://video.example.org:8443');
  assert.deepEqual(config.stunUrls, ['stun:stun.example.org:3478', 'stuns:[2001:db8::1]:5349']);
  assert.deepEqual(config.relay, {
    urls: ['turn:turn.example.org:3478?transport=udp', 'turns:[2001:db8::2]:443?transport=tcp'],
    secret: 'ein-langes-Geheimnis',
    credentialMinutes: 5,
  });
  assert.deepEqual(config.smtp, {
    url: 'smtps://praxis:geheim@mail.example.org',
    from: 'Sprechzimmer <post@example.org>',
    tls: 'required',
  });
  assert.deepEqual(config.bounce, { domain: 'bounce.example.org', host: '127.0.0.1', port: 2525 });
  assert.deepEqual(config.sms, { url: 'https://sms.example.org/send?from=Praxis', token: 'geheim' });
  assert.deepEqual(config.serverKey, Buffer.alloc(32, 15));
  assert.equal(config.trustProxy, true);
  assert.equal(config.logLevel, 'silent');
});

test('every mistake is named at once, with what was found and what is expected', () => {
  const env = {
    DATABASE_URL: 'mysql://root:geheim@db/name',
    LISTEN_HOST: 'a b',
    PRACTICE_PORT: '70000',
    ROOM_PORT: 'zwei',
    PRACTICE_ORIGIN: 'http://praxis.example.org',
    ROOM_ORIGIN: 'https://video.example.org/',
    STUN_URLS: 'turn:x',
    SMTP_URL: 'https://praxis:geheim@mail.example.org',
    SMTP_FROM: 'post',
    SMTP_TLS: 'maybe',
    SMTP_BOUNCE_DOMAIN: 'bounce',
    BOUNCE_PORT: '0',
    BOUNCE_HOST: 'a b',
    SMS_URL: 'http://sms.example.org/geheim',
    SMS_TOKEN: 'geheim geheim',
    SERVER_KEY: 'geheim',
    TURN_URLS: 'turns:turn.example.org?transport=udp',
    TURN_SECRET: 'geheim',
    TURN_CREDENTIAL_MINUTES: '600',
    TRUST_PROXY: 'yes',
    LOG_LEVEL: 'loud',
  };
  assert.throws(
    () => readConfig(env, '/srv'),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(error.mistakes.map((mistake) => mistake.key).sort(), Object.keys(env).sort());
      assert.match(error.message, /PRACTICE_PORT: found "70000", expected a port number from 1 to 65535/);
      assert.doesNotMatch(error.message, /geheim/);
      return true;
    },
  );
});

test('practice and room must not share a port or an origin', () => {
  assert.throws(() => readConfig({ PRACTICE_PORT: '7000', ROOM_PORT: '7000' }, '/srv'), /ROOM_PORT/);
  const same = { PRACTICE_ORIGIN: 'https://a.example.org', ROOM_ORIGIN: 'https://a.example.org' };
  assert.throws(() => readConfig(same, '/srv'), /ROOM_ORIGIN/);
});

test('codes open from one time of the day to a later one', () => {
  const config = readConfig({ CODES_OPEN_FROM: '06:30', CODES_OPEN_UNTIL: '22:00' }, '/srv');
  assert.deepEqual(config.codeHours, { from: '06:30', until: '22:00' });
  for (const env of [
    { CODES_OPEN_FROM: '6:30' },
    { CODES_OPEN_UNTIL: '24:30' },
    { CODES_OPEN_FROM: '24:00' },
    { CODES_OPEN_FROM: '22:00', CODES_OPEN_UNTIL: '06:00' },
  ]) {
    assert.throws(() => readConfig(env, '/srv'), /CODES_OPEN_/);
  }
});

test('a mail server and its sender come together or not at all', () => {
  assert.throws(
    () => readConfig({ SMTP_URL: 'smtp://mail.example.org' }, '/srv'),
    /SMTP_FROM: found nothing/,
  );
  assert.throws(() => readConfig({ SMTP_FROM: 'post@example.org' }, '/srv'), /SMTP_URL: found nothing/);
  for (const from of ['a@b.example, c@d.example', 'Post <a@b.example> <c@d.example>', '<a@b.example>']) {
    assert.throws(
      () => readConfig({ SMTP_URL: 'smtp://mail.example.org', SMTP_FROM: from }, '/srv'),
      /SMTP_FROM/,
    );
  }
});

test('mail goes out unprotected only to this very machine, and only when the operator says so', () => {
  const readWith = (url: string, tls?: string) =>
    readConfig({ SMTP_URL: url, SMTP_FROM: 'post@example.org', SMTP_TLS: tls }, '/srv').smtp?.tls;
  assert.equal(readWith('smtp://localhost'), 'required');
  assert.equal(readWith('smtp://127.0.0.1:25', 'off'), 'off');
  assert.equal(readWith('smtp://[::1]:25', 'off'), 'off');
  for (const url of ['smtp://mail.example.org', 'smtp://10.0.0.1', 'smtps://localhost']) {
    assert.throws(() => readWith(url, 'off'), /SMTP_TLS: found "off"/, url);
  }
  for (const url of [
    'smtp://localhost?ignoreTLS=true',
    'smtps://mail.example.org/?tls.rejectUnauthorized=false',
  ]) {
    assert.throws(() => readWith(url), /SMTP_URL: found something else/, url);
  }
});

test('servers that share a database and send messages must share a key, too', () => {
  const shared = { DATABASE_URL: 'postgres://db/name', SMS_URL: 'https://sms.example.org', SMS_TOKEN: 't' };
  assert.throws(() => readConfig(shared, '/srv'), /SERVER_KEY: found nothing/);
  const key = Buffer.alloc(32, 7).toString('base64url');
  assert.deepEqual(readConfig({ ...shared, SERVER_KEY: key }, '/srv').serverKey, Buffer.alloc(32, 7));
  assert.equal(readConfig({ DATABASE_URL: 'postgres://db/name' }, '/srv').serverKey, undefined);
});

test('bounces need a domain and a port, an SMS gateway its token', () => {
  assert.throws(() => readConfig({ BOUNCE_PORT: '2525' }, '/srv'), /SMTP_BOUNCE_DOMAIN: found nothing/);
  assert.throws(() => readConfig({ SMS_URL: 'https://sms.example.org' }, '/srv'), /SMS_TOKEN: found nothing/);
  assert.equal(
    readConfig({ SMS_URL: 'http://localhost:1/', SMS_TOKEN: 't' }, '/srv').sms?.url,
    'http://localhost:1/',
  );
});

test('a relay needs addresses and a secret, typed or in a file', async () => {
  const TURN_URLS = 'turn:turn.example.org';
  assert.throws(() => readConfig({ TURN_URLS }, '/srv'), /TURN_SECRET: found nothing/);
  assert.throws(() => readConfig({ TURN_URLS, TURN_SECRET: 'eines mit "Anführung" und mehr' }, '/srv'));
  const TURN_SECRET = 'eines-von-zwanzig-Zeichen';
  assert.throws(() => readConfig({ TURN_SECRET }, '/srv'), /TURN_URLS: found nothing/);
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-config-'));
  try {
    const TURN_SECRET_FILE = join(folder, 'secret');
    assert.throws(() => readConfig({ TURN_URLS, TURN_SECRET_FILE }, '/srv'), /TURN_SECRET_FILE: found/);
    await writeFile(TURN_SECRET_FILE, `${TURN_SECRET}\n`);
    const { relay } = readConfig({ TURN_URLS, TURN_SECRET_FILE }, '/srv');
    assert.deepEqual(relay, { urls: [TURN_URLS], secret: TURN_SECRET, credentialMinutes: 10 });
    assert.throws(() => readConfig({ TURN_URLS, TURN_SECRET, TURN_SECRET_FILE }, '/srv'), /TURN_SECRET_FILE/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('nothing is kept for more than ninety days, whatever the operator sets', () => {
  const read = (days?: string) => readConfig({ RETENTION_MAX_DAYS: days }, '/srv').retentionMaxDays;
  assert.deepEqual([read(), read('1'), read('30'), read('90')], [90, 1, 30, 90]);
  for (const wrong of ['0', '91', '-1', '1.5', '1e1', 'ninety']) {
    assert.throws(
      () => read(wrong),
      /RETENTION_MAX_DAYS: found .*, expected whole days, from 1 to 90/,
      wrong,
    );
  }
});
