import type { Channel, DeliveryInput } from '@sprechzimmer/protocol/delivery.ts';
import type { CalendarDay } from '@sprechzimmer/time/calendar-day.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { allowedChannels } from '../practice/channels.ts';
import { dueOnDay } from './due-at.ts';
import { readRecipient } from './recipient.ts';
import { sealContent } from './seal-content.ts';

/** The appointment that the messages belong to; null when it is no more, and they are notices of that. */
export type DeliveryTarget = {
  practiceId: string;
  timeZone: string;
  appointmentId: string | null;
  day: CalendarDay;
};

export type DeliveryWish = { deliveries: DeliveryInput[]; keepDeliveries: string[] };

/**
 * Makes the messages that wait for an appointment those that are wished for. One that was planned before, and whose
 * answer was lost, is not planned a second time.
 * @param transaction the one that changes the appointment: both hold, or neither
 * @throws BAD_INPUT for a recipient that is none, or an invitation of another appointment; PLAN_LIMIT when the server
 *   does not send that way for this practice; VERSION_CONFLICT while the participant's last message is on its way
 */
export async function planDeliveries(
  transaction: Db,
  context: Pick<Context, 'config' | 'now'>,
  target: DeliveryTarget,
  { deliveries, keepDeliveries }: DeliveryWish,
): Promise<void> {
  if (target.appointmentId !== null) await dropWaiting(transaction, target.appointmentId, keepDeliveries);
  if (deliveries.length === 0) return;
  const { channels, mailTime } = await readPractice(transaction, context.config, target.practiceId);
  await checkInvitations(transaction, target.appointmentId, deliveries);
  const now = context.now();
  const rows = deliveries.map((delivery) => {
    if (!channels.includes(delivery.channel)) throw refusal('PLAN_LIMIT');
    const onDay = dueOnDay(target.day, mailTime, target.timeZone);
    return toRow(context, target, delivery, { now, dueAt: delivery.due === 'on-day' ? onDay : now });
  });
  await insertAll(transaction, target, rows);
}

async function dropWaiting(db: Db, appointmentId: string, keep: string[]): Promise<void> {
  let deletion = db
    .deleteFrom('delivery')
    .where('appointment_id', '=', appointmentId)
    .where('state', '=', 'waiting');
  if (keep.length > 0) deletion = deletion.where('id', 'not in', keep);
  await deletion.execute();
}

async function readPractice(
  db: Db,
  config: Context['config'],
  practiceId: string,
): Promise<{ channels: Channel[]; mailTime: string }> {
  const row = await db
    .selectFrom('practice')
    .innerJoin('plan', 'plan.id', 'practice.plan')
    .where('practice.id', '=', practiceId)
    .select(['mail_time', 'server_mail', 'sms'])
    .executeTakeFirstOrThrow();
  return { channels: allowedChannels(row, config), mailTime: row.mail_time };
}

/** A notice has no invitation, is sent at once, and is the only thing to send about an appointment that is no more. */
async function checkInvitations(
  db: Db,
  appointmentId: string | null,
  deliveries: DeliveryInput[],
): Promise<void> {
  const wanted = new Set(deliveries.flatMap(({ invitationId }) => invitationId ?? []));
  const hasLateNotice = deliveries.some(({ invitationId, due }) => !invitationId && due !== 'now');
  if (hasLateNotice || (wanted.size > 0 && appointmentId === null)) throw refusal('BAD_INPUT');
  if (wanted.size === 0) return;
  const found = await db
    .selectFrom('invitation')
    .where('appointment_id', '=', appointmentId)
    .where('id', 'in', [...wanted])
    .select('id')
    .execute();
  if (found.length !== wanted.size) throw refusal('BAD_INPUT');
}

function toRow(
  { config }: Pick<Context, 'config'>,
  { practiceId, appointmentId }: DeliveryTarget,
  delivery: DeliveryInput,
  { now, dueAt }: { now: Date; dueAt: Date },
) {
  const to = readRecipient(delivery.channel, delivery.to);
  if (to === undefined) throw refusal('BAD_INPUT');
  if (!config.serverKey) throw new Error('no key to seal a message with');
  const place = { deliveryId: delivery.id, practiceId };
  return {
    id: delivery.id,
    practice_id: practiceId,
    appointment_id: appointmentId,
    invitation_id: delivery.invitationId,
    channel: delivery.channel,
    is_on_day: delivery.due === 'on-day',
    state: 'waiting',
    due_at: dueAt,
    next_attempt_at: dueAt,
    changed_at: now,
    content: sealContent(config.serverKey, place, { ...delivery, to }),
  };
}

async function insertAll(
  db: Db,
  { practiceId, appointmentId }: DeliveryTarget,
  rows: ReturnType<typeof toRow>[],
): Promise<void> {
  const inserted = await db
    .insertInto('delivery')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  if (inserted.length === rows.length) return;
  const ids = rows.map(({ id }) => id);
  const stored = await db
    .selectFrom('delivery')
    .where('id', 'in', ids)
    .where('practice_id', '=', practiceId)
    .where('appointment_id', 'is not distinct from', appointmentId)
    .select('id')
    .execute();
  if (stored.length !== new Set<string>(ids).size) throw refusal('VERSION_CONFLICT');
}
