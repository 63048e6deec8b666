import type { Participant } from '@sprechzimmer/protocol/appointment.ts';
import {
  deliveryId,
  type DeliveryId,
  type DeliveryInput,
  type StoredDelivery,
} from '@sprechzimmer/protocol/delivery.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import { readRecipient } from '../invitation/mail.ts';
import { dayMail } from '../invitation/texts.ts';
import type { PracticeSession } from '../practice/session.ts';
import type { ReadableEntry } from './agenda.ts';
import type { Plan } from './record.ts';

/** A text for one participant, to be sent at once. */
export type Message = Pick<DeliveryInput, 'channel' | 'to' | 'subject' | 'text' | 'calendarFile'>;

export type MailWish = {
  now?: { invitationId: InvitationId; message: Message };
  /** Messages of invitations that were taken away and are given again: the server has forgotten them. */
  earlier?: StoredDelivery[];
};

export type PlannedMails = {
  deliveries: DeliveryInput[];
  keepDeliveries: DeliveryId[];
  /** Whose code the server learns with these. */
  reveal: Set<InvitationId>;
};

type PlanOfInvited = Plan & { participants: Participant[] };

/**
 * What the server is to send: on the appointment's day, and now. A mail that waits already stays as long as nothing in
 * it has changed; one that was sent is not sent again.
 */
export function planMails(
  session: PracticeSession,
  plan: PlanOfInvited,
  before: ReadableEntry | undefined,
  { now, earlier = [] }: MailWish,
): PlannedMails {
  const planned: PlannedMails = { deliveries: [], keepDeliveries: [], reveal: new Set() };
  const stored = before?.stored.deliveries ?? [];
  for (const participant of plan.participants) {
    const { invitationId } = participant;
    const known = [...stored, ...earlier].filter((one) => one.invitationId === invitationId);
    const message = now?.invitationId === invitationId ? now.message : undefined;
    const isSame = before !== undefined && saysTheSame(session, plan, participant, before);
    const kept = isSame
      ? known.filter((one) => one.state === 'waiting' && one.channel !== message?.channel)
      : [];
    planned.keepDeliveries.push(...kept.map(({ id }) => id));
    const mail =
      message === undefined
        ? isMailed(known, isSame) || mailOnDay(session, plan, participant)
        : delivery(session, plan, participant, { ...message, due: 'now' });
    if (!mail || mail === true) continue;
    planned.deliveries.push(mail);
    if (tellsCode(mail, participant.code)) planned.reveal.add(invitationId);
  }
  return planned;
}

/** Whether a mail of the day is on its way or past; one that failed was shown, and is not tried again by itself. */
function isMailed(known: StoredDelivery[], isSame: boolean): boolean {
  const mails = known.filter(({ channel }) => channel === 'mail');
  return isSame ? mails.length > 0 : mails.some(({ state }) => /^(sent|sending|uncertain)$/.test(state));
}

function tellsCode({ text, subject, calendarFile }: DeliveryInput, code: string): boolean {
  // A calendar file's lines are folded.
  return [text, subject, calendarFile ?? ''].some((part) => part.replaceAll(/[\s-]/g, '').includes(code));
}

function saysTheSame(
  { userNames }: PracticeSession,
  plan: Plan,
  participant: Participant,
  { stored, record }: ReadableEntry,
): boolean {
  const was = record.participants.find(({ invitationId }) => invitationId === participant.invitationId);
  return (
    was !== undefined &&
    stored.day === plan.day &&
    record.time === plan.time &&
    record.durationMinutes === plan.durationMinutes &&
    userNames.get(stored.practitionerId) === userNames.get(plan.practitionerId) &&
    (['email', 'telephone', 'language', 'mailOnDay', 'code'] as const).every(
      (field) => was[field] === participant[field],
    )
  );
}

function mailOnDay(
  session: PracticeSession,
  plan: PlanOfInvited,
  participant: Participant,
): DeliveryInput | undefined {
  const to = readRecipient(participant.email);
  const canSend = session.view.practice.channels.includes('mail');
  if (!to || !canSend || participant.mailOnDay === 'no') return undefined;
  const message = { channel: 'mail' as const, to, ...dayMail(session, plan, participant) };
  return delivery(session, plan, participant, { ...message, due: 'on-day' });
}

function delivery(
  session: PracticeSession,
  plan: PlanOfInvited,
  { invitationId }: Participant,
  message: Message & Pick<DeliveryInput, 'due'>,
): DeliveryInput {
  const endsAt = endOf(session, plan).toISOString();
  return { id: deliveryId.parse(crypto.randomUUID()), invitationId, ...message, endsAt };
}

/** When the appointment is over. */
export function endOf(
  session: PracticeSession,
  { day, time, durationMinutes }: Pick<Plan, 'day' | 'time' | 'durationMinutes'>,
): Date {
  const start = localInstant(day, time, session.practice.timeZone);
  return new Date(start.getTime() + durationMinutes * 60_000);
}
