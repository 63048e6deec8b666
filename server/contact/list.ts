import type { ContactId } from '@sprechzimmer/protocol/ids.ts';
import type { Db } from '../db/database.ts';
import { toWire } from '../http/wire-bytes.ts';

const pageSize = 500;

/** The practice's contacts in the order of their ids, sealed as they are; `next` goes on where the page ends. */
export async function listContacts(db: Db, practiceId: string, after: string | null) {
  const rows = await db
    .selectFrom('contact')
    .where('practice_id', '=', practiceId)
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(pageSize + 1)
    .select(['id', 'version', 'generation', 'sealed'])
    .execute();
  const contacts = rows
    .slice(0, pageSize)
    .map((row) => ({ ...row, id: row.id as ContactId, sealed: toWire(row.sealed) }));
  return { contacts, next: rows.length > pageSize ? (contacts.at(-1)?.id ?? null) : null };
}
