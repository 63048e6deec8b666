import { constants, closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

type SecretFile =
  | { ok: true; text: string; /** Any user of this machine may read it. */ isOpenToAll: boolean }
  | { ok: false; /** What was found, in words. */ found: string };

const largestBytes = 65_536;
const openToOthers = 0o004;

/** Reads a small file of the operator's; a failure is put into words, since it goes into a list of mistakes. */
export function readSecretFile(path: string): SecretFile {
  let file: number | undefined;
  try {
    // A pipe would keep the start waiting for its other end.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { mode, size } = fstatSync(file);
    const isFile = fstatSync(file).isFile();
    if (!isFile) return { ok: false, found: `${path}, which is not a file` };
    if (size > largestBytes) return { ok: false, found: `${path}, which is larger than 64 KB` };
    const text = readFileSync(file, 'utf8');
    return { ok: true, text, isOpenToAll: (mode & openToOthers) !== 0 };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, found: `${path}, which ${reasons[code ?? ''] ?? `cannot be read (${code})`}` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EACCES: 'this user may not read',
  EISDIR: 'is not a file',
};
