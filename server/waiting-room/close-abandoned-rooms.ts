import type { Context } from '../http/context.ts';
import { practitionerOf } from './admit.ts';
import type { Rooms } from './rooms.ts';

const lookedUpAtOnce = 1_000;

/**
 * Closes, from now on, the rooms of practitioners who are no more, because their practice was deleted or they were removed
 * from it. Asked of the database and told by nobody: the operator's deletion runs in another process.
 * @param rooms of this instance; sockets of others are linked to them
 * @returns to be cleared when the server closes
 */
export function closeAbandonedRooms(
  { db }: Pick<Context, 'db'>,
  rooms: Rooms,
  everyMs: number,
): NodeJS.Timeout {
  async function look(): Promise<void> {
    const practitioners = [...rooms.keys()].map((key) => ({ key, userId: practitionerOf(key) }));
    for (let start = 0; start < practitioners.length; start += lookedUpAtOnce) {
      const some = practitioners.slice(start, start + lookedUpAtOnce);
      const ids = some.map(({ userId }) => userId);
      const rows = await db.selectFrom('practice_user').where('id', 'in', ids).select('id').execute();
      const there = new Set(rows.map(({ id }) => id));
      for (const { key, userId } of some) if (!there.has(userId)) rooms.close(key);
    }
  }
  // With the database away, the next look tells.
  return setInterval(() => void look().catch(() => {}), everyMs).unref();
}
