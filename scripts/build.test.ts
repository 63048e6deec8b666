import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readAssets } from '../server/http/assets.ts';
import { createManifest, manifestText } from '../server/http/web-manifest.ts';
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

/** Another day, another time zone, other languages, other names of folders and programs. */
const elsewhere = `
  const { Date: Now } = globalThis;
  const aheadMs = 400 * 86_400_000;
  globalThis.Date = class extends Now {
    constructor(...words) { super(...(words.length > 0 ? words : [Now.now() + aheadMs])); }
    static now() { return Now.now() + aheadMs; }
  };`;

test(
  'the same sources give the same bytes and the same manifest, whenever and for whom',
  { timeout },
  async () => {
    for (const app of webApps) {
      const [here, there] = [join(scratch, `${app}-here`), join(scratch, `${app}-there`)];
      await bundle(repositoryRoot, app, here);
      const program = `
      const { bundle } = await import(${JSON.stringify(join(import.meta.dirname, 'build.ts'))});
      await bundle(${JSON.stringify(repositoryRoot)}, ${JSON.stringify(app)}, ${JSON.stringify(there)});`;
      const flags = ['--import', `data:text/javascript,${encodeURIComponent(elsewhere)}`];
      const { status, stderr } = spawnSync(
        process.execPath,
        [...flags, '--input-type=module', '--eval', program],
        {
          cwd: scratch,
          encoding: 'utf8',
          env: {
            ...process.env,
            TZ: 'Pacific/Kiritimati',
            LC_ALL: 'tr_TR.UTF-8',
            NODE_ENV: 'development',
            USER: 'x',
          },
        },
      );
      assert.equal(status, 0, stderr);
      assert.deepEqual(contents(there), contents(here));
      const [first, second] = await Promise.all(
        [here, there].map(async (folder) =>
          manifestText(await createManifest(app, await readAssets(folder))),
        ),
      );
      assert.equal(second, first);
    }
  },
);

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
