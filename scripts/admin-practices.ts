import { type Db, sql } from '../server/db/database.ts';
import { deletePractice, hashOfPractice } from '../server/retention/delete-practice.ts';
import { recordEvent } from '../server/practice/record-event.ts';
import { AdminError } from './admin-error.ts';
import { writeAdminLog } from './admin-log.ts';

type PracticeRow = {
  id: string;
  email: string | null;
  plan: string;
  users: number;
  appointments: number;
  createdOn: string;
  signedInOn: string | null;
};

/** @returns one line for each practice, the newest last; their names are sealed, so nobody here knows them */
export async function listPractices(db: Db): Promise<string> {
  const { rows } = await sql<PracticeRow>`
    select practice.id, main.email, practice.plan, practice.created_at::date as "createdOn",
      (select count(*) from practice_user where practice_id = practice.id)::integer as users,
      (select count(*) from appointment where practice_id = practice.id)::integer as appointments,
      (select max(at)::date from security_event
        where practice_id = practice.id and kind in ('registered', 'signed-in', 'session-taken-over')) as "signedInOn"
    from practice left join practice_user as main on main.practice_id = practice.id and main.is_main
    order by practice.created_at, practice.id`.execute(db);
  await writeAdminLog(db, { action: 'practices', details: `${rows.length} listed` });
  if (rows.length === 0) return 'There is no practice yet.';
  return rows
    .map((row) =>
      [
        `${row.id}  ${row.email ?? 'without main user'}  plan ${row.plan}  ${row.users} users`,
        `${row.appointments} appointments  since ${row.createdOn}`,
        row.signedInOn ? `last sign-in ${row.signedInOn}` : 'no sign-in in the last 90 days',
      ].join('  '),
    )
    .join('\n');
}

type User = { id: string; practiceId: string };

export async function findUser(db: Db, email: string): Promise<User> {
  const user = await db
    .selectFrom('practice_user')
    .where('email', '=', email.trim().toLowerCase())
    .select(['id', 'practice_id as practiceId'])
    .executeTakeFirst();
  if (!user) throw new AdminError('No user has this e-mail address.');
  return user;
}

const memoryNote =
  'Failed sign-ins are counted for a quarter of an hour and end by themselves; this command does not reach them.';

/** Ends the user's session, which may be locked or at a device that is out of reach: they can sign in anew. */
export async function unlockUser(db: Db, { id, practiceId }: User): Promise<string> {
  const { numDeletedRows } = await db.deleteFrom('session').where('user_id', '=', id).executeTakeFirst();
  await writeAdminLog(db, { action: 'unlock', practiceId });
  const done =
    numDeletedRows > 0n
      ? 'The user’s session is ended: with the password, at an approved device, they can sign in anew.'
      : 'The user has no session that could be locked.';
  return `${done}\n${memoryNote}`;
}

/** Takes a user's second factor away who has lost it and their recovery codes; the practice sees that it is gone. */
export async function removeSecondFactor(db: Db, user: User): Promise<string> {
  let removed = 0n;
  for (const table of ['totp', 'passkey', 'recovery_code'] as const) {
    const { numDeletedRows } = await db.deleteFrom(table).where('user_id', '=', user.id).executeTakeFirst();
    removed += numDeletedRows;
  }
  if (removed === 0n) throw new AdminError('The user has no second factor.');
  const event = { practiceId: user.practiceId, userId: user.id, deviceId: null, at: new Date() };
  await recordEvent(db, { ...event, kind: 'second-factor-removed' });
  await writeAdminLog(db, { action: 'unlock-second-factor', practiceId: user.practiceId });
  return 'The user’s second factors and recovery codes are gone: password and approved device let them in. The practice sees it under security.';
}

/** With all that belongs to it; the deletion log keeps the numbers. */
export async function deleteWholePractice(db: Db, practiceId: string): Promise<string> {
  await deletePractice(db, practiceId, 'operator');
  await writeAdminLog(db, { action: 'delete', practiceHash: hashOfPractice(practiceId) });
  return 'The practice is deleted. Its address can register anew. Backups that were made before still hold it.';
}
