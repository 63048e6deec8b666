import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

test('without any setting the server listens on this machine only', () => {
  assert.deepEqual(readConfig({}, '/srv/sprechzimmer'), {
    dataDir: '/srv/sprechzimmer/data',
    databaseUrl: undefined,
    listenHost: '127.0.0.1',
    practicePort: 7300,
    roomPort: 7301,
    practiceOrigin: 'http://localhost:7300',
    roomOrigin: 'http://localhost:7301',
    stunUrls: [],
    codeHours: { from: '00:00', until: '24:00' },
    smtp: undefined,
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
      LISTEN_HOST: '::',
      PRACTICE_ORIGIN: 'https://praxis.example.org',
      ROOM_ORIGIN: 'https://video.example.org:8443',
      STUN_URLS: 'stun:stun.example.org:3478, stuns:[2001:db8::1]:5349',
      SMTP_URL: 'smtps://praxis:geheim@mail.example.org',
      SMTP_FROM: 'Sprechzimmer <post@example.org>',
      TRUST_PROXY: 'true',
      LOG_LEVEL: 'silent',
    },
    '/srv',
  );
  assert.equal(config.databaseUrl, 'postgres://u:p@db/name');
  assert.equal(config.listenHost, '::');
  assert.equal(config.roomOrigin, 'https://video.example.org:8443');
  assert.deepEqual(config.stunUrls, ['stun:stun.example.org:3478', 'stuns:[2001:db8::1]:5349']);
  assert.deepEqual(config.smtp, {
    url: 'smtps://praxis:geheim@mail.example.org',
    from: 'Sprechzimmer <post@example.org>',
  });
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
