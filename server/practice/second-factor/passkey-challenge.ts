import type { Context } from '../../http/context.ts';

type Purpose = 'register' | 'sign-in';
const lifetimeMs = 300_000;

/** Keeps a challenge; an earlier one of the same user and purpose is void. */
export async function keepPasskeyChallenge(
  { db, now }: Pick<Context, 'db' | 'now'>,
  userId: string,
  purpose: Purpose,
  challenge: string,
): Promise<void> {
  const row = { challenge, expires_at: new Date(now().getTime() + lifetimeMs) };
  await db
    .insertInto('passkey_challenge')
    .values({ user_id: userId, purpose, ...row })
    .onConflict((conflict) => conflict.columns(['user_id', 'purpose']).doUpdateSet(row))
    .execute();
}

/** The challenge, which is good only this once. */
export async function takePasskeyChallenge(
  { db, now }: Pick<Context, 'db' | 'now'>,
  userId: string,
  purpose: Purpose,
): Promise<string | undefined> {
  const row = await db
    .deleteFrom('passkey_challenge')
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .returning(['challenge', 'expires_at'])
    .executeTakeFirst();
  return row && row.expires_at > now() ? row.challenge : undefined;
}
