import { mayJoin, type OpenRoom, seatsOf, type WaitingParticipant } from '@sprechzimmer/call/host-state.ts';
import { isolate } from '../isolate.ts';

export type Queue = {
  /** Whom "next" means: the longest waiting of those who can be called in. */
  next: WaitingParticipant | undefined;
  /** The others who are there, on a connection or on the way to one. */
  others: WaitingParticipant[];
  /** Expected today and not there. */
  expected: WaitingParticipant[];
  /** Of the appointment whose consultation is going on: can be let in to it. */
  joinable: WaitingParticipant[];
  /** How many are there and not in consultation. */
  count: number;
};

/** The waiting room as the host sees it. The order is the engine's; whoever is in consultation is not part of it. */
export function queueOf(room: OpenRoom): Queue {
  const seated = room.consultation ? seatsOf(room.consultation) : [];
  const all = room.participants.filter(
    ({ invitationId }) => !seated.some((seat) => seat.invitationId === invitationId),
  );
  const next = all.find(({ link }) => link === 'ready');
  const others = all.filter((one) => one !== next && one.link !== 'absent');
  const expected = all.filter(({ link }) => link === 'absent');
  const joinable = all.filter((one) => one.link === 'ready' && mayJoin(room, one));
  const count = all.filter(({ link }) => link === 'ready' || link === 'connecting').length;
  return { next, others, expected, joinable, count };
}

/** As given by themselves; as entered by the practice until then. */
export function nameOf(participant: WaitingParticipant): string {
  return isolate(participant.name ?? participant.expectedName);
}

/** Whether the given name is another than the entered one, past spelling of spaces and capitals. */
export function namesDiffer({ name, expectedName }: WaitingParticipant): boolean {
  const plain = (text: string) => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return name !== undefined && plain(name) !== plain(expectedName);
}

/** Whole minutes from one instant to another, never below nought. */
export function minutesBetween(since: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
}
