import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openLogFile } from './log-file.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-log-'));
});
after(() => rm(folder, { recursive: true }));

test('lines are added to what is there, for the owner’s eyes only', async () => {
  const file = join(folder, 'server.log');
  for (const line of ['one\n', 'two\n']) {
    const log = openLogFile(file, assert.fail);
    log.write(line);
    await log.close();
  }
  assert.equal(await readFile(file, 'utf8'), 'one\ntwo\n');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test('a file that has grown large is put aside', async () => {
  const file = join(folder, 'large.log');
  await writeFile(file, Buffer.alloc(10_000_001));
  const log = openLogFile(file, assert.fail);
  log.write('new\n');
  await log.close();
  assert.equal(await readFile(file, 'utf8'), 'new\n');
  assert.equal((await stat(`${file}.1`)).size, 10_000_001);
});

test('what cannot be written is told once, ends nothing, and goes on when it can be', async () => {
  const file = join(folder, 'away', 'server.log');
  const warnings: string[] = [];
  const log = openLogFile(file, (message) => warnings.push(message));
  while (warnings.length === 0) await delay(5);
  log.write('lost\n');
  await mkdir(join(folder, 'away'));
  const deadline = Date.now() + 60_000;
  while (!(await readFile(file, 'utf8').catch(() => '')).includes('found\n')) {
    assert.ok(Date.now() < deadline);
    log.write('found\n');
    await delay(100);
  }
  await log.close();
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!, /server\.log cannot be written: ENOENT/);
});

test('it closes while it cannot be written', async () => {
  const warnings: string[] = [];
  const log = openLogFile(join(folder, 'never', 'server.log'), (message) => warnings.push(message));
  while (warnings.length === 0) await delay(5);
  await log.close();
});
