import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { repositoryRoot } from '../scripts/build.ts';
import { readConfig } from '../server/http/config.ts';
import { knownSettings } from './testing/known-settings.ts';

const folder = join(import.meta.dirname, 'debian');
const server = readFileSync(join(folder, 'sprechzimmer@.service'), 'utf8');
const backup = readFileSync(join(folder, 'sprechzimmer-backup.service'), 'utf8');
let scratch: string;

// As they would be installed; the programs they name are not on this machine.
before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sprechzimmer-units-'));
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(service|timer|conf)$/.test(name)) continue;
    const installed = join(scratch, name.replace('@.', '@1.'));
    mkdirSync(dirname(installed), { recursive: true });
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(
      installed,
      text.replaceAll(/\/usr\/local\/bin\/node|\/opt\/sprechzimmer\/bin\/sprechzimmer/g, '/bin/true'),
    );
  }
});
after(() => rmSync(scratch, { recursive: true }));

test('systemd finds no fault in the units', { timeout: 60_000 }, () => {
  const units = readdirSync(scratch).filter((name) => /\.(service|timer)$/.test(name));
  assert.equal(units.length, 3);
  assert.deepEqual(verify(units), { status: 0, stderr: '' });
  writeFileSync(join(scratch, 'wrong.service'), '[Service]\nExecStart=/bin/true\nRestartt=always\n');
  assert.match(verify(['wrong.service']).stderr, /Restartt/);
});

test('the drop-in for coturn, laid onto a service, has no fault either', { timeout: 60_000 }, () => {
  const dropIn = readFileSync(join(scratch, 'coturn.service.d', 'sprechzimmer.conf'), 'utf8');
  writeFileSync(join(scratch, 'relay.service'), `[Service]\nExecStart=/bin/true\n${dropIn}`);
  assert.deepEqual(verify(['relay.service']), { status: 0, stderr: '' });
});

test('what a service is exposed to is little by systemd’s own measure', { timeout: 60_000 }, () => {
  for (const unit of ['sprechzimmer@1.service', 'sprechzimmer-backup.service']) {
    // Of 100, in tenths of what it prints; a service without any of it has 96.
    execFileSync('systemd-analyze', ['security', '--offline=true', '--threshold=15', join(scratch, unit)], {
      stdio: 'ignore',
    });
  }
});

test('the server runs as a user without rights who can write nothing', () => {
  for (const line of [
    'User=sprechzimmer',
    'ProtectSystem=strict',
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=',
  ])
    assert.ok(server.split('\n').includes(line), line);
  assert.doesNotMatch(server, /ReadWritePaths|StateDirectory/);
});

test('each of several servers has ports of its own, and the proxy of the instructions names them', () => {
  const ports = (of: number) =>
    [...server.matchAll(/^Environment=\w+_PORT=(.*)$/gm)].map(([, port]) =>
      Number(port!.replace('%i', String(of))),
    );
  assert.deepEqual(
    [ports(1), ports(2)],
    [
      [7310, 7311],
      [7320, 7321],
    ],
  );
  const instructions = readFileSync(join(folder, 'README.md'), 'utf8');
  for (const [practice, room] of [ports(1), ports(2)]) {
    assert.match(instructions, new RegExp(`PRACTICE_SERVERS=.*127\\.0\\.0\\.1:${practice}`));
    assert.match(instructions, new RegExp(`ROOM_SERVERS=.*127\\.0\\.0\\.1:${room}`));
  }
});

test('settings, programs and files that units and instructions name are there', () => {
  const known = knownSettings().add('NODE_ENV');
  for (const text of [server, backup])
    for (const [, key] of text.matchAll(/^Environment=(\w+)=/gm)) assert.ok(known.has(key!), key);
  assert.match(server, /^ExecStart=\/usr\/local\/bin\/node scripts\/start\.ts$/m);
  assert.ok(existsSync(join(repositoryRoot, 'scripts', 'start.ts')));
  assert.ok(existsSync(join(repositoryRoot, 'bin', 'sprechzimmer')));
  const instructions = readFileSync(join(folder, 'README.md'), 'utf8');
  for (const [, name] of instructions.matchAll(/\/opt\/sprechzimmer\/(deploy\/[\w@./-]+)/g))
    assert.ok(existsSync(join(repositoryRoot, name!)), name);
});

test('the settings that the instructions write down are right', () => {
  const instructions = readFileSync(join(folder, 'README.md'), 'utf8');
  const [, written = ''] = /sprechzimmer\.env <<.END.\n([\s\S]*?)\n *END\n/.exec(instructions) ?? [];
  const settings = Object.fromEntries(
    written.split('\n').map((line) => line.trim().split(/=(.*)/s).slice(0, 2)),
  );
  const known = knownSettings();
  for (const key of Object.keys(settings)) assert.ok(known.has(key), key);
  const secrets = { TURN_SECRET: 'a'.repeat(64), SERVER_KEY: 'b'.repeat(64) };
  const files = Object.keys(secrets).map((key) => [`${key}_FILE`, '']);
  const config = readConfig({ ...settings, ...Object.fromEntries(files), ...secrets }, repositoryRoot);
  assert.ok(
    config.databaseUrl?.includes('/run/postgresql') && config.redisUrl && config.relay && config.trustProxy,
  );
  assert.match(instructions, new RegExp(`install -d -m 750 -g sprechzimmer .*${config.pagesDir}$`, 'm'));
});

function verify(units: string[]): { status: number | null; stderr: string } {
  const paths = units.map((name) => join(scratch, name));
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], {
    encoding: 'utf8',
  });
  return { status, stderr };
}
