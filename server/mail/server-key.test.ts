import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openServerKey } from './server-key.ts';

test('the key is made once, and nobody else on the machine can read it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-key-'));
  t.after(() => rm(folder, { recursive: true }));
  const key = await openServerKey(folder);
  assert.equal(key.length, 32);
  assert.deepEqual(await openServerKey(folder), key);
  const file = join(folder, 'server-key');
  assert.deepEqual(await readFile(file), key);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test('a damaged key is said, never replaced and never shown', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-key-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'server-key'), 'canary');
  await assert.rejects(openServerKey(folder), (error: Error) => {
    assert.match(error.message, /server-key is damaged/);
    return !error.message.includes('canary');
  });
});
