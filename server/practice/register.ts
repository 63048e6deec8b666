import { importAgreeKey, verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import { entryHash, verifyLog } from '@sprechzimmer/membership/log.ts';
import { MembershipError } from '@sprechzimmer/membership/membership-error.ts';
import { type Registration, signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';
import { isTimeZone } from '@sprechzimmer/time/calendar-day.ts';
import { challengeLifetimeMs, useChallenge } from './challenge.ts';
import { insertWraps, isEachWrap } from './key-wraps.ts';
import type { PracticeLimits } from './limits.ts';
import { insertEntry } from './membership-log.ts';
import { checkNewPassword, hashPassword, inPasswordSlot, verifyPassword } from './password.ts';
import { insertProfiles } from './profiles.ts';
import { recordEvent } from './record-event.ts';
import { startSession } from './session.ts';
import { isUniqueViolation } from './unique-violation.ts';

/** A registered practice has exactly one generation of its key. */
const firstGeneration = 1;

/**
 * Creates a practice with its main user and first device, and signs the user in. Sent again with the same ids, keys and
 * password, it is answered like the first time: a lost answer costs nothing.
 * @returns the session's cookie
 * @throws BAD_INPUT, PASSWORD_TOO_SHORT, PASSWORD_BREACHED, SIGN_IN_REFUSED for a proof that does not hold, EMAIL_TAKEN,
 *   ALREADY_REGISTERED, TOO_MANY_ATTEMPTS
 */
export async function register(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  limits: PracticeLimits,
  input: Registration,
  addressKey: string,
): Promise<string> {
  const email = input.email.trim().toLowerCase();
  const { allowed, retryAfterSeconds } = limits.registration.check(addressKey);
  if (!allowed) throw refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
  checkNewPassword(input.password, email);
  await checkInput(input);
  await checkProof(input, email);
  limits.registration.count(addressKey);

  const passwordHash = await inPasswordSlot(() => hashPassword(input.password));
  const outcome = await insertRegistration(context, input, { email, passwordHash });
  if (outcome !== 'registered') await checkRepetition(context, input, { email, outcome });
  return startSession(context, { userId: input.userId, deviceId: input.device.id });
}

async function checkInput(input: Registration): Promise<void> {
  if (!isTimeZone(input.timeZone)) throw refusal('BAD_INPUT');
  if (!isEachWrap(input.wraps, [input.device.id, 'recovery'], [firstGeneration])) throw refusal('BAD_INPUT');
  const ids = {
    practice: input.practiceId,
    user: input.userId,
    device: input.device.id,
    'user-key': input.userId,
  };
  for (const [kind, id] of Object.entries(ids)) {
    const profile = input.profiles.find((candidate) => candidate.kind === kind);
    const isFirst = profile?.version === 1 && profile.generation === firstGeneration;
    if (!isFirst || profile.id !== id) throw refusal('BAD_INPUT');
  }
  try {
    await Promise.all([importAgreeKey(fromWire(input.device.agreeKey)), checkEntry(input)]);
  } catch {
    throw refusal('BAD_INPUT');
  }
}

/** The log begins with this user at this device. @throws MembershipError */
async function checkEntry({ entry, practiceId, userId, device }: Registration): Promise<void> {
  const { membership } = await verifyLog([entry], practiceId);
  const keys = membership.devices.get(device.id)?.keys;
  const isSame = keys?.signKey === device.signKey && keys.agreeKey === device.agreeKey;
  if (!isSame || membership.mainUserId !== userId) throw new MembershipError('malformed');
  await importAgreeKey(fromWire(membership.recovery.agreeKey));
}

/** Before anything costly: the sender holds the device's key. Whether the challenge is fresh, the database says. */
async function checkProof(input: Registration, email: string): Promise<void> {
  const proof = signInProof('register', email, input.device.id, input.challenge);
  const isSigned = await verifyText(fromWire(input.device.signKey), proof, fromWire(input.signature));
  if (!isSigned) throw refusal('SIGN_IN_REFUSED');
}

type Outcome = 'registered' | 'id-or-email-taken' | 'challenge-used';

async function insertRegistration(
  context: Pick<Context, 'db' | 'now'>,
  input: Registration,
  account: { email: string; passwordHash: string },
): Promise<Outcome> {
  try {
    return await context.db.transaction().execute(async (transaction) => {
      const isFresh = await useChallenge(transaction, fromWire(input.challenge), context.now());
      if (!isFresh) return 'challenge-used';
      await insertRows(transaction, input, { ...account, now: context.now() });
      return 'registered';
    });
  } catch (error) {
    if (isUniqueViolation(error)) return 'id-or-email-taken';
    throw error;
  }
}

async function insertRows(
  db: Db,
  input: Registration,
  account: { email: string; passwordHash: string; now: Date },
): Promise<void> {
  const { practiceId, userId, device, recovery } = input;
  const created_at = account.now;
  await db.insertInto('practice').values({ id: practiceId, time_zone: input.timeZone, created_at }).execute();
  await db
    .insertInto('practice_user')
    .values({
      id: userId,
      practice_id: practiceId,
      email: account.email,
      password_hash: account.passwordHash,
      is_main: true,
      created_at,
    })
    .execute();
  await db
    .insertInto('device')
    .values({
      id: device.id,
      practice_id: practiceId,
      sign_key: fromWire(device.signKey),
      agree_key: fromWire(device.agreeKey),
      created_at,
    })
    .execute();
  await insertEntry(db, practiceId, 0, input.entry);
  await insertWraps(db, practiceId, input.wraps);
  await db
    .insertInto('recovery_sheet')
    .values({
      practice_id: practiceId,
      locator_hash: fromWire(recovery.locatorHash),
      sealed_keys: fromWire(recovery.sealedKeys),
    })
    .execute();
  await insertProfiles(db, practiceId, input.profiles);
  await recordEvent(db, {
    practiceId,
    kind: 'registered',
    userId,
    deviceId: device.id,
    at: account.now,
  });
}

/**
 * Passes when `input` is what has been registered. Its challenge may then be the one of the first time, for as long as
 * challenges live: the answer to that one was lost.
 */
async function checkRepetition(
  context: Pick<Context, 'db' | 'now'>,
  input: Registration,
  { email, outcome }: { email: string; outcome: Exclude<Outcome, 'registered'> },
): Promise<void> {
  const earlier = await findEarlier(context.db, input, email);
  const isSame = await inPasswordSlot(() =>
    verifyPassword(earlier?.password_hash ?? undefined, input.password),
  );
  if (earlier && isSame) {
    const ageMs = context.now().getTime() - earlier.created_at.getTime();
    if (ageMs <= challengeLifetimeMs) return;
    if (await useChallenge(context.db, fromWire(input.challenge), context.now())) return;
  }
  if (outcome === 'challenge-used') throw refusal('SIGN_IN_REFUSED');
  const byEmail = await context.db
    .selectFrom('practice_user')
    .where('email', '=', email)
    .where('id', '!=', input.userId)
    .select('id')
    .executeTakeFirst();
  throw refusal(byEmail ? 'EMAIL_TAKEN' : 'ALREADY_REGISTERED');
}

/** The registration with the very same entry, practice key and sheet. */
async function findEarlier(db: Db, input: Registration, email: string) {
  const wrap = input.wraps.find(({ to }) => to === input.device.id)?.wrap ?? '';
  return db
    .selectFrom('practice_user')
    .innerJoin('membership_entry', 'membership_entry.practice_id', 'practice_user.practice_id')
    .innerJoin('device', 'device.practice_id', 'practice_user.practice_id')
    .innerJoin('practice_key_wrap', 'practice_key_wrap.device_id', 'device.id')
    .innerJoin('recovery_sheet', 'recovery_sheet.practice_id', 'practice_user.practice_id')
    .where('practice_user.practice_id', '=', input.practiceId)
    .where('practice_user.id', '=', input.userId)
    .where('email', '=', email)
    .where('device.id', '=', input.device.id)
    .where('membership_entry.seq', '=', 0)
    .where('membership_entry.hash', '=', Buffer.from(await entryHash(input.entry)))
    .where('practice_key_wrap.wrap', '=', fromWire(wrap))
    .where('recovery_sheet.locator_hash', '=', fromWire(input.recovery.locatorHash))
    .select(['password_hash', 'practice_user.created_at'])
    .executeTakeFirst();
}
