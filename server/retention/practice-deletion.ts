import { sql } from 'kysely';
import { deletionGraceDays, type PracticeContents } from '@sprechzimmer/protocol/retention.ts';
import type { SecondFactorAnswer } from '@sprechzimmer/protocol/practice.ts';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { Context } from '../http/context.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { withCredentials } from '../practice/check-credentials.ts';
import type { PracticeLimits } from '../practice/limits.ts';
import { recordEvent } from '../practice/record-event.ts';
import { requireMain } from '../practice/require-main.ts';

const graceMs = deletionGraceDays * 86_400_000;

/**
 * What a practice would lose, in numbers.
 * @throws FORBIDDEN
 */
export async function viewContents(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
): Promise<PracticeContents> {
  requireMain(signedIn);
  const { practiceId, timeZone } = signedIn;
  const today = calendarDayIn(timeZone, now());
  const { rows } = await sql<PracticeContents>`select
    (select count(*) from practice_user where practice_id = ${practiceId})::integer as users,
    (select count(*) from device where practice_id = ${practiceId})::integer as devices,
    (select count(*) from contact where practice_id = ${practiceId})::integer as contacts,
    (select count(*) from appointment where practice_id = ${practiceId})::integer as appointments,
    (select count(*) from appointment where practice_id = ${practiceId} and day >= ${today})::integer
      as "comingAppointments",
    (select coalesce(sum(consultations), 0) from consultation_count where practice_id = ${practiceId})::integer
      as consultations`.execute(db);
  const [contents] = rows;
  if (!contents) throw new Error('an aggregate without a row');
  return contents;
}

/**
 * Has the practice deleted in seven days, unless a main user takes that back. Asked again, the first day stays.
 * @throws FORBIDDEN, SIGN_IN_REFUSED for a wrong password, SECOND_FACTOR_NEEDED, TOO_MANY_ATTEMPTS
 */
export async function requestDeletion(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  limits: PracticeLimits,
  signedIn: SignedIn,
  input: { password: string; secondFactor?: SecondFactorAnswer | undefined; addressKey: string },
): Promise<{ dueAt: string }> {
  requireMain(signedIn);
  const { practiceId, userId, deviceId } = signedIn;
  const { email } = await context.db
    .selectFrom('practice_user')
    .where('id', '=', userId)
    .select('email')
    .executeTakeFirstOrThrow();
  const credentials = { ...input, email, deviceId, isProven: true };
  return withCredentials(context, limits, credentials, async (db) => {
    const at = context.now();
    const due = { requested_at: at, due_at: new Date(at.getTime() + graceMs) };
    const inserted = await db
      .insertInto('practice_deletion')
      .values({ practice_id: practiceId, ...due })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) {
      await recordEvent(db, { practiceId, kind: 'deletion-requested', userId, deviceId, at });
    }
    const { due_at } = await db
      .selectFrom('practice_deletion')
      .where('practice_id', '=', practiceId)
      .select('due_at')
      .executeTakeFirstOrThrow();
    return { dueAt: due_at.toISOString() };
  });
}

/**
 * Takes the practice's deletion back; does nothing when none was asked for.
 * @throws FORBIDDEN
 */
export async function undoDeletion(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
): Promise<void> {
  requireMain(signedIn);
  const { practiceId, userId, deviceId } = signedIn;
  await db.transaction().execute(async (transaction) => {
    const deleted = await transaction
      .deleteFrom('practice_deletion')
      .where('practice_id', '=', practiceId)
      .executeTakeFirst();
    if (deleted.numDeletedRows === 0n) return;
    await recordEvent(transaction, { practiceId, kind: 'deletion-undone', userId, deviceId, at: now() });
  });
}
