import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 32;

/**
 * The key that seals what waits to be sent, kept beside the embedded database; made at the first start, readable for
 * the server's own user only.
 * @throws Error when the file is there and holds no key
 */
export async function openServerKey(dataDir: string): Promise<Buffer> {
  const file = join(dataDir, 'server-key');
  const key = await readIfThere(file);
  if (!key) return makeKey(file);
  if (key.length !== keyBytes) {
    throw new Error(
      `${file} is damaged: put it back from a backup, or remove it to lose what waits to be sent`,
    );
  }
  return key;
}

/** @returns undefined when none has been made yet */
export function readServerKey(dataDir: string): Promise<Buffer | undefined> {
  return readIfThere(join(dataDir, 'server-key'));
}

/** From a backup, in place of one that has sealed nothing yet. */
export async function putServerKey(dataDir: string, key: Buffer): Promise<void> {
  await keepKey(join(dataDir, 'server-key'), key);
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeKey(file: string): Promise<Buffer> {
  const key = randomBytes(keyBytes);
  await keepKey(file, key);
  return key;
}

/** Whole or not at all, even if the power fails. */
async function keepKey(file: string, key: Buffer): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(key);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
