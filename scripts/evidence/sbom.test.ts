import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { repositoryRoot } from '../build.ts';
import { billOfMaterials, type Lockfile } from './sbom.ts';

const lockfile = JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')) as Lockfile;
const options = { version: '0.1.0', now: new Date('2026-11-28T10:00:00Z') };
const bill = billOfMaterials(lockfile, options);

test('the bill of materials fits the schema of CycloneDX 1.6', { timeout: 60_000 }, async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  assert.equal(await validator.validate(JSON.stringify(bill)), null);
  const wrong = { ...bill, components: [{ type: 'library' }] };
  assert.notEqual(await validator.validate(JSON.stringify(wrong)), null);
});

test('every package of the lockfile is in it, with its hash and licence, and nothing of where it came from', () => {
  const installed = Object.entries(lockfile.packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  );
  const purls = new Set(bill.components.map(({ purl }) => purl));
  assert.ok(installed.length > 250);
  for (const [path, { version }] of installed) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    assert.ok(purls.has(`pkg:npm/${name.replace('@', '%40')}@${version}`), path);
  }
  for (const { hashes, licenses, name } of bill.components) {
    assert.match(hashes[0]?.content ?? '', /^[0-9a-f]{128}$/, name);
    assert.equal(licenses?.length, 1, name);
  }
  const text = JSON.stringify({ ...bill, $schema: '' });
  assert.doesNotMatch(text, /https?:|registry/);
});

test('what only builds and tests is told from what runs', () => {
  const scopeOf = (wanted: string) => bill.components.find(({ name }) => name === wanted)?.scope;
  assert.deepEqual(['fastify', 'vite', 'linux-x64'].map(scopeOf), ['required', 'excluded', 'optional']);
});

test('every need leads to a package that is listed, and the product’s own are among them', () => {
  const refs = new Set([bill.metadata.component['bom-ref'], ...bill.components.map((one) => one['bom-ref'])]);
  for (const { ref, dependsOn } of bill.dependencies)
    for (const needed of [ref, ...dependsOn]) assert.ok(refs.has(needed), needed);
  const own = bill.dependencies[0]?.dependsOn ?? [];
  for (const name of ['fastify', 'preact', 'vite'])
    assert.ok(
      own.some((ref) => ref.startsWith(`pkg:npm/${name}@`)),
      name,
    );
  const fastify = bill.dependencies.find(({ ref }) => ref.startsWith('pkg:npm/fastify@'));
  assert.ok(fastify?.dependsOn.some((ref) => ref.startsWith('pkg:npm/pino@')));
});

test('the same lockfile gives the same bill, and another one another number', () => {
  assert.deepEqual(billOfMaterials(lockfile, options), bill);
  const changed = structuredClone(lockfile);
  changed.packages['node_modules/fastify']!.version = '9.9.9';
  assert.notEqual(billOfMaterials(changed, options).serialNumber, bill.serialNumber);
});
