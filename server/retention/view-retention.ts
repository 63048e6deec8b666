import { sql } from 'kysely';
import type { RetentionPreview } from '@sprechzimmer/protocol/retention.ts';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { Context } from '../http/context.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';

/**
 * For how many days the practice's appointments are kept, and at most could be.
 * @throws FORBIDDEN
 */
export async function viewRetention({ db, config }: Pick<Context, 'db' | 'config'>, signedIn: SignedIn) {
  requireMain(signedIn);
  const { retention_days } = await db
    .selectFrom('practice')
    .where('id', '=', signedIn.practiceId)
    .select('retention_days')
    .executeTakeFirstOrThrow();
  const maxDays = config.retentionMaxDays;
  return { days: Math.min(retention_days, maxDays), maxDays };
}

/**
 * What would go at once if only so many days were kept.
 * @throws FORBIDDEN
 */
export async function previewRetention(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  signedIn: SignedIn,
  days: number,
): Promise<RetentionPreview> {
  requireMain(signedIn);
  const { practiceId, timeZone } = signedIn;
  const keptFrom = addDays(calendarDayIn(timeZone, now()), -Math.min(days, config.retentionMaxDays));
  const gone = await db
    .selectFrom('appointment')
    .where('practice_id', '=', practiceId)
    .where('day', '<', keptFrom)
    .select([
      sql<number>`count(*)::integer`.as('appointments'),
      sql<string | null>`min(day)`.as('oldest'),
      sql<string | null>`max(day)`.as('newest'),
    ])
    .executeTakeFirstOrThrow();
  return { ...gone, keptFrom };
}
