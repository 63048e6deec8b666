import type { SecondFactorAnswer } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import { holdPractice } from './hold-practice.ts';
import type { PracticeLimits } from './limits.ts';
import { inPasswordSlot, verifyPassword } from './password.ts';
import { recordEvent } from './record-event.ts';
import { askForSecondFactor } from './second-factor/ask.ts';
import { useSecondFactor } from './second-factor/use.ts';

export type Credentials = {
  email: string;
  password: string;
  /** `skip`: where something stronger stands in its place. */
  secondFactor?: SecondFactorAnswer | 'skip' | undefined;
  addressKey: string;
  /** The practice's device that has proven itself: it counts for itself, so strangers cannot lock it out by guessing. */
  deviceId?: string | undefined;
  /** Whether challenge and signature were right. If not, the answer is that of a wrong password, and as late. */
  isProven: boolean;
};

export type Account = {
  userId: string;
  practiceId: string;
  email: string;
  isMain: boolean;
  passwordHash: string;
};

type Counter = { limit: RateLimit; key: string };
type CredentialsContext = Pick<Context, 'db' | 'config' | 'now'>;

/**
 * Checks a user's password and second factor. Whatever is wrong, answer and duration are the same.
 * @throws SIGN_IN_REFUSED, SECOND_FACTOR_NEEDED, TOO_MANY_ATTEMPTS
 */
export async function checkCredentials(
  context: CredentialsContext,
  limits: PracticeLimits,
  credentials: Credentials,
): Promise<Account> {
  return withCredentials(context, limits, credentials, async (_, account) => account);
}

/**
 * Checks a user's password and second factor and, in the transaction that uses up the factor, does what they are needed
 * for. If that throws, the same factor may be shown once more: a person who is asked something in between needs no other.
 * @throws SIGN_IN_REFUSED, SECOND_FACTOR_NEEDED, TOO_MANY_ATTEMPTS; what `proceed` throws
 */
export async function withCredentials<Result extends {}>(
  context: CredentialsContext,
  limits: PracticeLimits,
  credentials: Credentials,
  proceed: (db: Db, account: Account) => Promise<Result>,
): Promise<Result> {
  const email = credentials.email.trim().toLowerCase();
  const counters = countersFor(limits, email, credentials);
  refuseWhereExhausted(counters);
  const account = await findAccount(context.db, email);
  const result = await inPasswordSlot(async () => {
    // Asked again within the slot: guesses sent at once must not pass the limit together.
    refuseWhereExhausted(counters);
    const isPassword = await verifyPassword(account?.passwordHash, credentials.password);
    if (!account || !isPassword || !credentials.isProven) {
      await refuse(context, counters, account, credentials);
      throw refusal('SIGN_IN_REFUSED');
    }
    const outcome = await inTransaction(context, account, credentials, proceed);
    if (outcome.kind === 'done') return outcome.result;
    if (outcome.kind === 'changed') throw refusal('SIGN_IN_REFUSED');
    if (outcome.kind === 'wrong') await refuse(context, counters, account, credentials);
    throw await askForSecondFactor(context, account.userId, outcome.kind === 'wrong');
  });
  limits.accountAndAddress.clear(`${email} ${credentials.addressKey}`);
  return result;
}

function countersFor(limits: PracticeLimits, email: string, credentials: Credentials): Counter[] {
  const { addressKey, deviceId, isProven } = credentials;
  const account = isProven && deviceId !== undefined ? `device ${deviceId}` : `account ${email}`;
  return [
    { limit: limits.address, key: addressKey },
    { limit: limits.accountAndAddress, key: `${email} ${addressKey}` },
    { limit: limits.account, key: account },
  ];
}

function refuseWhereExhausted(counters: Counter[]): void {
  const retryAfterSeconds = Math.max(...counters.map(({ limit, key }) => limit.check(key).retryAfterSeconds));
  if (retryAfterSeconds > 0) throw refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
}

async function refuse(
  context: CredentialsContext,
  counters: Counter[],
  account: Account | undefined,
  { deviceId, isProven }: Credentials,
): Promise<void> {
  for (const { limit, key } of counters) limit.count(key);
  if (!account) return;
  await recordEvent(context.db, {
    practiceId: account.practiceId,
    kind: 'sign-in-refused',
    userId: account.userId,
    // One that has not proven itself may be named by anybody.
    deviceId: (isProven && deviceId) || null,
    at: context.now(),
  });
}

type Outcome<Result> =
  | { kind: 'done'; result: Result }
  | { kind: 'missing' }
  | { kind: 'wrong' }
  /** Password or state of the user changed while the password was being checked. */
  | { kind: 'changed' };

async function inTransaction<Result>(
  context: CredentialsContext,
  account: Account,
  { secondFactor }: Credentials,
  proceed: (db: Db, account: Account) => Promise<Result>,
): Promise<Outcome<Result>> {
  return context.db.transaction().execute(async (transaction) => {
    await holdPractice(transaction, account.practiceId);
    const isUnchanged = await lockUnchanged(transaction, account);
    if (!isUnchanged) return { kind: 'changed' };
    if (secondFactor !== 'skip') {
      const factor = await useSecondFactor({ ...context, db: transaction }, account.userId, secondFactor);
      if (factor !== 'passed') return { kind: factor };
    }
    return { kind: 'done', result: await proceed(transaction, account) };
  });
}

/** Nobody changes the user's password or state until the transaction ends. */
async function lockUnchanged(db: Db, account: Account): Promise<boolean> {
  const row = await db
    .selectFrom('practice_user')
    .where('id', '=', account.userId)
    .where('state', '=', 'active')
    .where('password_hash', '=', account.passwordHash)
    .select('id')
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Only of users who may sign in at all; the others are like unknown ones. */
async function findAccount(db: Db, email: string): Promise<Account | undefined> {
  const row = await db
    .selectFrom('practice_user')
    .where('email', '=', email)
    .where('state', '=', 'active')
    .select(['id', 'practice_id', 'email', 'is_main', 'password_hash'])
    .executeTakeFirst();
  if (!row?.password_hash) return undefined;
  return {
    userId: row.id,
    practiceId: row.practice_id,
    email: row.email,
    isMain: row.is_main,
    passwordHash: row.password_hash,
  };
}
