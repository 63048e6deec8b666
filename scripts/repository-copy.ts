import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { repositoryRoot } from './build.ts';

/** Copies our sources, for a test to alter; npm's packages are linked, ours among them lead to the copy. */
export function copyRepository(copy: string): void {
  const copied = [
    'packages',
    'scripts',
    'server',
    'web',
    'tsconfig.json',
    'tsconfig.base.json',
    'package.json',
    'package-lock.json',
  ];
  const filter = (source: string): boolean => !['node_modules', 'dist'].includes(basename(source));
  for (const name of copied)
    cpSync(join(repositoryRoot, name), join(copy, name), { recursive: true, filter });
  const [from, to] = [join(repositoryRoot, 'node_modules'), join(copy, 'node_modules')];
  mkdirSync(join(to, '@sprechzimmer'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== '@sprechzimmer') symlinkSync(join(from, name), join(to, name));
  }
  for (const name of readdirSync(join(from, '@sprechzimmer'))) {
    const ours = relative(repositoryRoot, realpathSync(join(from, '@sprechzimmer', name)));
    symlinkSync(join(copy, ours), join(to, '@sprechzimmer', name));
  }
}
