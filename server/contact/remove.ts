import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { contactExists } from './exists.ts';

/**
 * Deletes a contact as it was last seen.
 * @throws NOT_FOUND, VERSION_CONFLICT
 */
export async function removeContact(
  db: Db,
  practiceId: string,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const deleted = await db
    .deleteFrom('contact')
    .where('id', '=', id)
    .where('practice_id', '=', practiceId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (deleted.numDeletedRows === 1n) return;
  throw refusal((await contactExists(db, practiceId, id)) ? 'VERSION_CONFLICT' : 'NOT_FOUND');
}
