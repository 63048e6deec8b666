import type { Channel, DeliveryReason } from '@sprechzimmer/protocol/delivery.ts';
import { sql } from 'kysely';
import type { Context } from '../http/context.ts';
import { retryDelayMs } from './retry-delay.ts';
import { type Content, openContent } from './seal-content.ts';

/** How long a message belongs to the server that took it from the outbox; every time limit of sending is shorter. */
export const leaseMs = 120_000;
/**
 * A message that could not be sent for so long is given up. The sweep that deletes its content comes every ten minutes,
 * and may find it under way the first time: within a day of its hour it is gone.
 */
export const patienceMs = 86_400_000 - 1_200_000;

/** A message that this server, and no other, may try to send now. */
export type Claimed = {
  id: string;
  practiceId: string;
  /** Counts the claims: whoever has an older number has lost the message to somebody else. */
  attempts: number;
  content: Content;
};

/** withdrawn: cancelled, moved or claimed anew meanwhile, so that nothing was sent. */
export type Outcome =
  | { state: 'sent' | 'uncertain' }
  | { state: 'withdrawn' }
  | { state: 'refused'; reason: DeliveryReason }
  | {
      state: 'waiting';
      reason: DeliveryReason;
      /** Leave the other messages alone for as long. */ pauseMs?: number;
    };

type Outbox = Pick<Context, 'db' | 'config' | 'now' | 'log'>;

/** Takes up to `limit` messages that are due. Those whose appointment has ended meanwhile are over instead. */
export async function claim(context: Outbox, channel: Channel, limit: number): Promise<Claimed[]> {
  const { db, now } = context;
  const moment = now();
  const rows = await db
    .updateTable('delivery')
    .set({
      next_attempt_at: new Date(moment.getTime() + leaseMs),
      attempts: sql<number>`attempts + 1`,
      changed_at: moment,
    })
    .where('id', 'in', (due) =>
      due
        .selectFrom('delivery')
        .where('state', '=', 'waiting')
        .where('channel', '=', channel)
        .where('next_attempt_at', '<=', moment)
        .where('due_at', '>', new Date(moment.getTime() - patienceMs))
        .orderBy('next_attempt_at')
        .limit(limit)
        .select('id')
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'practice_id as practiceId', 'attempts', 'content'])
    .execute();
  const claimed: Claimed[] = [];
  for (const { content: sealed, ...row } of rows) {
    const content = openOrUndefined(context, row, sealed);
    if (!content) await finish(context, row, { state: 'refused', reason: 'mail-server' });
    else if (Date.parse(content.endsAt) <= moment.getTime()) await finish(context, row, { state: 'over' });
    else claimed.push({ ...row, content });
  }
  return claimed;
}

/** Undefined when the server's key is another one than when it was planned. */
function openOrUndefined(
  { config, log }: Outbox,
  { id, practiceId }: { id: string; practiceId: string },
  sealed: Buffer | null,
): Content | undefined {
  try {
    if (!config.serverKey || !sealed) return undefined;
    return openContent(config.serverKey, { deliveryId: id, practiceId }, sealed);
  } catch {
    log.error({ delivery: id }, 'message does not open with the server’s key');
    return undefined;
  }
}

/**
 * The last step before the message itself leaves: from here on, committed, it is never sent again.
 * @returns false when it must not be sent: it is cancelled, moved, or no longer this claim's
 */
export async function handOver(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { id, attempts }: Claimed,
  bounceHash: Buffer | null,
): Promise<boolean> {
  const updated = await db
    .updateTable('delivery')
    .set({ state: 'sending', changed_at: now(), bounce_hash: bounceHash })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Writes down what became of a claimed message. */
export async function settle(context: Outbox, claimed: Claimed, outcome: Outcome): Promise<void> {
  if (outcome.state === 'withdrawn') return;
  if (outcome.state === 'waiting') {
    const delayMs = Math.max(retryDelayMs(claimed.attempts), outcome.pauseMs ?? 0);
    return putBack(context, claimed, { delayMs, reason: outcome.reason });
  }
  await finish(context, claimed, outcome);
}

/** Gives a claimed message back without a word on why, to whoever comes first. */
export async function release(context: Outbox, claimed: Claimed): Promise<void> {
  await putBack(context, claimed, { delayMs: 0 });
}

async function putBack(
  { db, now }: Outbox,
  { id, attempts }: Claimed,
  { delayMs, reason }: { delayMs: number; reason?: DeliveryReason },
): Promise<void> {
  const moment = now();
  await db
    .updateTable('delivery')
    .set({
      state: 'waiting',
      next_attempt_at: new Date(moment.getTime() + delayMs),
      changed_at: moment,
      ...(reason && { reason }),
    })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where('state', 'in', ['waiting', 'sending'])
    .execute();
}

async function finish(
  { db, now }: Outbox,
  { id, attempts }: { id: string; attempts: number },
  outcome: { state: 'sent' | 'uncertain' | 'over' } | { state: 'refused'; reason: DeliveryReason },
): Promise<void> {
  const reason = outcome.state === 'refused' ? { reason: outcome.reason } : {};
  const isSure = outcome.state === 'sent' ? { reason: null } : reason;
  await db
    .updateTable('delivery')
    .set({ state: outcome.state, changed_at: now(), content: null, ...isSure })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    // An answer that comes late is still the truth.
    .where('state', 'in', ['waiting', 'sending', 'uncertain'])
    .execute();
}

/** Messages that a server handed over and never wrote down what became of them: it has died. */
export async function endAbandoned({ db, now, log }: Outbox): Promise<void> {
  const moment = now();
  const ended = await db
    .updateTable('delivery')
    .set({ state: 'uncertain', changed_at: moment, content: null })
    .where('state', '=', 'sending')
    .where('changed_at', '<', new Date(moment.getTime() - leaseMs))
    .executeTakeFirst();
  const abandoned = Number(ended.numUpdatedRows);
  if (abandoned > 0) log.warn({ deliveries: { abandoned } }, 'messages were cut off');
}
