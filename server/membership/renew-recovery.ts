import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import type { KeyWrap, RecoverySheet } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { liveGenerations } from '../practice/generations.ts';
import { insertWraps, isEachWrap } from '../practice/key-wraps.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import type { Change } from './change.ts';

/** A new recovery sheet; the old one opens nothing any more. @throws BAD_INPUT */
export async function renewRecovery(change: Change<MembershipAction['kind']>): Promise<SecurityEventKind> {
  const { db, practiceId, extras } = change;
  const generations = await liveGenerations(db, practiceId);
  if (!extras.recovery || !isEachWrap(extras.wraps, ['recovery'], generations)) throw refusal('BAD_INPUT');
  await replaceSheet(db, practiceId, extras.recovery, extras.wraps);
  return 'recovery-renewed';
}

/** @param wraps to 'recovery'; those there were go */
export async function replaceSheet(
  db: Db,
  practiceId: string,
  sheet: RecoverySheet,
  wraps: KeyWrap[],
): Promise<void> {
  await db
    .updateTable('recovery_sheet')
    .set({ locator_hash: fromWire(sheet.locatorHash), sealed_keys: fromWire(sheet.sealedKeys) })
    .where('practice_id', '=', practiceId)
    .execute();
  await db.deleteFrom('recovery_key_wrap').where('practice_id', '=', practiceId).execute();
  await insertWraps(db, practiceId, wraps);
}
