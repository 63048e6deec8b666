import type { MonthUsage } from '@sprechzimmer/protocol/billing.ts';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { Context } from '../http/context.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { countMonth } from '../practice/month-counts.ts';

/** This month's consultations by the practice's clock, beside what its plan allows. */
export async function monthUsage(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { practiceId, timeZone }: Pick<SignedIn, 'practiceId' | 'timeZone'>,
): Promise<MonthUsage> {
  const today = calendarDayIn(timeZone, now());
  const month = today.slice(0, 7);
  const plan = await db
    .selectFrom('practice')
    .innerJoin('plan', 'plan.id', 'practice.plan')
    .where('practice.id', '=', practiceId)
    .select('max_consultations_per_month as max')
    .executeTakeFirstOrThrow();
  return { month, ...(await countMonth(db, { practiceId, month, today })), max: plan.max };
}
