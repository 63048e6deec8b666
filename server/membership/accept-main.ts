import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';

/** In this order: a practice never has two main users, not even within a transaction. */
export async function acceptMain({
  db,
  practiceId,
  action,
}: Change<'accept-main'>): Promise<SecurityEventKind> {
  await db
    .updateTable('practice_user')
    .set({ is_main: false })
    .where('practice_id', '=', practiceId)
    .where('is_main', '=', true)
    .execute();
  await db
    .updateTable('practice_user')
    .set({ is_main: true })
    .where('practice_id', '=', practiceId)
    .where('id', '=', action.userId)
    .execute();
  return 'main-changed';
}
