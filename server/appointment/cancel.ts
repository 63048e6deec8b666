import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { exists } from './exists.ts';

/**
 * Deletes the appointment and, by the tables' cascade, its invitations: its codes are unknown from now on.
 * @throws NOT_FOUND, VERSION_CONFLICT
 */
export async function cancelAppointment(
  db: Db,
  practiceId: string,
  input: { id: string; version: number },
): Promise<void> {
  const deleted = await db
    .deleteFrom('appointment')
    .where('id', '=', input.id)
    .where('practice_id', '=', practiceId)
    .where('version', '=', input.version)
    .executeTakeFirst();
  if (deleted.numDeletedRows === 1n) return;
  throw refusal((await exists(db, practiceId, input.id)) ? 'VERSION_CONFLICT' : 'NOT_FOUND');
}
