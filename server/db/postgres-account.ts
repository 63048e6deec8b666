import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** Whom PostgreSQL runs as. It refuses to run as root, so root lends it an account without rights. */
export type Account = { name: string; uid: number; gid: number };

const accountNames = ['sprechzimmer', 'postgres', 'nobody'];

/**
 * The account for `cluster`: nobody else (undefined) unless we are root; the owner of what exists already, because
 * PostgreSQL opens no folder of somebody else's; else the first of `accountNames` that the machine has.
 * @throws EmbeddedPostgresError `no-account`
 */
export function chooseAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = statSync(cluster, { throwIfNoEntry: false });
  if (existing && existing.uid !== 0) {
    return { name: `account ${existing.uid}`, uid: existing.uid, gid: existing.gid };
  }
  for (const name of accountNames) {
    const uid = readId('-u', name);
    const gid = readId('-g', name);
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  throw new EmbeddedPostgresError(
    'no-account',
    `PostgreSQL does not run as root, and this machine has none of the accounts ${accountNames.join(', ')}. ` +
      'Create one (useradd --system sprechzimmer), start as another user, or set DATABASE_URL.',
  );
}

/** Whether the account can enter a folder or run a program: tried, because rights come from more than mode bits. */
export function canReach(account: Account, path: string): boolean {
  const { uid, gid } = account;
  const probe = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], {
    uid,
    gid,
    cwd: '/',
    stdio: 'ignore',
  });
  if (probe.error) {
    throw new EmbeddedPostgresError(
      'no-account',
      `PostgreSQL does not run as root, and root may not become ${account.name} here (${probe.error.message}). ` +
        'Start as another user, or set DATABASE_URL.',
    );
  }
  return probe.status === 0;
}

function readId(flag: '-u' | '-g', name: string): number | undefined {
  try {
    return Number(
      execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
}
