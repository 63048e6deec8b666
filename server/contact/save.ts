import { sql } from 'kysely';
import { maxContacts, type SealedContact } from '@sprechzimmer/protocol/contact.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { checkGeneration } from '../practice/generations.ts';
import { contactExists } from './exists.ts';

/**
 * Keeps a new version of a contact; the first has version 1. Sending the same again is answered like the first time.
 * @param transaction that has locked nothing yet
 * @throws BAD_INPUT when the practice has as many as it may keep; NOT_FOUND; VERSION_CONFLICT when it is not the stored
 *   version's successor, has an old key, or its id is in use
 */
export async function saveContact(
  transaction: Db,
  practiceId: string,
  contact: SealedContact,
): Promise<void> {
  await checkGeneration(transaction, practiceId, contact.generation);
  const row = { ...contact, practice_id: practiceId, sealed: fromWire(contact.sealed) };
  const isSaved = contact.version === 1 ? await insert(transaction, row) : await replace(transaction, row);
  if (isSaved || (await isStored(transaction, row))) return;
  const isNew = contact.version === 1;
  throw refusal(
    isNew || (await contactExists(transaction, practiceId, contact.id)) ? 'VERSION_CONFLICT' : 'NOT_FOUND',
  );
}

type Row = Omit<SealedContact, 'sealed'> & { practice_id: string; sealed: Buffer };

async function insert(transaction: Db, row: Row): Promise<boolean> {
  // Many at once would each see the last place as free.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts ${row.practice_id}`}, 0))`.execute(
    transaction,
  );
  const inserted = await transaction
    .insertInto('contact')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false;
  const { count } = await transaction
    .selectFrom('contact')
    .where('practice_id', '=', row.practice_id)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) > maxContacts) throw refusal('BAD_INPUT');
  return true;
}

async function replace(
  transaction: Db,
  { practice_id, id, version, generation, sealed }: Row,
): Promise<boolean> {
  const updated = await transaction
    .updateTable('contact')
    .set({ version, generation, sealed })
    .where('id', '=', id)
    .where('practice_id', '=', practice_id)
    .where('version', '=', version - 1)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Sealed with a fresh nonce, so equal bytes are the same request, whose answer was lost. */
async function isStored(transaction: Db, row: Row): Promise<boolean> {
  const stored = await transaction
    .selectFrom('contact')
    .where('id', '=', row.id)
    .where('practice_id', '=', row.practice_id)
    .where('version', '=', row.version)
    .where('sealed', '=', row.sealed)
    .select('id')
    .executeTakeFirst();
  return stored !== undefined;
}
