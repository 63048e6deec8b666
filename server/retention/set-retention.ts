import { sql } from 'kysely';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { confirmPassword } from '../practice/confirm-password.ts';
import { lockPractice } from '../practice/generations.ts';
import type { PracticeLimits } from '../practice/limits.ts';
import { recordEvent } from '../practice/record-event.ts';
import { requireMain } from '../practice/require-main.ts';
import { deleteAndLog } from './delete-and-log.ts';
import { expiredAppointments } from './expired-appointments.ts';
import { previewRetention } from './view-retention.ts';

/**
 * Keeps the practice's appointments for so many days after theirs. Those that have been kept for longer go at once, and
 * never more of them than the user has been told.
 * @param input `confirmed`: how many appointments the user knows will go
 * @returns how many went
 * @throws FORBIDDEN, BAD_INPUT for more days than the operator allows, VERSION_CONFLICT when more would go than was
 *   confirmed, SIGN_IN_REFUSED for a wrong password, TOO_MANY_ATTEMPTS
 */
export async function setRetention(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  limits: PracticeLimits,
  signedIn: SignedIn,
  input: { days: number; confirmed: number; password: string },
): Promise<{ deleted: number }> {
  requireMain(signedIn);
  const { config, now } = context;
  if (input.days > config.retentionMaxDays) throw refusal('BAD_INPUT');
  await confirmPassword(context, limits, signedIn, input.password);
  const { practiceId, timeZone, userId, deviceId } = signedIn;
  const at = now();
  const deleted = await context.db.transaction().execute(async (db) => {
    // Nobody books or changes an appointment between the count and the deletion.
    await lockPractice(db, practiceId);
    const { appointments } = await previewRetention({ ...context, db }, signedIn, input.days);
    if (appointments > input.confirmed) throw refusal('VERSION_CONFLICT');
    await db
      .updateTable('practice')
      .set({ retention_days: input.days })
      .where('id', '=', practiceId)
      .execute();
    await recordEvent(db, { practiceId, kind: 'retention-changed', userId, deviceId, at });
    return deleteAndLog(db, at, {
      table: 'appointment',
      kind: 'appointment',
      rule: 'retention',
      day: sql`day`,
      rows: expiredAppointments({
        today: calendarDayIn(timeZone, at),
        maxDays: config.retentionMaxDays,
        practices: sql`practice.id = ${practiceId}`,
      }),
    });
  });
  return { deleted };
}
