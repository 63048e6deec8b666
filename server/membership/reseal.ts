import { sql } from 'kysely';
import type { ResealedRecord } from '@sprechzimmer/protocol/records.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { lockPractice, newestGeneration } from '../practice/generations.ts';
import { dropOldKeys } from './drop-old-keys.ts';

/**
 * Replaces records by the same ones under the newest key. One that was changed, moved or sealed anew meanwhile is left
 * as it is. With the last one the older keys go.
 * @throws VERSION_CONFLICT when there is a newer key than the records'
 */
export async function reseal(
  { db }: Pick<Context, 'db'>,
  practiceId: string,
  records: ResealedRecord[],
): Promise<{ remaining: number }> {
  return db.transaction().execute(async (transaction) => {
    await lockPractice(transaction, practiceId);
    const newest = await newestGeneration(transaction, practiceId);
    if (records.some(({ generation }) => generation !== newest)) throw refusal('VERSION_CONFLICT');
    const of = (wanted: ResealedRecord['kind']) => records.filter(({ kind }) => kind === wanted);
    await replaceRows(transaction, 'appointment', practiceId, of('appointment'), newest);
    await replaceRows(transaction, 'contact', practiceId, of('contact'), newest);
    const profiles = records.filter(({ kind }) => kind !== 'appointment' && kind !== 'contact');
    await replaceProfiles(transaction, practiceId, profiles, newest);
    return { remaining: await dropOldKeys(transaction, practiceId) };
  });
}

async function replaceRows(
  db: Db,
  table: 'appointment' | 'contact',
  practiceId: string,
  records: ResealedRecord[],
  newest: number,
) {
  if (records.length === 0) return;
  await sql`
    update ${sql.table(table)} as stored set generation = ${newest}, sealed = record.sealed
    from ${asTable(records)}
    where stored.id = record.id and practice_id = ${practiceId}
      and stored.version = record.version and generation = record.from_generation
      and generation < ${newest}`.execute(db);
}

async function replaceProfiles(db: Db, practiceId: string, records: ResealedRecord[], newest: number) {
  if (records.length === 0) return;
  await sql`
    update profile set generation = ${newest}, sealed = record.sealed
    from ${asTable(records)}
    where profile.kind = record.kind and profile.id = record.id and practice_id = ${practiceId}
      and profile.version = record.version and generation = record.from_generation
      and generation < ${newest}`.execute(db);
}

/** One statement for all of them: five thousand records in fifty requests. */
function asTable(records: ResealedRecord[]) {
  return sql`unnest(
      ${records.map(({ kind }) => kind)}::text[],
      ${records.map(({ id }) => id)}::uuid[],
      ${records.map(({ version }) => version)}::integer[],
      ${records.map(({ fromGeneration }) => fromGeneration)}::integer[],
      ${records.map(({ sealed }) => fromWire(sealed))}::bytea[]
    ) as record (kind, id, version, from_generation, sealed)`;
}
