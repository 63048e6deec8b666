import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../build.ts';
import { accessibilityChecks } from './accessibility.ts';
import { type NamedTest, readAsvs } from './asvs.ts';
import { retentionTests, thirdPartyTests } from './pages.ts';

const asvs = readAsvs(readFileSync(join(repositoryRoot, 'docs', 'asvs.txt'), 'utf8'));

test('every requirement of the two levels has its paragraph, once and in order', () => {
  // As many as ASVS 5.0.0 has.
  assert.equal(asvs.filter(({ level }) => level === 1).length, 70);
  assert.equal(asvs.filter(({ level }) => level === 2).length, 183);
  const places = asvs.map(({ id }) =>
    id
      .slice(1)
      .split('.')
      .reduce((sum, part) => sum * 100 + Number(part), 0),
  );
  assert.deepEqual(
    places,
    [...new Set(places)].sort((a, b) => a - b),
  );
});

test('every test that the evidence names is in its file, word for word', () => {
  const named = [
    ...asvs.flatMap(({ tests }) => tests),
    ...accessibilityChecks.flatMap(({ tests }) => tests),
    ...thirdPartyTests,
    ...retentionTests,
  ];
  assert.ok(named.length > 150);
  assert.deepEqual(
    named.filter((one) => !isThere(one)).map(({ file, name }) => `${file}: ${name}`),
    [],
  );
  assert.equal(isThere({ file: 'server/api.test.ts', name: 'everything is well' }), false);
});

test('no test that is named is one that does not run', () => {
  const files = new Set(asvs.flatMap(({ tests }) => tests.map(({ file }) => file)));
  for (const file of files)
    assert.doesNotMatch(
      readFileSync(join(repositoryRoot, file), 'utf8'),
      /\b(skip|todo|only): true|\.(skip|todo)\(/,
      file,
    );
});

test('a paragraph that cannot be read is quoted', () => {
  for (const wrong of [
    'V1.1 1 erfüllt\nSo.',
    'V1.1.1 3 erfüllt\nSo.',
    'V1.1.1 1 gut\nSo.',
    'V1.1.1 1 erfüllt',
    'V1.1.1 1 erfüllt\nSo.\nTest: a.ts: b',
  ])
    assert.throws(() => readAsvs(wrong), /V1\.1/);
});

/** The names of the tests of each file, as they are written there. */
const names = new Map<string, Set<string>>();

function isThere({ file, name }: NamedTest): boolean {
  if (names.size === 0) {
    const pattern = /\btest\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`]*)`)/g;
    const files = globSync('{packages,server,web,scripts,deploy,e2e}/**/*.test.ts', {
      cwd: repositoryRoot,
      exclude: (path) => path === 'node_modules' || path === 'dist',
    });
    for (const path of files) {
      const source = readFileSync(join(repositoryRoot, path), 'utf8');
      const found = [...source.matchAll(pattern)].map(
        ([, single, double, back]) => single ?? double ?? back ?? '',
      );
      names.set(path, new Set(found.map((text) => text.replaceAll("\\'", "'"))));
    }
  }
  return names.get(file)?.has(name) ?? false;
}
