import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { logDeletions } from '../practice/log-deletions.ts';
import { contactExists } from './exists.ts';

/**
 * Deletes a contact as it was last seen.
 * @throws NOT_FOUND, VERSION_CONFLICT
 */
export async function removeContact(
  { db, now }: Pick<Context, 'db' | 'now'>,
  practiceId: string,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const isDeleted = await db.transaction().execute(async (transaction) => {
    const deleted = await transaction
      .deleteFrom('contact')
      .where('id', '=', id)
      .where('practice_id', '=', practiceId)
      .where('version', '=', version)
      .executeTakeFirst();
    const line = { practiceId, kind: 'contact', rule: 'by-practice' } as const;
    await logDeletions(transaction, now(), [{ ...line, count: Number(deleted.numDeletedRows) }]);
    return deleted.numDeletedRows === 1n;
  });
  if (isDeleted) return;
  throw refusal((await contactExists(db, practiceId, id)) ? 'VERSION_CONFLICT' : 'NOT_FOUND');
}
