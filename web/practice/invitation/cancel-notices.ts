import { deliveryId, type DeliveryInput } from '@sprechzimmer/protocol/delivery.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { endOf } from '../appointment/plan-mails.ts';
import type { PracticeSession } from '../practice/session.ts';
import { readRecipient } from './mail.ts';
import { factsOf, invitationFile, render } from './texts.ts';

/**
 * What the server would tell those invited of a cancellation: everybody with an e-mail address, where it sends mail and the appointment is not over. They
 * go with the cancellation itself.
 */
export function cancelNotices(
  session: PracticeSession,
  { stored, record }: ReadableEntry,
  now = new Date(),
): DeliveryInput[] {
  if (!session.view.practice.channels.includes('mail')) return [];
  const appointment = { ...record, ...stored };
  const end = endOf(session, appointment);
  if (end <= now) return [];
  const endsAt = end.toISOString();
  return record.participants.flatMap((participant): DeliveryInput[] => {
    const to = readRecipient(participant.email);
    if (!to) return [];
    const message = render(
      'cancelled',
      participant.language,
      session,
      factsOf(session, appointment, participant),
    );
    const calendarFile = invitationFile(session, appointment, participant.language, undefined, true);
    const id = deliveryId.parse(crypto.randomUUID());
    return [{ id, invitationId: null, channel: 'mail', due: 'now', to, ...message, calendarFile, endsAt }];
  });
}
