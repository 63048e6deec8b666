import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from './config.ts';
import { secretKeys } from './setting-keys.ts';
import { ConfigError } from './settings.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-settings-'));
});
after(() => rm(folder, { recursive: true }));

async function write(name: string, text: string, mode = 0o600): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

function mistakesOf(env: Record<string, string>): string {
  try {
    readConfig(env, '/srv');
    return '';
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
}

const file = `# Sprechzimmer
PRACTICE_PORT=8000

SMTP_FROM='Praxis #1 <post@example.org>'
SMTP_URL='smtps://praxis:$ge!heim@mail.example.org'
STUN_URLS="stun:a.example.org, stun:b.example.org"
TRUST_PROXY=
`;

test('the settings come from the file that SETTINGS_FILE names, and the environment wins over it', async () => {
  const SETTINGS_FILE = await write('settings.env', file);
  const config = readConfig({ SETTINGS_FILE, PRACTICE_PORT: '9000', ROOM_PORT: '9001' }, '/srv');
  assert.equal(config.practicePort, 9000);
  assert.equal(config.roomPort, 9001);
  assert.equal(config.smtp?.from, 'Praxis #1 <post@example.org>');
  assert.equal(config.smtp.url, 'smtps://praxis:$ge!heim@mail.example.org');
  assert.deepEqual(config.stunUrls, ['stun:a.example.org', 'stun:b.example.org']);
  assert.equal(config.trustProxy, false);
  // An empty one in the environment does not hide the file's.
  assert.equal(readConfig({ SETTINGS_FILE, PRACTICE_PORT: '' }, '/srv').practicePort, 8000);
});

test('Node reads such a file as we do', async () => {
  const SETTINGS_FILE = await write('as-node.env', file);
  const program = 'process.stdout.write(JSON.stringify([process.env.SMTP_FROM, process.env.SMTP_URL]))';
  const words = [`--env-file=${SETTINGS_FILE}`, '-e', program];
  const { smtp } = readConfig({ SETTINGS_FILE }, '/srv');
  const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8', env: {} });
  assert.deepEqual(JSON.parse(stdout), [smtp?.from, smtp?.url]);
});

test('a file that programs would read differently is a mistake by line, and shows no value', async () => {
  const lines = [
    'export LOG_LEVEL=info',
    'no sense',
    'SMS_TOKEN=geheim # a comment?',
    'TURN_SECRET=geheim$HOME',
    'SERVER_KEY="geheim\\n"',
    "DATABASE_URL='geheim'geheim'",
    'LOG_LEVEL=info',
    'LOG_LEVEL=debug',
  ];
  const message = mistakesOf({ SETTINGS_FILE: await write('odd.env', lines.join('\n')) });
  for (const line of [1, 2, 3, 4, 5, 6, 8]) assert.match(message, new RegExp(`line ${line}\\b`));
  assert.doesNotMatch(message, /line 7|geheim/);
});

test('a key of the file that there is not is a mistake, with the one that was meant', async () => {
  const SETTINGS_FILE = await write(
    'unknown.env',
    'PRACTISE_PORT=1\nSMTP_URI=x\nturn_secret_file=x\nCOLOUR_OF_THE_WALL=white\nLOG_LEVEL_FILE=x\nSETTINGS_FILE=x\n',
  );
  const message = mistakesOf({ SETTINGS_FILE, UNKNOWN_IN_THE_ENVIRONMENT: 'is nobody’s business' });
  assert.match(message, /PRACTISE_PORT: .*did you mean PRACTICE_PORT\?/);
  assert.match(message, /SMTP_URI: .*did you mean SMTP_URL\?/);
  assert.match(message, /turn_secret_file: .*did you mean TURN_SECRET_FILE\?/);
  assert.match(message, /COLOUR_OF_THE_WALL: .*\(docs\/settings.md lists them\)/);
  assert.match(message, /LOG_LEVEL_FILE: /);
  assert.match(message, /SETTINGS_FILE: found itself/);
  assert.equal(message.split('\n').length, 6);
});

test('a settings file that cannot be read is told, with the mistakes of the environment', () => {
  const message = mistakesOf({ SETTINGS_FILE: join(folder, 'nowhere'), LOG_LEVEL: 'loud' });
  assert.match(message, /SETTINGS_FILE: found .*nowhere, which is not there/);
  assert.match(message, /LOG_LEVEL: found "loud"/);
  assert.match(mistakesOf({ SETTINGS_FILE: folder }), /SETTINGS_FILE: found .*, which is not a file/);
});

const values: Record<string, string> = {
  DATABASE_URL: 'postgres://u:geheim@db/name',
  REDIS_URL: 'redis://u:geheim@redis',
  SMTP_URL: 'smtps://u:geheim@mail.example.org',
  SMS_URL: 'https://sms.example.org/geheim',
  SMS_TOKEN: 'geheim',
  SERVER_KEY: '0f'.repeat(32),
  TURN_SECRET: 'ein-langes-geheimes-Geheimnis',
};
const beside = { SMTP_FROM: 'post@example.org', TURN_URLS: 'turn:turn.example.org' };

test('every secret may lie in a file of its own, which the environment or the settings file names', async () => {
  assert.deepEqual(Object.keys(values).sort(), [...secretKeys].sort());
  const named: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) named[`${key}_FILE`] = await write(key, `${value}\n`);
  const wanted = readConfig({ ...values, ...beside }, '/srv');
  assert.deepEqual(readConfig({ ...named, ...beside }, '/srv'), wanted);
  const lines = Object.entries({ ...named, ...beside }).map(([key, value]) => `${key}=${value}`);
  const SETTINGS_FILE = await write('files.env', lines.join('\n'));
  assert.deepEqual(readConfig({ SETTINGS_FILE }, '/srv'), wanted);
  // What the environment says of a secret is all that counts of it.
  const other = readConfig({ SETTINGS_FILE, SMS_TOKEN: 'another' }, '/srv');
  assert.equal(other.sms?.token, 'another');
});

test('a secret that is typed and in a file, in no file, in an empty one or a wrong one is a mistake, not shown', async () => {
  for (const key of secretKeys) {
    const path = await write('wrong', 'geheim, und mit "Zeichen", die nirgends passen');
    const twice = mistakesOf({ ...values, ...beside, [`${key}_FILE`]: path });
    assert.match(twice, new RegExp(`${key}_FILE: found a file, expected nothing, since ${key} is set`));
    const { [key]: _, ...others } = values;
    const file = (name: string) => mistakesOf({ ...others, ...beside, [`${key}_FILE`]: name });
    assert.match(
      file(path),
      new RegExp(`^${key}_FILE: found something else, expected a file that holds [^\n]*$`),
    );
    assert.match(
      file(join(folder, 'nowhere')),
      new RegExp(`^${key}_FILE: found .*nowhere, which is not there[^\n]*$`),
    );
    assert.match(
      file(await write('empty', '\n')),
      new RegExp(`^${key}_FILE: found .*, which is empty[^\n]*$`),
    );
    assert.match(file(folder), new RegExp(`^${key}_FILE: found .*, which is not a file`));
    assert.match(file(await write('large', 'x'.repeat(70_000))), /larger than 64 KB/);
    for (const message of [twice, file(path), file('geheim')]) assert.doesNotMatch(message, /geheim/);
  }
});

test('a pipe in place of a secret’s file does not keep the start waiting', () => {
  const path = join(folder, 'pipe');
  assert.equal(spawnSync('mkfifo', [path]).status, 0);
  assert.match(mistakesOf({ REDIS_URL_FILE: path }), /which is not a file/);
});

test('a secret that every user of the machine may read is used, and told', async () => {
  const warnings: string[] = [];
  const read = (env: Record<string, string>) => readConfig(env, '/srv', (line) => warnings.push(line));
  const path = await write('open', values['REDIS_URL']!, 0o644);
  assert.equal(read({ REDIS_URL_FILE: path }).redisUrl, values['REDIS_URL']);
  assert.match(warnings.join('\n'), /^REDIS_URL_FILE: every user .* chmod 600 .*open$/);
  // What counts is the file, not the link to it.
  const link = join(folder, 'link');
  await symlink(await write('shut', values['REDIS_URL']!), link);
  read({ REDIS_URL_FILE: link });
  read({ SETTINGS_FILE: await write('without.env', 'LOG_LEVEL=info', 0o644) });
  assert.equal(warnings.length, 1);
  read({ SETTINGS_FILE: await write('with.env', `REDIS_URL=${values['REDIS_URL']}`, 0o644) });
  assert.match(warnings[1] ?? '', /^SETTINGS_FILE: every user/);
});
