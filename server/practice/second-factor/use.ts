import { createHash } from 'node:crypto';
import { readCode } from '@sprechzimmer/crypto/code.ts';
import type { SecondFactorAnswer } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../../db/database.ts';
import type { Context } from '../../http/context.ts';
import { usePasskey } from './passkey-answer.ts';
import { totpStep } from './totp-code.ts';

/**
 * Uses up a second factor; a rollback gives it back.
 * @returns passed also for a user who has none
 */
export async function useSecondFactor(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  userId: string,
  answer: SecondFactorAnswer | undefined,
): Promise<'passed' | 'missing' | 'wrong'> {
  if (!(await hasSecondFactor(context.db, userId))) return 'passed';
  if (!answer) return 'missing';
  return (await isRight(context, userId, answer)) ? 'passed' : 'wrong';
}

/** An authenticator app or a passkey; recovery codes only stand in for these. */
export async function hasSecondFactor(db: Db, userId: string): Promise<boolean> {
  const [totp, passkey] = await Promise.all([
    db
      .selectFrom('totp')
      .where('user_id', '=', userId)
      .where('confirmed_at', 'is not', null)
      .select('user_id')
      .executeTakeFirst(),
    db.selectFrom('passkey').where('user_id', '=', userId).select('id').executeTakeFirst(),
  ]);
  return totp !== undefined || passkey !== undefined;
}

async function isRight(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  userId: string,
  answer: SecondFactorAnswer,
): Promise<boolean> {
  if (answer.kind === 'totp') return useTotp(context, userId, answer.code);
  if (answer.kind === 'passkey') return usePasskey(context, userId, answer.response);
  return useRecoveryCode(context.db, userId, answer.code);
}

/** The column only ever grows, so a code passes once, even when sent twice at the same time. */
async function useTotp(
  { db, now }: Pick<Context, 'db' | 'now'>,
  userId: string,
  code: string,
): Promise<boolean> {
  const totp = await db
    .selectFrom('totp')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .select('secret')
    .executeTakeFirst();
  const step = totp && totpStep(totp.secret, code, now());
  if (step === undefined) return false;
  const updated = await db
    .updateTable('totp')
    .set({ last_used_step: String(step) })
    .where('user_id', '=', userId)
    .where((where) =>
      where.or([where('last_used_step', 'is', null), where('last_used_step', '<', String(step))]),
    )
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

async function useRecoveryCode(db: Db, userId: string, typed: string): Promise<boolean> {
  const reading = readCode(typed);
  if (reading.kind !== 'code') return false;
  const deleted = await db
    .deleteFrom('recovery_code')
    .where('user_id', '=', userId)
    .where('code_hash', '=', recoveryCodeHash(reading.code))
    .executeTakeFirst();
  return deleted.numDeletedRows === 1n;
}

/** A code has 55 random bits, so its hash needs no salt. */
export function recoveryCodeHash(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
