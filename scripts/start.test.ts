import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureWebBuilt, repositoryRoot } from './build.ts';

const timeout = 120_000;
let dataDir: string;
let started: Started[];

beforeEach(async () => {
  await ensureWebBuilt();
  // 0700, as an operator's own folder may be.
  dataDir = mkdtempSync(join(tmpdir(), 'sprechzimmer-start-'));
  started = [];
});

afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

test(
  'npm start prints the two addresses, which answer; SIGTERM to npm ends all of it',
  { timeout },
  async () => {
    const ports = await freePorts();
    const npm = npmStart(ports);
    const lines = await npm.addresses;
    assert.deepEqual(lines, [`practice  http://localhost:${ports[0]}`, `room  http://localhost:${ports[1]}`]);
    for (const line of lines) {
      const response = await fetch(line.split('  ')[1]!);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /<script/);
    }
    const family = descendants(npm.child.pid!);
    // npm, the launcher, the server, PostgreSQL and its own processes.
    assert.ok(family.length >= 4, `only ${family.length} processes`);
    npm.child.kill('SIGTERM');
    assert.equal((await npm.ended).code, 0);
    assert.deepEqual(family.filter(isAlive), []);
    assert.doesNotMatch(readFileSync(join(dataDir, 'postgres.log'), 'utf8'), /not properly shut down/);
  },
);

test(
  'the second start builds nothing, and goes on with the database that is there',
  { timeout },
  async () => {
    const ports = await freePorts();
    const made: number[] = [];
    for (const _ of ['first', 'second']) {
      const npm = npmStart(ports);
      await npm.addresses;
      made.push(statSync(join(dataDir, 'postgres', 'PG_VERSION')).birthtimeMs);
      npm.child.kill('SIGTERM');
      const { stderr } = await npm.ended;
      if (made.length === 2) assert.equal(stderr, '');
    }
    assert.equal(made[0], made[1]);
  },
);

test(
  'asked to end, a server first says that it is not ready, for as long as the settings say, and ends well',
  { timeout },
  async () => {
    const [[practicePort, roomPort], [metricsPort]] = await Promise.all([freePorts(), freePorts()]);
    const npm = npmStart([practicePort, roomPort], { DRAIN_SECONDS: '5', METRICS_PORT: String(metricsPort) });
    await npm.addresses;
    const readyz = async () => (await fetch(`http://localhost:${practicePort}/readyz`)).status;
    assert.equal(await readyz(), 200);
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    assert.match(metrics, /\nsprechzimmer_build_info\{version="[\d.]+",practice="\w+",room="\w+"\} 1\n/);
    npm.child.kill('SIGTERM');
    while ((await readyz()) !== 503) await sleep(50);
    assert.equal((await fetch(`http://localhost:${roomPort}/healthz`)).status, 200);
    assert.equal((await npm.ended).code, 0);
  },
);

test('after the death of the launcher nothing is left running', { timeout }, async () => {
  const npm = npmStart(await freePorts());
  await npm.addresses;
  const family = descendants(npm.child.pid!);
  process.kill(family[0]!, 'SIGKILL');
  await npm.ended;
  while (family.some(isAlive)) await sleep(50);
});

test('a server that was killed is followed by one with the same data', { timeout }, async () => {
  const ports = await freePorts();
  const killed = npmStart(ports);
  await killed.addresses;
  const [launcher, server] = descendants(killed.child.pid!);
  process.kill(server!, 'SIGKILL');
  assert.equal((await killed.ended).code, 137);
  assert.equal(isAlive(launcher!), false);
  const next = npmStart(ports);
  await next.addresses;
  next.child.kill('SIGTERM');
  assert.equal((await next.ended).code, 0);
});

test(
  'a second server on one data folder is refused in one sentence, and the first goes on',
  { timeout },
  async () => {
    const ports = await freePorts();
    await npmStart(ports).addresses;
    const { code, stderr } = await npmStart(await freePorts()).ended;
    assert.equal(code, 1);
    assert.equal(
      explanation(stderr),
      `Another server is using the data folder ${dataDir}. Stop that one, or choose another folder with DATA_DIR.`,
    );
    assert.equal((await fetch(`http://localhost:${ports[0]}`)).status, 200);
  },
);

test(
  'a port that is taken, a wrong setting and a missing database are each told without a stack',
  { timeout },
  async () => {
    const [practicePort, roomPort] = await freePorts();
    const taken = createServer().listen(roomPort, '127.0.0.1');
    await once(taken, 'listening');
    const onTaken = await npmStart([practicePort, roomPort]).ended;
    taken.close();
    assert.equal(onTaken.code, 1);
    assert.match(explanation(onTaken.stderr), new RegExp(`^Port ${roomPort} is taken\\. .*ROOM_PORT`));

    const wrong = await npmStart([practicePort, roomPort], { PRACTICE_ORIGIN: 'praxis' }).ended;
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /PRACTICE_ORIGIN: found "praxis"/);

    const DATABASE_URL = `postgres://nobody:secret@127.0.0.1:${roomPort}/none`;
    const missing = await npmStart([practicePort, roomPort], { DATABASE_URL }).ended;
    assert.equal(missing.code, 1);
    assert.match(
      explanation(missing.stderr),
      /^The database of DATABASE_URL cannot be used \(connect ECONNREFUSED/,
    );
    for (const { stderr } of [onTaken, wrong, missing]) assert.doesNotMatch(stderr, /\n\s+at |secret/);
  },
);

type Started = {
  child: ChildProcess;
  /** The first two lines. */
  addresses: Promise<string[]>;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
};

function npmStart([practicePort, roomPort]: [number, number], env: NodeJS.ProcessEnv = {}): Started {
  const { DATABASE_URL: _, NODE_TEST_CONTEXT: __, ...ours } = process.env;
  const child = spawn('npm', ['start', '--silent'], {
    cwd: repositoryRoot,
    env: {
      ...ours,
      DATA_DIR: dataDir,
      PRACTICE_PORT: String(practicePort),
      ROOM_PORT: String(roomPort),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const addresses = new Promise<string[]>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const lines = stdout.split('\n');
      if (lines.length > 2) resolve(lines.slice(0, -1));
    });
    child.on('exit', () => reject(new Error(`ended before it had started: ${stderr}`)));
  });
  addresses.catch(() => {});
  const one = { child, addresses, ended };
  started.push(one);
  return one;
}

/** What the server says of itself: the lines that npm does not prefix. */
function explanation(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('npm '))
    .join('\n');
}

/** Parents before children. */
function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const family = [pid];
  for (const parent of family)
    family.push(...table.filter(([, of]) => of === parent).map(([child]) => child));
  return family.slice(1);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as { port: number }).port;
    }),
  );
  for (const server of servers) server.close();
  return [ports[0]!, ports[1]!];
}
