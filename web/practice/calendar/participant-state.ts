import type { Participant } from '@sprechzimmer/protocol/appointment.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';

export type ParticipantState = 'here' | 'attended' | 'failed' | 'arrived' | 'opened' | 'sent' | 'notSent';

/** How far an invitation has come: what happened last and is worth knowing. */
export function participantState(
  { stored }: ReadableEntry,
  { invitationId, sent }: Participant,
): ParticipantState {
  const trace = stored.invitations.find(({ id }) => id === invitationId);
  const deliveries = stored.deliveries.filter((delivery) => delivery.invitationId === invitationId);
  const newest = deliveries.toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1))[0]?.state;
  if (trace?.isHere) return 'here';
  if (trace?.attendedAt) return 'attended';
  if (trace?.arrivedAt) return 'arrived';
  if (trace?.openedAt) return 'opened';
  if (newest === 'refused' || newest === 'bounced' || newest === 'uncertain') return 'failed';
  return newest === 'sent' || sent.length > 0 ? 'sent' : 'notSent';
}
