import { generateKeyPairSync } from 'node:crypto';
import { verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import { type SignIn, signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { useChallenge } from './challenge.ts';
import type { PracticeLimits } from './limits.ts';
import { inPasswordSlot, verifyPassword } from './password.ts';
import { startSession } from './session.ts';

type Account = { userId: string; passwordHash: string; signKey: Buffer | null };
type Counter = { limit: RateLimit; key: string };

/** Signatures are checked against this key where there is no device's, so that it takes the same time. */
const keyOfNobody = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  type: 'spki',
  format: 'der',
});

/**
 * Signs a user in at one of the practice's devices. Whatever is wrong, answer and duration are the same.
 * @returns the session's cookie
 * @throws SIGN_IN_REFUSED, TOO_MANY_ATTEMPTS
 */
export async function signIn(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  limits: PracticeLimits,
  input: SignIn,
  addressKey: string,
): Promise<string> {
  const email = input.email.trim().toLowerCase();
  const counters: Counter[] = [
    { limit: limits.address, key: addressKey },
    { limit: limits.accountAndAddress, key: `${email} ${addressKey}` },
  ];
  refuseWhereExhausted(counters);

  const isFresh = await useChallenge(context.db, fromWire(input.challenge), context.now());
  const account = await findAccount(context.db, email, input.deviceId);
  const proof = signInProof('sign-in', email, input.deviceId, input.challenge);
  const key = new Uint8Array(account?.signKey ?? keyOfNobody);
  const isDevice = (await verifyText(key, proof, fromWire(input.signature))) && isFresh;
  // A proven device counts for itself: strangers who guess cannot lock the practice out of its own devices.
  counters.push({ limit: limits.account, key: isDevice ? `device ${input.deviceId}` : `account ${email}` });

  const isRight = await inPasswordSlot(async () => {
    // Asked again within the slot: guesses sent at once must not pass the limit together.
    refuseWhereExhausted(counters);
    const isPassword = await verifyPassword(account?.passwordHash, input.password);
    if (isPassword && isDevice) return true;
    for (const { limit, key } of counters) limit.count(key);
    return false;
  });
  if (!isRight || !account) throw refusal('SIGN_IN_REFUSED');
  limits.accountAndAddress.clear(`${email} ${addressKey}`);
  return startSession(context, { userId: account.userId, deviceId: input.deviceId });
}

function refuseWhereExhausted(counters: Counter[]): void {
  const retryAfterSeconds = Math.max(...counters.map(({ limit, key }) => limit.check(key).retryAfterSeconds));
  if (retryAfterSeconds > 0) throw refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
}

/** The account, with the device's key only if the device is of the same practice. */
async function findAccount(db: Db, email: string, deviceId: string): Promise<Account | undefined> {
  return db
    .selectFrom('practice_user')
    .leftJoin('device', (join) =>
      join.onRef('device.practice_id', '=', 'practice_user.practice_id').on('device.id', '=', deviceId),
    )
    .where('practice_user.email', '=', email)
    .select(['practice_user.id as userId', 'password_hash as passwordHash', 'sign_key as signKey'])
    .executeTakeFirst();
}
