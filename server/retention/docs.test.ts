import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { deletionRules } from '@sprechzimmer/protocol/retention.ts';

const root = join(import.meta.dirname, '..', '..');
const retention = readFileSync(join(root, 'docs', 'retention.md'), 'utf8');
/** The first cell of every line of a table that is code. */
const named = [...retention.matchAll(/^\| `([\w-]+)`\s*\|/gm)].map(([, name]) => name ?? '');

test('docs/retention.md names every table of the database, and no other', () => {
  const schema = readFileSync(join(root, 'server', 'db', 'schema.ts'), 'utf8');
  const tables = /export type Database = \{(.*?)\n\};/s.exec(schema)?.[1] ?? '';
  const inSchema = [...tables.matchAll(/(\w+): \w+;/g)].map(([, table]) => table ?? '');
  assert.ok(inSchema.length > 25);
  const rules: readonly string[] = deletionRules;
  const inDocs = named.filter((name) => !rules.includes(name));
  assert.deepEqual(inDocs.toSorted(), inSchema.toSorted());
});

test('docs/retention.md says what each rule of the deletion log means', () => {
  for (const rule of deletionRules) assert.ok(named.includes(rule), rule);
});

test('the files that docs/retention.md says delete something are there', () => {
  const files = globSync('server/**/*.ts', { cwd: root });
  for (const [, file = ''] of retention.matchAll(/`((?:[\w-]+\/)*[\w-]+\.ts)`/g)) {
    const isThere = files.some(
      (path) => path.endsWith(`/${file}`) || basename(path) === file || path === file,
    );
    assert.ok(isThere, file);
  }
});
