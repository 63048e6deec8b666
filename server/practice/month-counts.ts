import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { Db } from '../db/database.ts';

/**
 * How many of a month's consultations took place, and how many appointments of today and later in it have not been held.
 * @param month `2026-11`
 * @param today where the practice is
 * @param except an appointment that is not to be counted
 */
export async function countMonth(
  db: Db,
  {
    practiceId,
    month,
    today,
    except,
  }: { practiceId: string; month: string; today: CalendarDay; except?: string },
): Promise<{ held: number; planned: number }> {
  const [first, next] = [`${month}-01`, `${monthAfter(month)}-01`];
  const counted = await db
    .selectFrom('consultation_count')
    .where('practice_id', '=', practiceId)
    .where('month', '=', first)
    .select(({ fn }) => fn.sum<string>('consultations').as('held'))
    .executeTakeFirst();
  const open = await db
    .selectFrom('appointment')
    .where('practice_id', '=', practiceId)
    .where('day', '>=', today > first ? today : first)
    .where('day', '<', next)
    .where('held_at', 'is', null)
    .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
    .select(({ fn }) => fn.countAll<string>().as('planned'))
    .executeTakeFirst();
  return { held: Number(counted?.held ?? 0), planned: Number(open?.planned ?? 0) };
}

function monthAfter(month: string): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.toISOString().slice(0, 7);
}
