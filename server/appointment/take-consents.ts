import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { Db } from '../db/database.ts';
import { fromWire } from '../http/wire-bytes.ts';

/** The very answers that the practice has seen are taken; one that came meanwhile is shown again. */
export async function takeConsents(
  transaction: Db,
  { id, takenConsents }: Pick<AppointmentInput, 'id' | 'takenConsents'>,
): Promise<void> {
  if (takenConsents.length === 0) return;
  await transaction
    .updateTable('consent')
    .set({ is_taken: true })
    .where('appointment_id', '=', id)
    .where('sealed', 'in', takenConsents.map(fromWire))
    .execute();
}
