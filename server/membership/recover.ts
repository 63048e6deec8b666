import type { DeviceKeys } from '@sprechzimmer/protocol/membership.ts';
import type { RecoveryView } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { toWire } from '../http/wire-bytes.ts';
import type { Account } from '../practice/check-credentials.ts';
import type { PracticeLimits } from '../practice/limits.ts';
import { readLog } from '../practice/membership-log.ts';
import { readProfiles } from '../practice/profiles.ts';
import { checkRecoveryProof, type RecoveryProof } from './recovery-proof.ts';

/**
 * What a new device needs to take the place of all lost ones. Changes nothing yet.
 * @throws SIGN_IN_REFUSED whatever is wrong, TOO_MANY_ATTEMPTS
 */
export async function recover(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  limits: PracticeLimits,
  { device, ...proof }: RecoveryProof & { device: DeviceKeys },
  addressKey: string,
): Promise<RecoveryView> {
  const account = await checkRecoveryProof(context, limits, { proof, device, addressKey });
  return context.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => readView(transaction, account));
}

async function readView(db: Db, { practiceId, userId }: Account): Promise<RecoveryView> {
  const { time_zone, sealed_keys } = await db
    .selectFrom('practice')
    .innerJoin('recovery_sheet', 'recovery_sheet.practice_id', 'practice.id')
    .where('practice.id', '=', practiceId)
    .select(['time_zone', 'sealed_keys'])
    .executeTakeFirstOrThrow();
  const wraps = await db
    .selectFrom('recovery_key_wrap')
    .where('practice_id', '=', practiceId)
    .orderBy('generation')
    .select(['generation', 'wrap'])
    .execute();
  return {
    practiceId: practiceId as RecoveryView['practiceId'],
    userId: userId as RecoveryView['userId'],
    timeZone: time_zone,
    log: await readLog(db, practiceId),
    sealedKeys: toWire(sealed_keys),
    wraps: wraps.map(({ generation, wrap }) => ({ to: 'recovery', generation, wrap: toWire(wrap) })),
    profiles: await readProfiles(db, practiceId),
  };
}
