import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { type Account, canReach } from './postgres-account.ts';

/**
 * The folder with `bin`, `lib` and `share` of the npm package for this platform, complete and readable for the account
 * that runs it. Where the package's own folder cannot be so (it lies under /root, or is read-only), a copy under
 * `copiesFolder` is used, named by its version.
 * @throws EmbeddedPostgresError `no-binaries`
 */
export function preparePostgresBinaries(account: Account | undefined, copiesFolder: string): string {
  const native = findPackage();
  if (!account || canReach(account, join(native, 'bin', 'postgres'))) {
    if (hasSymlinks(native)) return native;
    if (isWritable(join(native, 'lib'))) {
      makeSymlinks(native);
      return native;
    }
  }
  return copyBinaries(native, copiesFolder);
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // dist/index.js is the one file that the package exports.
    return join(dirname(dirname(fileURLToPath(import.meta.resolve(name)))), 'native');
  } catch (error) {
    throw new EmbeddedPostgresError(
      'no-binaries',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} here (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

type Symlink = { source: string; target: string };

/** npm packages carry no symbolic links; an install script would make these, and we run none. */
function readSymlinks(native: string): Symlink[] {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Symlink[];
  return list.map(({ source, target }) => ({
    source: basename(source),
    target: join(dirname(native), target),
  }));
}

function hasSymlinks(native: string): boolean {
  return readSymlinks(native).every(({ target }) => existsSync(target));
}

function makeSymlinks(native: string): void {
  for (const { source, target } of readSymlinks(native)) {
    try {
      symlinkSync(source, target);
    } catch (error) {
      // Another server may be doing the same.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function copyBinaries(native: string, copiesFolder: string): string {
  const manifest = readFileSync(join(dirname(native), 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = join(copiesFolder, `postgres-${version}`);
  // The list of links names its targets from the folder above `native`.
  const finished = join(copy, 'native');
  if (existsSync(finished)) return finished;
  mkdirSync(copiesFolder, { recursive: true });
  const fresh = mkdtempSync(`${copy}.new-`);
  cpSync(native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  makeSymlinks(join(fresh, 'native'));
  chmodSync(copiesFolder, 0o755);
  makeReadable(fresh);
  try {
    renameSync(fresh, copy);
  } catch (error) {
    if (!existsSync(finished)) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  return finished;
}

/** For everybody, whatever the umask was when npm unpacked them; nothing in there is secret. */
function makeReadable(path: string): void {
  const { mode } = statSync(path);
  chmodSync(path, mode | (mode & 0o100 ? 0o555 : 0o444));
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) makeReadable(join(path, name));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
