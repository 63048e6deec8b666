import { entryHash } from '@sprechzimmer/membership/log.ts';
import type { MembershipEntry } from '@sprechzimmer/protocol/membership.ts';
import type { Db } from '../db/database.ts';
import { fromWire, toWire } from '../http/wire-bytes.ts';

/** The practice's whole log, the first entry first. */
export async function readLog(db: Db, practiceId: string): Promise<MembershipEntry[]> {
  const rows = await db
    .selectFrom('membership_entry')
    .where('practice_id', '=', practiceId)
    .orderBy('seq')
    .select(['body', 'device_signature', 'user_signature', 'recovery_signature'])
    .execute();
  return rows.map((row) => ({
    body: row.body,
    deviceSignature: toWire(row.device_signature),
    userSignature: toWire(row.user_signature),
    ...(row.recovery_signature && { recoverySignature: toWire(row.recovery_signature) }),
  }));
}

/** Keeps a checked entry as number `seq`; the table's key lets no second one be that. */
export async function insertEntry(
  db: Db,
  practiceId: string,
  seq: number,
  entry: MembershipEntry,
): Promise<void> {
  await db
    .insertInto('membership_entry')
    .values({
      practice_id: practiceId,
      seq,
      body: entry.body,
      device_signature: fromWire(entry.deviceSignature),
      user_signature: fromWire(entry.userSignature),
      recovery_signature: entry.recoverySignature ? fromWire(entry.recoverySignature) : null,
      hash: Buffer.from(await entryHash(entry)),
    })
    .execute();
}
