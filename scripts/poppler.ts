import { spawnSync } from 'node:child_process';
import { installDebianPackage } from './debian-package.ts';

/**
 * Finds the programs with which the tests read what was printed, or installs Debian's package where we may.
 * @throws Error that says what to install
 */
export function ensurePoppler(): void {
  if (hasPoppler()) return;
  installDebianPackage('poppler-utils', 'poppler');
  if (!hasPoppler()) {
    throw new Error(
      'The tests read a printed letter with pdftoppm and pdftotext. Please install poppler-utils.',
    );
  }
}

function hasPoppler(): boolean {
  return ['pdftoppm', 'pdftotext'].every((name) => spawnSync(name, ['-v'], { stdio: 'ignore' }).status === 0);
}
