import { refusal } from '../http/errors.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';
import { endSessionsOf } from './end-sessions.ts';

/**
 * Deletes a user; their appointments and invitations go to a practitioner who stays.
 * @throws NOT_FOUND for a successor who is not of the practice, BAD_INPUT for one who holds no consultations
 */
export async function removeUser(change: Change<'remove-user'>): Promise<SecurityEventKind> {
  const { db, practiceId, action, extras, after } = change;
  const { userId } = action;
  const successor = extras.successorId ? after.users.get(extras.successorId) : undefined;
  if (!successor || extras.successorId === undefined) throw refusal('NOT_FOUND');
  if (successor.role !== 'practitioner') throw refusal('BAD_INPUT');
  for (const table of ['appointment', 'invitation'] as const) {
    await db
      .updateTable(table)
      .set({ practitioner_id: extras.successorId })
      .where('practice_id', '=', practiceId)
      .where('practitioner_id', '=', userId)
      .execute();
  }
  await endSessionsOf(db, userId);
  await db
    .deleteFrom('practice_user')
    .where('id', '=', userId)
    .where('practice_id', '=', practiceId)
    .execute();
  await db
    .deleteFrom('profile')
    .where('practice_id', '=', practiceId)
    .where('kind', 'in', ['user', 'user-key', 'picture'])
    .where('id', '=', userId)
    .execute();
  return 'user-removed';
}
