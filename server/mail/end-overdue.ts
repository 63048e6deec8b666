import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { leaseMs, patienceMs } from './outbox.ts';

/**
 * Gives up what could not be sent for a day, and forgets its content. What was due on the appointment's day is over with
 * it. What a server has left behind is uncertain, also when none sends that way any more.
 * @returns how many messages
 */
export async function endOverdue(db: Db, moment: Date): Promise<number> {
  const ended = await db
    .updateTable('delivery')
    .set({
      state: sql<string>`case when state = 'sending' then 'uncertain' when is_on_day then 'over' else 'refused' end`,
      reason: sql<string>`case when state = 'sending' then reason else coalesce(reason, 'unreachable') end`,
      changed_at: moment,
      content: null,
    })
    .where('state', 'in', ['waiting', 'sending'])
    .where('due_at', '<=', new Date(moment.getTime() - patienceMs))
    .where('changed_at', '<', new Date(moment.getTime() - leaseMs))
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}
