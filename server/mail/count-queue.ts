import { sql } from 'kysely';
import type { Context } from '../http/context.ts';
import type { QueueCounts } from '../metrics/gauges.ts';

/** What waits to be sent, by channel. */
export async function countQueue({ db, now }: Pick<Context, 'db' | 'now'>): Promise<QueueCounts[]> {
  const moment = now();
  const rows = await db
    .selectFrom('delivery')
    .where('state', '=', 'waiting')
    .groupBy('channel')
    .select(({ fn }) => [
      'channel',
      fn.countAll<string>().as('planned'),
      fn.countAll<string>().filterWhere('due_at', '<=', moment).as('due'),
      sql<Date | null>`min(due_at)`.as('oldest'),
    ])
    .execute();
  const counts = new Map(rows.map((row) => [row.channel, row]));
  return ['mail', 'sms'].map((channel) => {
    const { planned = 0, due = 0, oldest = null } = counts.get(channel) ?? {};
    const ageMs = oldest ? moment.getTime() - oldest.getTime() : 0;
    return {
      channel,
      planned: Number(planned),
      due: Number(due),
      oldestDueSeconds: Math.max(0, ageMs / 1000),
    };
  });
}
