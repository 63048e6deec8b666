import assert from 'node:assert/strict';
import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bundle, hashInputs, repositoryRoot, webApps } from './build.ts';
import { copyRepository } from './repository-copy.ts';

let scratch: string;
const timeout = 120_000;

before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sprechzimmer-build-'));
});
after(() => rmSync(scratch, { recursive: true }));

test('the same sources give the same bytes, wherever they lie', { timeout }, async () => {
  const copy = join(scratch, 'elsewhere');
  copyRepository(copy);
  for (const app of webApps) {
    const first = join(scratch, `${app}-first`);
    const second = join(scratch, `${app}-second`);
    const third = join(scratch, `${app}-third`);
    await bundle(repositoryRoot, app, first);
    await bundle(repositoryRoot, app, second);
    await bundle(copy, app, third);
    assert.deepEqual(contents(second), contents(first));
    assert.deepEqual(contents(third), contents(first));
  }
});

test('the built page has nothing inline and pins what it loads', { timeout }, async () => {
  for (const app of webApps) {
    const dist = join(scratch, `${app}-page`);
    await bundle(repositoryRoot, app, dist);
    const html = readFileSync(join(dist, 'index.html'), 'utf8');
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    for (const [tag] of html.matchAll(/<script[^>]*>|<link[^>]*rel="stylesheet"[^>]*>/g)) {
      assert.match(tag, /\sintegrity="sha384-[A-Za-z0-9+/]{64}"/);
    }
    assert.deepEqual(globSync('**/*.map', { cwd: dist }), []);
    assert.ok(contents(dist).every(([, content]) => !content.includes(repositoryRoot)));
  }
});

test('every change that can alter the bundles alters the hash of the inputs, and no other does', () => {
  const copy = join(scratch, 'hashed');
  copyRepository(copy);
  let hash = hashInputs(copy);
  assert.equal(hash, hashInputs(repositoryRoot));
  const changes = [
    () => appendFileSync(join(copy, 'web', 'room', 'main.tsx'), '\n'),
    () => appendFileSync(join(copy, 'packages', 'protocol', 'ids.ts'), '\n'),
    () => appendFileSync(join(copy, 'package-lock.json'), '\n'),
    () => appendFileSync(join(copy, 'tsconfig.base.json'), '\n'),
    () => writeFileSync(join(copy, 'web', 'room', 'new.ts'), ''),
    () => rmSync(join(copy, 'web', 'room', 'new.ts')),
  ];
  for (const change of changes) {
    change();
    const changed = hashInputs(copy);
    assert.notEqual(changed, hash);
    hash = changed;
  }
  writeFileSync(join(copy, 'web', 'room', 'new.test.ts'), '');
  assert.equal(hashInputs(copy), hash);
});

function contents(dist: string): [string, string][] {
  const names = globSync('**/*', { cwd: dist, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).sort();
  assert.ok(paths.length > 2);
  return paths.map((path) => [path.slice(dist.length), readFileSync(path, 'latin1')]);
}
