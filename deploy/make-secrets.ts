import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The user and group in a container that may read a secret: nobody else may. */
const readers = { server: 10001, database: 999, valkey: 999 };

/**
 * Makes the secrets of compose.yaml, and leaves those that are there: a database keeps the password it was made with.
 * @param folder made if missing, for its owner only
 * @param own whether each file is given to the user who reads it, which only root can do
 * @returns the names of the files it made
 */
export function makeSecrets(folder: string, own: boolean): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const [database, valkey] = [secret(), secret()];
  const sets: Record<string, { text: string; reader: number }>[] = [
    {
      'database-password': { text: database, reader: readers.database },
      'database-url': {
        text: `postgres://sprechzimmer:${database}@database/sprechzimmer`,
        reader: readers.server,
      },
    },
    {
      // Without a password one may ask whether it lives, and nothing else.
      'valkey-acl': {
        text: `user default on nopass resetkeys resetchannels -@all +ping\nuser sprechzimmer on >${valkey} ~* &* +@all -@admin -@dangerous +info +config|get\n`,
        reader: readers.valkey,
      },
      'redis-url': { text: `redis://sprechzimmer:${valkey}@valkey:6379`, reader: readers.server },
    },
    { 'server-key': { text: secret(), reader: readers.server } },
    { 'turn-secret': { text: secret(), reader: readers.server } },
  ];
  return sets.flatMap((set) => {
    const names = Object.keys(set).filter((name) => existsSync(join(folder, name)));
    if (names.length === Object.keys(set).length) return [];
    // A password in one of two files would let nobody in.
    if (names.length > 0)
      throw new Error(`${names.join(', ')} in ${folder} belongs to a file that is not there. Restore it.`);
    for (const [name, { text, reader }] of Object.entries(set)) {
      const file = join(folder, name);
      writeFileSync(file, text, { mode: 0o400, flag: 'wx' });
      if (own) chownSync(file, reader, reader);
    }
    return Object.keys(set);
  });
}

function secret(): string {
  return randomBytes(32).toString('hex');
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new TypeError('make-secrets.ts FOLDER');
  const made = makeSecrets(folder, process.getuid?.() === 0);
  process.stdout.write(
    made.length > 0 ? `Made ${made.join(', ')} in ${folder}.\n` : 'All of them are there.\n',
  );
}
