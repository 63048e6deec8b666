import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { patienceMs } from './outbox.ts';

/**
 * Gives up what could not be sent for a day, and forgets its content. What was due on the appointment's day is over with
 * it.
 * @returns how many messages
 */
export async function endOverdue(db: Db, moment: Date): Promise<number> {
  const ended = await db
    .updateTable('delivery')
    .set({
      state: sql<string>`case when is_on_day then 'over' else 'refused' end`,
      reason: sql<string>`coalesce(reason, 'unreachable')`,
      changed_at: moment,
      content: null,
    })
    .where('state', '=', 'waiting')
    .where('due_at', '<=', new Date(moment.getTime() - patienceMs))
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}
