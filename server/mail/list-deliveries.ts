import type { DeliveryTrouble, StoredDelivery } from '@sprechzimmer/protocol/delivery.ts';
import type { Db } from '../db/database.ts';

/** What became of the messages of these appointments, by appointment; the oldest first. */
export async function listDeliveries(
  db: Db,
  practiceId: string,
  appointmentIds: string[],
): Promise<Map<string, StoredDelivery[]>> {
  const byAppointment = new Map<string, StoredDelivery[]>();
  if (appointmentIds.length === 0) return byAppointment;
  const rows = await db
    .selectFrom('delivery')
    .where('practice_id', '=', practiceId)
    .where('appointment_id', 'in', appointmentIds)
    .orderBy('due_at')
    .orderBy('id')
    .select(deliveryColumns)
    .select('appointment_id')
    .execute();
  for (const row of rows) {
    const id = row.appointment_id ?? '';
    byAppointment.set(id, [...(byAppointment.get(id) ?? []), toStored(row)]);
  }
  return byAppointment;
}

export const deliveryColumns = [
  'delivery.id',
  'invitation_id',
  'channel',
  'state',
  'reason',
  'due_at',
  'changed_at',
] as const;

/** A row as the practice is told of it; only this module's own code writes the columns with fixed words. */
export function toStored(row: {
  id: string;
  invitation_id: string | null;
  channel: string;
  state: string;
  reason: string | null;
  due_at: Date;
  changed_at: Date;
}): StoredDelivery {
  return {
    id: row.id as StoredDelivery['id'],
    invitationId: row.invitation_id as StoredDelivery['invitationId'],
    channel: row.channel as StoredDelivery['channel'],
    state: row.state as StoredDelivery['state'],
    reason: row.reason as DeliveryTrouble['reason'],
    dueAt: row.due_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  };
}
