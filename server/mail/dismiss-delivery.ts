import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';

/**
 * Somebody at the practice has read what became of the message.
 * @throws NOT_FOUND, also for another practice's
 */
export async function dismissDelivery(
  { db, now }: Pick<Context, 'db' | 'now'>,
  practiceId: string,
  deliveryId: string,
): Promise<void> {
  const updated = await db
    .updateTable('delivery')
    .set({ dismissed_at: now() })
    .where('id', '=', deliveryId)
    .where('practice_id', '=', practiceId)
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) throw refusal('NOT_FOUND');
}
