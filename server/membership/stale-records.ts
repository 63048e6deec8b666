import { sql } from 'kysely';
import type { AnyRecord } from '@sprechzimmer/protocol/records.ts';
import { maxRecordsPerRequest } from '@sprechzimmer/protocol/records.ts';
import type { Context } from '../http/context.ts';
import { toWire } from '../http/wire-bytes.ts';
import { newestGeneration } from '../practice/generations.ts';
import { countStale } from '../practice/stale-records.ts';
import { dropOldKeys } from './drop-old-keys.ts';

/** Sealed again, all records of an answer fit into one request. */
const maxSealedBytes = 64_000;

/** Some records that are not sealed with the newest key yet, those of the oldest first, and how many there are. */
export async function staleRecords(
  { db }: Pick<Context, 'db'>,
  practiceId: string,
): Promise<{ records: AnyRecord[]; remaining: number }> {
  const newest = await newestGeneration(db, practiceId);
  const { rows } = await sql<Omit<AnyRecord, 'sealed'> & { sealed: Buffer }>`
    select kind, id, version, generation, sealed from (
      select 'appointment' as kind, id, version, generation, sealed from appointment
        where practice_id = ${practiceId} and generation < ${newest}
      union all
      select 'contact' as kind, id, version, generation, sealed from contact
        where practice_id = ${practiceId} and generation < ${newest}
      union all
      select kind, id, version, generation, sealed from profile
        where practice_id = ${practiceId} and generation < ${newest}
    ) as record
    order by generation, kind, id
    limit ${maxRecordsPerRequest}`.execute(db);
  // The last old record may have been changed or cancelled instead of being sealed again.
  const remaining =
    rows.length > 0
      ? await countStale(db, practiceId, newest)
      : await db.transaction().execute((transaction) => dropOldKeys(transaction, practiceId));
  let bytes = 0;
  const fitting = rows.filter(
    ({ sealed }, index) => (bytes += sealed.length) <= maxSealedBytes || index === 0,
  );
  return { records: fitting.map((row) => ({ ...row, sealed: toWire(row.sealed) })), remaining };
}
