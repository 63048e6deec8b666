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

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whole or not at all, even if the power fails. */
async function makeKey(file: string): Promise<Buffer> {
  const key = randomBytes(keyBytes);
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(key);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  return key;
}
