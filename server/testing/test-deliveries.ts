import { randomUUID } from 'node:crypto';
import type { DeliveryInput, StoredDelivery } from '@sprechzimmer/protocol/delivery.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { type Db } from '../db/database.ts';

/** A message as the practice app plans it; over ten hours from `now`. */
export function newDelivery(now: Date, changes: Partial<DeliveryInput> = {}): DeliveryInput {
  return {
    id: randomUUID() as DeliveryInput['id'],
    invitationId: randomUUID() as InvitationId,
    channel: 'mail',
    due: 'now',
    to: 'erika@beispiel.example',
    subject: 'Ihr Videotermin',
    text: 'Guten Tag,\n\nIhr Link: https://video.praxis.example/#K7QF93MDXW2P\n',
    calendarFile: null,
    endsAt: new Date(now.getTime() + 36_000_000).toISOString(),
    ...changes,
  };
}

type Row = Awaited<ReturnType<typeof readDelivery>>;

export async function readDelivery(db: Db, id: string) {
  return db.selectFrom('delivery').where('id', '=', id).selectAll().executeTakeFirst();
}

/** Waits until a message is in this state, and fails after half a minute. */
export async function untilState(
  db: Db,
  id: string,
  state: StoredDelivery['state'],
): Promise<NonNullable<Row>> {
  return untilDelivery(db, id, (row) => row.state === state, state);
}

/** Waits until `isRight` holds for a message, and fails after half a minute. */
export async function untilDelivery(
  db: Db,
  id: string,
  isRight: (row: NonNullable<Row>) => boolean,
  expected = 'something else',
): Promise<NonNullable<Row>> {
  const end = Date.now() + 30_000;
  for (;;) {
    const row = await readDelivery(db, id);
    if (row && isRight(row)) return row;
    if (Date.now() > end) throw new Error(`expected ${expected}, found ${row?.state} (${row?.reason})`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
