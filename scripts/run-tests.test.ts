import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';

let folder: string;
const made: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sprechzimmer-tests-'));
  made.push(folder);
});
after(() => {
  for (const one of made) rmSync(one, { recursive: true });
});

const head = `import { test } from 'node:test';\n`;

test('tests that pass and fail are counted over all files', () => {
  writeFileSync(
    join(folder, 'a.test.ts'),
    `${head}test('one', () => {}); test('two', () => { throw new Error('no'); });`,
  );
  writeFileSync(join(folder, 'b.test.ts'), `${head}test('three', () => {});`);
  assert.deepEqual(tally(), { passed: 2, failed: 1 });
});

test('a file that does not load counts as a failure', () => {
  writeFileSync(join(folder, 'a.test.ts'), `${head}test('one', () => {});`);
  writeFileSync(join(folder, 'b.test.ts'), `import './missing.ts';`);
  assert.deepEqual(tally(), { passed: 1, failed: 1 });
});

test('a test that is cut off counts as a failure', () => {
  writeFileSync(
    join(folder, 'a.test.ts'),
    `${head}test('one', { timeout: 50 }, () => new Promise(() => setTimeout(() => {}, 300)));`,
  );
  assert.deepEqual(tally(), { passed: 0, failed: 1 });
});

test('no test at all is a failure', () => {
  assert.deepEqual(tally(), { passed: 0, failed: 1 });
});

test('a file that does not come to its end is ended, and counts as a failure', () => {
  writeFileSync(join(folder, 'a.test.ts'), `${head}test('one', () => {}); setInterval(() => {}, 1_000);`);
  assert.deepEqual(tally(2_000), { passed: 1, failed: 1 });
});

/** In a process of its own: a test runner does not run inside another. */
function tally(fileLimitMs = 30_000): unknown {
  const program =
    `import { runTests } from ${JSON.stringify(join(import.meta.dirname, 'run-tests.ts'))};` +
    `const tally = await runTests(['*.test.ts'], 2, new AbortController().signal, ${JSON.stringify(folder)}, ${fileLimitMs});` +
    `console.log('\\n' + JSON.stringify(tally));`;
  writeFileSync(join(folder, 'tally.ts'), program);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'tally.ts')], {
    encoding: 'utf8',
    env,
    timeout: 30_000,
  });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  assert.match(last, /^\{/, stderr);
  return JSON.parse(last);
}
