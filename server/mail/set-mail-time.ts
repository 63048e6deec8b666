import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';
import { dueOnDay } from './due-at.ts';

/**
 * Sets when the server sends on an appointment's day. What waits for its day moves along; what has been tried goes on.
 * @param mailTime `HH:MM` on the practice's clock
 * @throws FORBIDDEN for anybody but the main user
 */
export async function setMailTime(
  { db }: Pick<Context, 'db'>,
  signedIn: SignedIn,
  mailTime: string,
): Promise<void> {
  requireMain(signedIn);
  const { practiceId, timeZone } = signedIn;
  await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('practice')
      .set({ mail_time: mailTime })
      .where('id', '=', practiceId)
      .execute();
    for (const day of await waitingDays(transaction, practiceId)) {
      const due_at = dueOnDay(day, mailTime, timeZone);
      await transaction
        .updateTable('delivery')
        .from('appointment')
        .set({ due_at, next_attempt_at: due_at })
        .whereRef('appointment.id', '=', 'delivery.appointment_id')
        .where('appointment.day', '=', day)
        .where('delivery.practice_id', '=', practiceId)
        .where('delivery.state', '=', 'waiting')
        .where('delivery.is_on_day', '=', true)
        .where('delivery.attempts', '=', 0)
        .execute();
    }
  });
}

async function waitingDays(db: Db, practiceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('appointment', 'appointment.id', 'delivery.appointment_id')
    .where('delivery.practice_id', '=', practiceId)
    .where('state', '=', 'waiting')
    .where('is_on_day', '=', true)
    .select('appointment.day')
    .distinct()
    .execute();
  return rows.map(({ day }) => day);
}
