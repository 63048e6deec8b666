import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { closeCodes, practiceErrors, refusalCodes } from '@sprechzimmer/protocol/errors.ts';
import { describeError, isRefusal, refusal } from './errors.ts';

/** The rows of each table in `docs/errors.md`, by the heading above it. */
let tables: Map<string, string[][]>;

before(async () => {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'errors.md'), 'utf8');
  tables = new Map(
    text.split(/^## /m).map((section) => {
      const lines = section.split('\n');
      const rows = lines.filter((line) => line.startsWith('| ')).slice(2);
      return [
        lines[0] ?? '',
        rows.map((row) =>
          row
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ),
      ];
    }),
  );
});

function rowsOf(heading: string): string[][] {
  const rows = tables.get(heading) ?? [];
  for (const row of rows) {
    for (const cell of row) assert.ok(cell.length > 2, `an empty cell in ${heading}: ${row.join(' | ')}`);
  }
  return rows;
}

test('docs/errors.md lists every code of the practice API with its status, and no other', () => {
  const listed = rowsOf('Practice API').map(([code, status]) => `${code} ${status}`);
  const codes = Object.entries(practiceErrors).map(([code, { status }]) => `\`${code}\` ${status}`);
  assert.deepEqual(listed.sort(), codes.sort());
});

test('docs/errors.md lists every refusal of the waiting room, and no other', () => {
  const listed = rowsOf('Waiting room: refusals').map(([code]) => String(code));
  assert.deepEqual(listed.sort(), refusalCodes.map((code) => `\`${code}\``).sort());
});

test('docs/errors.md lists every close code with its name, and no other', () => {
  const listed = rowsOf('Waiting room: close codes').map(([code, name]) => `${code} ${name}`);
  const codes = Object.entries(closeCodes).map(([name, code]) => `${code} \`${name}\``);
  assert.deepEqual(listed.sort(), codes.sort());
});

test('a refusal carries code, status and message of the contract', () => {
  const error = refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 3 });
  assert.ok(isRefusal(error));
  assert.deepEqual(error.toJSON(), {
    defined: true,
    code: 'TOO_MANY_ATTEMPTS',
    status: 429,
    message: 'Too many attempts.',
    data: { retryAfterSeconds: 3 },
  });
  assert.equal(isRefusal(new Error('BAD_INPUT')), false);
});

test('what is logged of an error holds its place and never its message', () => {
  const error = Object.assign(new Error('Key (email)=(frau.muster@example.org)\nexists'), { code: '23505' });
  const described = describeError(error);
  assert.equal(described.code, '23505');
  assert.match(described.at[0] ?? '', /^at .*errors\.test\.ts/);
  assert.doesNotMatch(JSON.stringify(described), /muster|exists/);
  assert.deepEqual(describeError('frau.muster'), { name: 'string', at: [] });
});
