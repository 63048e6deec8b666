import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from './build.ts';

const timeout = 30_000;
const runtimePackage = `node-${process.platform}-${process.arch}`;
const made: string[] = [];
let root: string;

// A repository of its own, with an npm of our own: it writes down how it was called and leaves what npm leaves.
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sprechzimmer-launch-'));
  made.push(root);
  mkdirSync(join(root, 'scripts'));
  cpSync(join(repositoryRoot, 'scripts', 'launch.mjs'), join(root, 'scripts', 'launch.mjs'));
  writeLock(root, 'node_modules/left', 'sha512-1');
  mkdirSync(join(root, 'runtime'));
  writeFileSync(
    join(root, 'runtime', 'package.json'),
    JSON.stringify({ optionalDependencies: { [runtimePackage]: '24.0.0' } }),
  );
  writeLock(join(root, 'runtime'), `node_modules/${runtimePackage}`, 'sha512-2');
  mkdirSync(join(root, 'npm'));
  writeFileSync(join(root, 'npm', 'npm-cli.js'), fakeNpm);
  writeFileSync(join(root, 'entry.ts'), entry);
});
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

const fakeNpm = `
const fs = require('node:fs'), path = require('node:path');
const calls = path.join(__dirname, 'calls');
fs.appendFileSync(calls, JSON.stringify({ cwd: process.cwd(), arguments: process.argv.slice(2), env: process.env }) + '\\n');
if (fs.existsSync(path.join(__dirname, 'fails'))) process.exit(7);
setTimeout(() => {
  const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
  delete packages[''];
  fs.mkdirSync('node_modules', { recursive: true });
  for (const name of Object.keys(packages)) {
    fs.mkdirSync(path.join(name, 'bin'), { recursive: true });
    fs.writeFileSync(path.join(name, 'bin', 'node'), '#!/bin/sh\\necho "fetched: $1, \\$\{PATH%%:*}"\\n', { mode: 0o644 });
  }
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
}, 400);
`;

const entry = `
const [wish] = process.argv.slice(2);
const gone = process.argv[3] ?? '';
process.on('disconnect', () => { require('node:fs').writeFileSync(gone, 'ended'); process.exit(0); });
process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(5); });
console.log(JSON.stringify({ arguments: process.argv.slice(2), path: process.env['PATH'], pid: process.pid }));
if (wish === 'stay') setInterval(() => {}, 1000);
else if (wish === 'abort') process.kill(process.pid, 'SIGKILL');
else process.exit(Number(wish));
`;

test(
  'the first launch installs what the lockfile says, without scripts; the second does not',
  { timeout },
  async () => {
    const first = await launch(['3', 'more']);
    assert.equal(first.code, 3);
    assert.deepEqual(JSON.parse(first.stdout).arguments, ['3', 'more']);
    assert.match(first.stderr, /^Installing/);
    assert.deepEqual(npmCalls()[0]?.arguments.slice(0, 2), ['ci', '--ignore-scripts']);

    const second = await launch(['0']);
    assert.equal(second.code, 0);
    assert.equal(second.stderr, '');
    assert.equal(npmCalls().length, 1);
  },
);

test('a changed lockfile, and packages of another system, are installed anew', { timeout }, async () => {
  await launch(['0']);
  writeLock(root, 'node_modules/left', 'sha512-3');
  await launch(['0']);
  assert.equal(npmCalls().length, 2);
  const record = join(root, 'node_modules', '.package-lock.json');
  writeFileSync(record, readFileSync(record, 'utf8').replace('{"integrity"', '{"os":"aix","integrity"'));
  await launch(['0']);
  assert.equal(npmCalls().length, 3);
});

test('packages of development that were left out on purpose are not fetched', { timeout }, async () => {
  const packages = {
    '': {},
    'node_modules/needed': { integrity: 'sha512-4' },
    'node_modules/builder': { integrity: 'sha512-5', dev: true },
    'node_modules/checker': { integrity: 'sha512-6', dev: true },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  const installed = (names: (keyof typeof packages)[]) =>
    JSON.stringify({ packages: Object.fromEntries(names.map((name) => [name, packages[name]])) });
  mkdirSync(join(root, 'node_modules'));
  const record = join(root, 'node_modules', '.package-lock.json');
  writeFileSync(record, installed(['node_modules/needed']));
  assert.equal((await launch(['0'])).code, 0);
  assert.equal(existsSync(join(root, 'npm', 'calls')), false);
  // One of them without the other is no choice, but an old state.
  writeFileSync(record, installed(['node_modules/needed', 'node_modules/builder']));
  assert.equal((await launch(['0'])).code, 0);
  assert.equal(npmCalls().length, 1);
});

test('two launches at once install once', { timeout }, async () => {
  const [first, second] = await Promise.all([launch(['0']), launch(['0'])]);
  assert.deepEqual([first.code, second.code], [0, 0]);
  assert.equal(npmCalls().length, 1);
});

test('the lock of a launch that was killed is taken over', { timeout }, async () => {
  const lock = join(root, '.build', 'installing-packages');
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, 'pid'), '999999999');
  assert.equal((await launch(['0'])).code, 0);
  assert.equal(existsSync(lock), false);
});

test('a failed install is told, and tried again by the next launch', { timeout }, async () => {
  writeFileSync(join(root, 'npm', 'fails'), '');
  const failed = await launch(['0']);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /npm could not install/);
  assert.equal(existsSync(join(root, '.build', 'installing-packages')), false);
  rmSync(join(root, 'npm', 'fails'));
  assert.equal((await launch(['0'])).code, 0);
});

test(
  'npm is told where to fetch from, and nothing else that a parent npm was told',
  { timeout },
  async () => {
    await launch(['0'], {
      npm_config_registry: 'https://registry.example.org/',
      npm_config_prefix: '/elsewhere',
      npm_config_workspace: 'server',
      NPM_CONFIG_OMIT: 'dev',
      npm_lifecycle_event: 'start',
    });
    const names = Object.keys(npmCalls()[0]!.env).filter((name) => /^npm_/i.test(name));
    assert.deepEqual(names, ['npm_config_registry']);
  },
);

test(
  'an old Node fetches a new one and runs it, with its folder first in the PATH',
  { timeout },
  async () => {
    const { stdout, stderr, code } = await launch(['0'], {}, oldNode);
    assert.equal(code, 0);
    assert.match(stderr, /Fetching Node 24/);
    const folder = join(root, 'runtime', 'node_modules', runtimePackage, 'bin');
    assert.equal(stdout, `fetched: ${join(root, 'entry.ts')}, ${folder}\n`);
  },
);

test('where no newer Node can be fetched, it is said what to install', { timeout }, async () => {
  writeFileSync(join(root, 'runtime', 'package.json'), JSON.stringify({ optionalDependencies: {} }));
  const { stderr, code } = await launch(['0'], {}, oldNode);
  assert.equal(code, 1);
  assert.match(stderr, /Node 24 or newer is needed and this is Node 20\.1\.0.*Please install Node 24/);
});

test('the entry gets a signal once, and its exit code becomes ours', { timeout }, async () => {
  const launched = start(['stay']);
  await once(launched.child.stdout!, 'data');
  launched.child.kill('SIGTERM');
  const { code, stdout } = await launched.ended;
  assert.equal(code, 5);
  assert.equal(stdout.match(/SIGTERM/g)?.length, 1);
});

test('an entry that a signal ended gives 128 and its number', { timeout }, async () => {
  assert.equal((await launch(['abort'])).code, 128 + 9);
});

test('a launcher that is killed takes its entry along', { timeout }, async () => {
  const gone = join(root, 'gone');
  const { child } = start(['stay', gone]);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const { pid } = JSON.parse(line.toString()) as { pid: number };
  child.kill('SIGKILL');
  while (isAlive(pid)) await sleep(20);
  assert.equal(readFileSync(gone, 'utf8'), 'ended');
});

type Launched = {
  child: ChildProcess;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
};

const oldNode = [
  '--import',
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})`,
];

function launch(
  entryArguments: string[],
  env: NodeJS.ProcessEnv = {},
  nodeOptions: string[] = [],
): Launched['ended'] {
  return start(entryArguments, env, nodeOptions).ended;
}

function start(entryArguments: string[], env: NodeJS.ProcessEnv = {}, nodeOptions: string[] = []): Launched {
  const launcher = [...nodeOptions, join(root, 'scripts', 'launch.mjs'), 'entry.ts', ...entryArguments];
  const ours = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const child = spawn(process.execPath, launcher, {
    env: { ...Object.fromEntries(ours), npm_execpath: join(root, 'npm', 'npm-cli.js'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ended };
}

function npmCalls(): { cwd: string; arguments: string[]; env: Record<string, string> }[] {
  const lines = readFileSync(join(root, 'npm', 'calls'), 'utf8')
    .trim()
    .split('\n');
  return lines.map(
    (line) => JSON.parse(line) as { cwd: string; arguments: string[]; env: Record<string, string> },
  );
}

function writeLock(folder: string, name: string, integrity: string): void {
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, [name]: { integrity } } }),
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
