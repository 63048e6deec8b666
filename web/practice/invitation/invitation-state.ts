import type { Tone } from '@sprechzimmer/design/notice.tsx';
import type { InvitationTrace, Participant } from '@sprechzimmer/protocol/appointment.ts';
import type { StoredDelivery } from '@sprechzimmer/protocol/delivery.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { formatMoment } from '../moments.ts';
import { invitationMessages } from './messages.ts';

export type InvitationState = {
  tone: Tone;
  text: string;
  /** Why, and what to do, where there is something to do. */
  remedy?: string;
};

/** What is known of a participant's invitation, the latest and weightiest first. */
export function invitationState(
  entry: ReadableEntry,
  participant: Participant,
  now = new Date(),
): InvitationState {
  const trace = entry.stored.invitations.find(({ id }) => id === participant.invitationId);
  return seenState(trace) ?? passedOnState(entry, participant, now);
}

/** What the participant has done with it. */
function seenState(trace: InvitationTrace | undefined): InvitationState | undefined {
  const say = invitationMessages().state;
  if (!trace) return undefined;
  if (trace.isHere) return { tone: 'good', text: say.here };
  if (trace.attendedAt !== null) return { tone: 'good', text: say.attended };
  if (trace.arrivedAt !== null) return { tone: 'info', text: say.arrived };
  return trace.openedAt === null ? undefined : { tone: 'good', text: say.opened };
}

/** How it was passed on: the newest of what the practice did and what became of the server's messages. */
function passedOnState(entry: ReadableEntry, participant: Participant, now: Date): InvitationState {
  const say = invitationMessages().state;
  const deliveries = deliveriesOf(entry, participant);
  const done = deliveries.filter((one) => !isPlanned(one, now));
  const newest = done.toSorted((a, b) => time(b.changedAt) - time(a.changedAt))[0];
  const sent = participant.sent.at(-1);
  if (newest && (!sent || time(newest.changedAt) >= time(sent.at))) return deliveryState(newest, now);
  if (sent) return { tone: 'good', text: say.sentBy[sent.way](formatMoment(new Date(sent.at), now)) };
  const planned = deliveries[0];
  return planned ? deliveryState(planned, now) : { tone: 'warn', text: say['not-sent'] };
}

export function deliveriesOf(entry: ReadableEntry, { invitationId }: Participant): StoredDelivery[] {
  return entry.stored.deliveries.filter((one) => one.invitationId === invitationId);
}

/** What was ordered for at once is due whatever this browser's clock says. */
function isPlanned({ state, dueAt, changedAt }: Told, now: Date): boolean {
  return state === 'waiting' && time(dueAt) > Math.max(now.getTime(), time(changedAt));
}

/** Whether news of it is to be expected within seconds. */
export function isUnderWay(delivery: StoredDelivery, now: Date): boolean {
  return delivery.state === 'sending' || (delivery.state === 'waiting' && !isPlanned(delivery, now));
}

/** Whether the same message must not be ordered once more: it may go out this moment. */
export function isGoingOut(delivery: StoredDelivery, now = new Date()): boolean {
  return isUnderWay(delivery, now) && delivery.reason === null;
}

type Told = Pick<StoredDelivery, 'channel' | 'state' | 'reason' | 'dueAt' | 'changedAt'>;

/** What became of one message of the server. */
export function deliveryState(delivery: Told, now = new Date()): InvitationState {
  const { state: say, remedy } = invitationMessages();
  const { channel, state, reason, dueAt, changedAt } = delivery;
  const why = reason ? remedy.reasons[reason] : undefined;
  switch (state) {
    case 'waiting': {
      if (reason) return { tone: 'warn', text: say.again[channel], ...(why ? { remedy: why } : {}) };
      if (!isPlanned(delivery, now)) return { tone: 'info', text: say.sending[channel] };
      return { tone: 'info', text: say.planned[channel](formatMoment(new Date(dueAt), now)) };
    }
    case 'sending':
      return { tone: 'info', text: say.sending[channel] };
    case 'sent': {
      const way = channel === 'sms' ? 'sms' : 'server-mail';
      return { tone: 'good', text: say.sentBy[way](formatMoment(new Date(changedAt), now)) };
    }
    case 'uncertain':
      return { tone: 'warn', text: say.uncertain[channel], remedy: remedy.uncertain };
    case 'refused':
      return { tone: 'bad', text: say.refused[channel], remedy: why ?? remedy.refused };
    case 'bounced':
      return { tone: 'bad', text: say.bounced[channel], remedy: why ?? remedy.bounced };
    case 'over':
      return { tone: 'warn', text: say.over[channel], remedy: remedy.over };
    default:
      return state satisfies never;
  }
}

function time(instant: string): number {
  return Date.parse(instant);
}
