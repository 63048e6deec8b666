import type { Context } from '../http/context.ts';

/** Keeps when a participant first sat in the waiting room. */
export async function noteArrival(
  { db, now }: Pick<Context, 'db' | 'now'>,
  invitationId: string,
): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ arrived_at: now() })
    .where('id', '=', invitationId)
    .where('arrived_at', 'is', null)
    .execute();
}
