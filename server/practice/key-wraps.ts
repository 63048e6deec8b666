import type { KeyWrap } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import { fromWire } from '../http/wire-bytes.ts';

/** Whether `wraps` are exactly each of `generations` to each of `members`. */
export function isEachWrap(wraps: readonly KeyWrap[], members: string[], generations: number[]): boolean {
  const expected = members.flatMap((to) => generations.map((generation) => `${to} ${generation}`));
  const given = new Set(wraps.map(({ to, generation }) => `${to} ${generation}`));
  return wraps.length === expected.length && expected.every((wrap) => given.has(wrap));
}

/** Keeps practice keys wrapped to devices and to the recovery sheet. */
export async function insertWraps(db: Db, practiceId: string, wraps: readonly KeyWrap[]): Promise<void> {
  const toDevices = wraps.filter(({ to }) => to !== 'recovery');
  const toRecovery = wraps.filter(({ to }) => to === 'recovery');
  if (toDevices.length > 0) {
    await db
      .insertInto('practice_key_wrap')
      .values(
        toDevices.map(({ to, generation, wrap }) => ({ device_id: to, generation, wrap: fromWire(wrap) })),
      )
      .execute();
  }
  if (toRecovery.length > 0) {
    await db
      .insertInto('recovery_key_wrap')
      .values(
        toRecovery.map(({ generation, wrap }) => ({
          practice_id: practiceId,
          generation,
          wrap: fromWire(wrap),
        })),
      )
      .execute();
  }
}
