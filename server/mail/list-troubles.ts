import type { DeliveryTrouble } from '@sprechzimmer/protocol/delivery.ts';
import type { Context } from '../http/context.ts';
import { deliveryColumns, toStored } from './list-deliveries.ts';

const shownDays = 14;
const maxShown = 200;
const dayMs = 86_400_000;

/** The practice's messages that did not arrive, or of which nobody knows, newest first, until somebody has read of them. */
export async function listTroubles(
  { db, now }: Pick<Context, 'db' | 'now'>,
  practiceId: string,
): Promise<DeliveryTrouble[]> {
  const rows = await db
    .selectFrom('delivery')
    .leftJoin('appointment', 'appointment.id', 'delivery.appointment_id')
    .where('delivery.practice_id', '=', practiceId)
    .where('state', 'in', ['refused', 'bounced', 'uncertain', 'over'])
    .where('dismissed_at', 'is', null)
    .where('changed_at', '>', new Date(now().getTime() - shownDays * dayMs))
    .orderBy('changed_at', 'desc')
    .orderBy('delivery.id')
    .limit(maxShown)
    .select(deliveryColumns)
    .select(['appointment_id', 'appointment.day'])
    .execute();
  return rows.map((row) => ({
    ...toStored(row),
    appointmentId: row.appointment_id as DeliveryTrouble['appointmentId'],
    day: row.day,
  }));
}
