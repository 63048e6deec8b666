import type { Db } from '../server/db/database.ts';
import { AdminError } from './admin-error.ts';

export type AdminAction =
  | 'backup'
  | 'cap'
  | 'delete'
  | 'limit'
  | 'plan'
  | 'practices'
  | 'restore'
  | 'unlock'
  | 'unlock-second-factor';

/** What the operator did: to which practice or plan, and in a few words without persons. */
export type AdminEntry = {
  action: AdminAction;
  practiceId?: string;
  practiceHash?: Buffer;
  plan?: string;
  details?: string;
};

/** Within the transaction that does it: nothing is done that is not written down. */
export async function writeAdminLog(db: Db, entry: AdminEntry): Promise<void> {
  await db
    .insertInto('admin_log')
    .values({
      at: new Date(),
      action: entry.action,
      practice_id: entry.practiceId ?? null,
      practice_hash: entry.practiceHash ?? null,
      plan: entry.plan ?? null,
      details: entry.details ?? null,
    })
    .execute();
}

const usualLines = 100;

/** @returns the last entries, the newest first, a line each */
export async function listAdminLog(db: Db, wanted = ''): Promise<string> {
  if (wanted !== '' && !/^[1-9]\d{0,5}$/.test(wanted)) {
    throw new AdminError('Please say how many entries, such as: log 500');
  }
  const entries = await db
    .selectFrom('admin_log')
    .orderBy('id', 'desc')
    .limit(wanted === '' ? usualLines : Number(wanted))
    .selectAll()
    .execute();
  if (entries.length === 0) return 'Nothing has been done yet.';
  return entries
    .map((entry) =>
      [
        entry.at.toISOString().slice(0, 19).replace('T', ' '),
        entry.action,
        entry.practice_id && `practice ${entry.practice_id}`,
        entry.practice_hash && `practice deleted since, hash ${entry.practice_hash.toString('hex')}`,
        entry.plan && `plan ${entry.plan}`,
        entry.details,
      ]
        .filter(Boolean)
        .join('  '),
    )
    .join('\n');
}
