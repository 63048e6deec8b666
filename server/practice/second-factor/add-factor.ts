import { generateCode, groupCode } from '@sprechzimmer/crypto/code.ts';
import type { Db } from '../../db/database.ts';
import type { Context } from '../../http/context.ts';
import type { SignedIn } from '../authenticate.ts';
import { recordEvent } from '../record-event.ts';
import { hasSecondFactor, recoveryCodeHash } from './use.ts';

const recoveryCodeCount = 10;

/**
 * Adds a factor by `insert` and, if it is the user's first, gives out recovery codes: the only time they are seen.
 * @returns no codes beside an earlier factor
 */
export async function addFactor(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { practiceId, userId, deviceId }: SignedIn,
  insert: (db: Db) => Promise<void>,
): Promise<{ recoveryCodes: string[] }> {
  return db.transaction().execute(async (transaction) => {
    // Two factors confirmed at once come one after the other: only one of them is the first.
    await transaction
      .selectFrom('practice_user')
      .where('id', '=', userId)
      .select('id')
      .forNoKeyUpdate()
      .execute();
    const isFirst = !(await hasSecondFactor(transaction, userId));
    await insert(transaction);
    const kind = 'second-factor-added';
    await recordEvent(transaction, { practiceId, kind, userId, deviceId, at: now() });
    return { recoveryCodes: isFirst ? await giveOutCodes(transaction, userId) : [] };
  });
}

async function giveOutCodes(db: Db, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () => generateCode());
  await db.deleteFrom('recovery_code').where('user_id', '=', userId).execute();
  await db
    .insertInto('recovery_code')
    .values(codes.map((code) => ({ user_id: userId, code_hash: recoveryCodeHash(code) })))
    .execute();
  return codes.map((code) => groupCode(code));
}
