import type { Db } from '../../db/database.ts';

/** The user's own factors, and how many recovery codes are left. */
export async function listSecondFactors(db: Db, userId: string) {
  const [totp, passkeys, codes] = await Promise.all([
    db
      .selectFrom('totp')
      .where('user_id', '=', userId)
      .where('confirmed_at', 'is not', null)
      .select('user_id')
      .executeTakeFirst(),
    db
      .selectFrom('passkey')
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .select(['id', 'name', 'created_at'])
      .execute(),
    db.selectFrom('recovery_code').where('user_id', '=', userId).select('code_hash').execute(),
  ]);
  return {
    totp: totp !== undefined,
    passkeys: passkeys.map(({ id, name, created_at }) => ({ id, name, createdAt: created_at.toISOString() })),
    recoveryCodesLeft: codes.length,
  };
}
