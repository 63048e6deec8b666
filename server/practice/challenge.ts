import { randomBytes } from 'node:crypto';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { toWire } from '../http/wire-bytes.ts';
import type { PracticeLimits } from './limits.ts';

export const challengeLifetimeMs = 120_000;

/** @throws TOO_MANY_ATTEMPTS */
export async function issueChallenge(
  context: Pick<Context, 'db' | 'now'>,
  limits: PracticeLimits,
  addressKey: string,
): Promise<{ challenge: string }> {
  const verdict = limits.challenge.check(addressKey);
  if (!verdict.allowed) {
    throw refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: verdict.retryAfterSeconds });
  }
  limits.challenge.count(addressKey);
  const challenge = randomBytes(16);
  const expiresAt = new Date(context.now().getTime() + challengeLifetimeMs);
  await context.db.insertInto('sign_in_challenge').values({ challenge, expires_at: expiresAt }).execute();
  return { challenge: toWire(challenge) };
}

/** Whether the challenge was good; from now on it is not. In a transaction it becomes good again by a rollback. */
export async function useChallenge(db: Db, challenge: Buffer, now: Date): Promise<boolean> {
  const deleted = await db
    .deleteFrom('sign_in_challenge')
    .where('challenge', '=', challenge)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return deleted.numDeletedRows === 1n;
}
