import { refusal } from '../http/errors.ts';
import { logDeletions } from '../practice/log-deletions.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';
import { endSessionsOf } from './end-sessions.ts';

/**
 * Deletes a user; their appointments, with invitations and host codes, go to a practitioner who stays. What is left of
 * them is their random id, in the membership log, in counts, and for 90 days in security events.
 * @throws NOT_FOUND for a successor who is not of the practice, BAD_INPUT for one who holds no consultations
 */
export async function removeUser(change: Change<'remove-user'>): Promise<SecurityEventKind> {
  const { db, practiceId, action, extras, after, now } = change;
  const { userId } = action;
  const successor = extras.successorId ? after.users.get(extras.successorId) : undefined;
  if (!successor || extras.successorId === undefined) throw refusal('NOT_FOUND');
  if (successor.role !== 'practitioner') throw refusal('BAD_INPUT');
  for (const table of ['appointment', 'invitation', 'host_code'] as const) {
    await db
      .updateTable(table)
      .set({ practitioner_id: extras.successorId })
      .where('practice_id', '=', practiceId)
      .where('practitioner_id', '=', userId)
      .execute();
  }
  await endSessionsOf(db, userId);
  const deleted = await db
    .deleteFrom('practice_user')
    .where('id', '=', userId)
    .where('practice_id', '=', practiceId)
    .executeTakeFirst();
  const line = { practiceId, kind: 'user', rule: 'by-practice' } as const;
  await logDeletions(db, now, [{ ...line, count: Number(deleted.numDeletedRows) }]);
  await db
    .deleteFrom('profile')
    .where('practice_id', '=', practiceId)
    .where('kind', 'in', ['user', 'user-key', 'picture'])
    .where('id', '=', userId)
    .execute();
  return 'user-removed';
}
