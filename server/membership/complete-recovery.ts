import { follow, verifyLog } from '@sprechzimmer/membership/log.ts';
import { MembershipError } from '@sprechzimmer/membership/membership-error.ts';
import type { MembershipBody, MembershipEntry } from '@sprechzimmer/protocol/membership.ts';
import type { KeyWrap, RecoverySheet, SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { sendRecoveryNotice } from '../mail/send-recovery-notice.ts';
import { liveGenerations, lockPractice } from '../practice/generations.ts';
import { insertWraps, isEachWrap } from '../practice/key-wraps.ts';
import type { PracticeLimits } from '../practice/limits.ts';
import { insertEntry, readLog } from '../practice/membership-log.ts';
import { insertProfiles } from '../practice/profiles.ts';
import { recordEvent } from '../practice/record-event.ts';
import { startSession } from '../practice/session.ts';
import { isUniqueViolation } from '../practice/unique-violation.ts';
import { insertDevice } from './approve-device.ts';
import type { Action } from './change.ts';
import { checkPlace, readBody } from './entry-checks.ts';
import { checkProfile } from './extras.ts';
import { checkRecoveryProof, type RecoveryProof, sheetHash } from './recovery-proof.ts';
import { replaceSheet } from './renew-recovery.ts';

type Completion = RecoveryProof & {
  entry: MembershipEntry;
  wraps: KeyWrap[];
  recovery: RecoverySheet;
  profiles: SealedProfile[];
};
type RecoverBody = MembershipBody & { action: Action<'recover'> };

/**
 * Makes a new device the practice's only one, ends all sessions and the old recovery sheet, and signs the main user in.
 * Should the answer be lost, the device can sign in like any other.
 * All users are told by e-mail.
 * @returns the session's cookie
 * @throws SIGN_IN_REFUSED, TOO_MANY_ATTEMPTS, BAD_INPUT, FORBIDDEN for an entry that the sheet or the user did not sign,
 *   ALREADY_REGISTERED, VERSION_CONFLICT when the log has grown meanwhile
 */
export async function completeRecovery(
  context: Pick<Context, 'db' | 'config' | 'now' | 'log'>,
  limits: PracticeLimits,
  input: Completion,
  addressKey: string,
): Promise<string> {
  const body = readBody(input.entry);
  if (!isRecovery(body)) throw refusal('BAD_INPUT');
  const { device } = body.action;
  const account = await checkRecoveryProof(context, limits, { proof: input, device, addressKey });
  const isOwn = body.practiceId === account.practiceId && body.by.userId === account.userId;
  if (!isOwn) throw refusal('FORBIDDEN');
  const { cookie, addresses } = await complete(context, body, input);
  await sendRecoveryNotice(context, addresses);
  return cookie;
}

async function complete(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  body: RecoverBody,
  input: Completion,
): Promise<{ cookie: string; addresses: string[] }> {
  const { practiceId, by } = body;
  try {
    return await context.db.transaction().execute(async (transaction) => {
      await replaceMembers(transaction, body, input, context.now());
      const cookie = await startSession({ ...context, db: transaction }, by);
      return { cookie, addresses: await tellAll(transaction, practiceId, context.now()) };
    });
  } catch (error) {
    if (error instanceof MembershipError) throw refusal('FORBIDDEN');
    throw isUniqueViolation(error) ? refusal('ALREADY_REGISTERED') : error;
  }
}

function isRecovery(body: MembershipBody): body is RecoverBody {
  return body.action.kind === 'recover';
}

async function replaceMembers(db: Db, body: RecoverBody, input: Completion, now: Date): Promise<void> {
  const { practiceId, action, by } = body;
  await lockPractice(db, practiceId);
  await checkSheet(db, practiceId, input.locator);
  const log = await verifyLog(await readLog(db, practiceId), practiceId);
  checkPlace(log, body);
  await follow(log.membership, body, input.entry);
  const { device, generation } = action;
  const generations = [...(await liveGenerations(db, practiceId)), generation];
  if (!isEachWrap(input.wraps, [device.id, 'recovery'], generations)) throw refusal('BAD_INPUT');
  checkProfile(input.profiles, { kind: 'device', id: device.id, generation });

  await removeDevices(db, practiceId);
  await insertDevice(db, practiceId, { ...device, now });
  await insertEntry(db, practiceId, body.seq, input.entry);
  const isToRecovery = ({ to }: KeyWrap) => to === 'recovery';
  await replaceSheet(db, practiceId, input.recovery, input.wraps.filter(isToRecovery));
  const toDevice = input.wraps.filter((wrap) => !isToRecovery(wrap));
  await insertWraps(db, practiceId, toDevice);
  await insertProfiles(db, practiceId, input.profiles);
  const event = { practiceId, userId: by.userId, deviceId: device.id, at: now };
  await recordEvent(db, { ...event, kind: 'recovered' });
}

/** Of two who use one sheet at the same time, the second finds it void. */
async function checkSheet(db: Db, practiceId: string, locator: string): Promise<void> {
  const sheet = await db
    .selectFrom('recovery_sheet')
    .where('practice_id', '=', practiceId)
    .where('locator_hash', '=', sheetHash(locator))
    .select('practice_id')
    .executeTakeFirst();
  if (!sheet) throw refusal('SIGN_IN_REFUSED');
}

/** Sessions, wraps and signatures go with them by the tables' cascade. */
async function removeDevices(db: Db, practiceId: string): Promise<void> {
  await db.deleteFrom('device').where('practice_id', '=', practiceId).execute();
  await db.deleteFrom('device_request').where('practice_id', '=', practiceId).execute();
  await db.deleteFrom('host_ticket').where('practice_id', '=', practiceId).execute();
  await db.deleteFrom('profile').where('practice_id', '=', practiceId).where('kind', '=', 'device').execute();
}

/** Everyone is told at their next sign-in. @returns their addresses */
async function tellAll(db: Db, practiceId: string, now: Date): Promise<string[]> {
  const users = await db
    .updateTable('practice_user')
    .set({ recovered_at: now })
    .where('practice_id', '=', practiceId)
    .returning('email')
    .execute();
  return users.map(({ email }) => email);
}
