import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { type OperatorsDatabase, openOperatorsDatabase } from '../server/testing/operators-database.ts';
import { newServerProcess, type ServerProcess } from '../deploy/testing/server-process.ts';
import { ensureWebBuilt, repositoryRoot, webApps } from './build.ts';

const timeout = 300_000;
const nobody = { uid: 65_534, gid: 65_534 };

let scratch: string;
let root: string;
/** The one folder where it may write, for what the operator asks for. */
let writable: string;
let node: string;
let database: OperatorsDatabase;
let server: ServerProcess;

// What deploy/Containerfile lays into the image, made the same way: built elsewhere, then without what builds.
before(
  async () => {
    await ensureWebBuilt();
    scratch = mkdtempSync(join(tmpdir(), 'sprechzimmer-production-'));
    chmodSync(scratch, 0o755);
    root = join(scratch, 'sprechzimmer');
    writable = join(scratch, 'writable');
    mkdirSync(writable);
    chmodSync(writable, 0o777);
    copyProduct(root);
    const env = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
    execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline'], {
      cwd: root,
      env: Object.fromEntries(env),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    // Where this Node lies, another user may not come.
    node = join(scratch, 'node');
    copyFileSync(process.execPath, node);
    execFileSync('chmod', ['-R', 'a+rX,a-w', root]);
    database = await openOperatorsDatabase();
    const secret = join(scratch, 'database-url');
    writeFileSync(secret, database.url, { mode: 0o400 });
    if (process.getuid?.() === 0) chownSync(secret, nobody.uid, nobody.gid);
    server = await newServerProcess({
      root,
      node,
      env: { DATABASE_URL_FILE: secret },
      ...(process.getuid?.() === 0 && { user: nobody }),
    });
  },
  { timeout },
);

after(async () => {
  await server?.end('SIGKILL');
  await database?.close();
  spawnSync('chmod', ['-R', 'u+w', scratch]);
  rmSync(scratch, { recursive: true, force: true });
});

test('nothing that builds or tests is installed', () => {
  for (const name of ['vite', 'typescript', 'playwright-core', 'prettier'])
    assert.equal(existsSync(join(root, 'node_modules', name)), false, name);
  assert.ok(existsSync(join(root, 'node_modules', 'fastify')));
});

test(
  'a user without rights starts it from a tree that nobody may write to, and it answers, writes nothing there and ends',
  { timeout },
  async () => {
    await server.start();
    for (const port of [server.practicePort, server.roomPort]) {
      assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
      const page = await fetch(`http://127.0.0.1:${port}/`);
      assert.match(await page.text(), /<script[^>]* integrity="sha384-/);
    }
    const healthy = await runThere('scripts/healthcheck.ts');
    assert.deepEqual([healthy.status, healthy.stderr], [0, '']);
    // The launcher, too, sees that all is there, and neither installs nor locks.
    const launched = await runThere('scripts/launch.mjs', 'scripts/healthcheck.ts');
    assert.deepEqual([launched.status, launched.stderr], [0, '']);
    // The operator's commands work there as well.
    assert.match((await runThere('scripts/launch.mjs', 'scripts/admin.ts', 'check')).stdout, /database/i);
    const made = await runThere(
      'scripts/launch.mjs',
      'scripts/admin.ts',
      'evidence',
      join(writable, 'evidence'),
    );
    assert.deepEqual(made.stderr, '');
    assert.match(made.stdout, /^Wrote 15 files/);
    assert.equal(await server.end('SIGTERM'), 0);
    const { status, stderr } = await runThere('scripts/healthcheck.ts');
    assert.equal(status, 1);
    assert.notEqual(stderr, '');
    const written = execFileSync('find', [root, '-newer', node, '-type', 'f'], { encoding: 'utf8' });
    assert.equal(written, '');
    assert.doesNotMatch(server.output(), /Building|Installing|EACCES|EROFS/);
  },
);

function copyProduct(folder: string): void {
  const parts = ['bin', 'packages', 'server', 'web', 'scripts', 'deploy', 'docs'];
  const files = ['package.json', 'package-lock.json', '.npmrc', 'tsconfig.base.json'];
  // As .dockerignore has it.
  const leftOut = ['server/testing', 'deploy/testing'].map((name) => join(repositoryRoot, name));
  const filter = (source: string): boolean =>
    basename(source) !== 'node_modules' && !source.endsWith('.test.ts') && !leftOut.includes(source);
  for (const name of [...parts, ...files])
    cpSync(join(repositoryRoot, name), join(folder, name), { recursive: true, filter });
  for (const app of webApps) {
    const stamp = join('.build', 'web', `${app}.sha256`);
    mkdirSync(join(folder, '.build', 'web'), { recursive: true });
    copyFileSync(join(repositoryRoot, stamp), join(folder, stamp));
  }
}

async function runThere(...words: string[]) {
  const child = spawn(node, words, {
    cwd: root,
    env: server.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(process.getuid?.() === 0 && nobody),
  });
  // This process passes on what the server says to its database, and must not stand still meanwhile.
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { status: status as number | null, stdout, stderr };
}
