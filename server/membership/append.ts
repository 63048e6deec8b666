import { follow, verifyLog } from '@sprechzimmer/membership/log.ts';
import { MembershipError } from '@sprechzimmer/membership/membership-error.ts';
import type { Membership } from '@sprechzimmer/membership/membership.ts';
import type { MemberChange } from '@sprechzimmer/protocol/member-change.ts';
import type { MembershipAction, MembershipBody } from '@sprechzimmer/protocol/membership.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { lockPractice } from '../practice/generations.ts';
import { insertEntry, readLog } from '../practice/membership-log.ts';
import { recordEvent } from '../practice/record-event.ts';
import { isUniqueViolation } from '../practice/unique-violation.ts';
import { takeEffect } from './effects.ts';
import { checkPlace, readBody } from './entry-checks.ts';
import { checkExtras } from './extras.ts';

/**
 * The one door for every change of a practice's members: appends the entry and does what it says, or neither. The very
 * entry sent again, after a lost answer, is answered like the first time. What is checked here, every client checks for
 * itself once more.
 * @throws BAD_INPUT, FORBIDDEN, NOT_FOUND, PLAN_LIMIT, EMAIL_TAKEN, ALREADY_REGISTERED, EXPIRED;
 *   VERSION_CONFLICT when the log has grown meanwhile
 */
export async function appendToLog(
  context: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  change: MemberChange,
): Promise<void> {
  const body = readBody(change.entry);
  const isOwn =
    body.practiceId === signedIn.practiceId &&
    body.by.userId === signedIn.userId &&
    body.by.deviceId === signedIn.deviceId;
  if (!isOwn) throw refusal('FORBIDDEN');
  try {
    await context.db.transaction().execute((transaction) => append(transaction, body, change, context.now()));
  } catch (error) {
    throw asRefusal(error);
  }
}

async function append(db: Db, body: MembershipBody, change: MemberChange, now: Date): Promise<void> {
  const { practiceId, action, by } = body;
  await lockPractice(db, practiceId);
  const entries = await readLog(db, practiceId);
  const kept = entries[body.seq];
  if (kept?.body === change.entry.body && kept.deviceSignature === change.entry.deviceSignature) return;
  const log = await verifyLog(entries, practiceId);
  checkRights(log.membership, body);
  checkExtras(action.kind, change);
  checkPlace(log, body);
  checkTarget(log.membership, action);
  const after = await follow(log.membership, body, change.entry);
  await insertEntry(db, practiceId, body.seq, change.entry);
  const { entry: _, ...extras } = change;
  const kind = await takeEffect({ db, practiceId, by, now, action, extras, after });
  if (kind) await recordEvent(db, { practiceId, kind, userId: by.userId, deviceId: by.deviceId, at: now });
}

/** All but the main user may do two things, each for themselves. Founding and recovery have doors of their own. */
function checkRights({ mainUserId }: Membership, { action, by }: MembershipBody): void {
  if (action.kind === 'found' || action.kind === 'recover') throw refusal('FORBIDDEN');
  const isForOneself = action.kind === 'activate-user' || action.kind === 'accept-main';
  if (by.userId !== (isForOneself ? action.userId : mainUserId)) throw refusal('FORBIDDEN');
}

/** Whom the action is about belongs to the practice; of others nothing is told. */
function checkTarget({ devices, users }: Membership, action: MembershipAction): void {
  const isKnown =
    (!('deviceId' in action) || devices.has(action.deviceId)) &&
    (!('userId' in action) || action.kind === 'add-user' || users.has(action.userId));
  if (!isKnown) throw refusal('NOT_FOUND');
}

function asRefusal(error: unknown): unknown {
  if (error instanceof MembershipError) {
    return refusal(error.code === 'malformed' ? 'BAD_INPUT' : 'FORBIDDEN');
  }
  if (!isUniqueViolation(error)) return error;
  const isEmail = error.constraint === 'practice_user_email_key';
  return refusal(isEmail ? 'EMAIL_TAKEN' : 'ALREADY_REGISTERED');
}
