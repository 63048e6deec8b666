import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { Context } from '../http/context.ts';

/** A consultation that began before midnight may need a new path after it. */
const pastMidnightMs = 6 * 3_600_000;

/** Whether who is in with this invitation may go on: it was neither revoked nor moved, and its day is not long over. */
export async function isInvitationOpen(
  { db, now }: Pick<Context, 'db' | 'now'>,
  invitationId: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('invitation')
    .innerJoin('practice', 'practice.id', 'invitation.practice_id')
    .select(['invitation.day', 'practice.time_zone'])
    .where('invitation.id', '=', invitationId)
    .executeTakeFirst();
  if (!row) return false;
  const nowMs = now().getTime();
  return [nowMs, nowMs - pastMidnightMs].some((ms) => calendarDayIn(row.time_zone, new Date(ms)) === row.day);
}
