import type { Readiness } from '@sprechzimmer/protocol/consultation.ts';
import { maxGuests } from '@sprechzimmer/protocol/consultation.ts';
import type { AppointmentId, InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';
import type { ExpectedParticipant } from '@sprechzimmer/protocol/room-window.ts';
import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { InsecureReason } from './insecure.ts';
import { presumedMedia, type RemoteMedia } from './participant-state.ts';

/** One who is expected today, and what is known of their waiting. */
export type WaitingParticipant = {
  invitationId: InvitationId;
  appointmentId: AppointmentId;
  expectedName: string;
  role: ParticipantRole;
  telephone?: string | undefined;
  /** `HH:MM`, the practice's time. */
  time: string;
  /** absent: not there. connecting: on the way to a secure connection. ready: can be called in. insecure: broken off. */
  link: 'absent' | 'connecting' | 'ready' | 'insecure';
  /** As the participant gave it; told over the peer connection only. */
  name?: string | undefined;
  readiness?: Readiness | undefined;
  waitingSince?: Date | undefined;
  /** What they answered to the practice's consent text; undefined when they are not asked. */
  consent?: 'given' | 'missing' | 'revoked' | undefined;
  /** Somebody else showed the same code meanwhile, and got nothing. */
  secondBrowser: boolean;
};

/** One guest of a consultation. */
export type Seat = {
  invitationId: InvitationId;
  name: string;
  role: ParticipantRole;
  link: 'connecting' | 'connected' | 'interrupted';
  remote: RemoteMedia;
};

/** The guest it began with, or who is left; and who was let in to them: of the same appointment, one by one. */
type Consultation = Seat & { since: Date; others: Seat[] };

export function seatsOf({ invitationId, name, role, link, remote, others }: Consultation): [Seat, ...Seat[]] {
  return [{ invitationId, name, role, link, remote }, ...others];
}

type InsecureNotice = { invitationId: InvitationId; expectedName: string; reason: InsecureReason };

export type OpenRoom = {
  kind: 'open';
  /** Whether the server can be reached. */
  online: boolean;
  /** All of today: those who wait first, the longest waiting at the top; then by the hour. */
  participants: WaitingParticipant[];
  consultation?: Consultation | undefined;
  /** The red page. */
  insecure?: InsecureNotice | undefined;
  /** Red pages kept back: nothing of the queue disturbs a consultation. */
  insecureLater: InsecureNotice[];
  /** The server will not let this window in again: it closes when the consultation is over. */
  refused?: HostRefusal | undefined;
  lastEnded?: { name: string; by: 'host' | 'participant' } | undefined;
};

export type HostRefusal = Extract<ServerMessage, { kind: 'refused' }>;

/** What the host's window shows. */
export type HostState = HostRefusal | { kind: 'replaced' } | { kind: 'opening' } | OpenRoom;

/** What became of one participant. */
export type PeerEvent =
  | { kind: 'connecting' }
  | { kind: 'ready'; name: string; readiness: Readiness; waitingSince: Date }
  | { kind: 'readiness'; readiness: Readiness }
  | { kind: 'consent'; given: boolean }
  | { kind: 'gone' }
  | { kind: 'insecure'; reason: InsecureReason }
  | { kind: 'second-browser' }
  | { kind: 'link'; link: 'connected' | 'interrupted' }
  | { kind: 'remote-media'; remote: RemoteMedia };

export type HostEvent =
  | { kind: 'hosting' }
  | { kind: 'offline' }
  | HostRefusal
  | { kind: 'replaced' }
  | { kind: 'expected'; expected: ExpectedParticipant[] }
  | { kind: 'peer'; invitationId: InvitationId; event: PeerEvent }
  | { kind: 'called-in'; invitationId: InvitationId; at: Date }
  /** For everybody. */
  | { kind: 'ended' }
  /** One guest leaves, or is asked out; with the last one, the consultation ends. */
  | { kind: 'seat-left'; invitationId: InvitationId; by: 'host' | 'participant' }
  | { kind: 'insecure-dismissed' };

export const initialHostState: HostState = { kind: 'opening' };

/** The host's consulting hours. Pure; events that do not fit a state leave it as it is. */
export function hostTransition(state: HostState, event: HostEvent): HostState {
  switch (state.kind) {
    case 'refused':
    case 'replaced':
      return state;
    case 'opening':
      if (event.kind === 'hosting')
        return { kind: 'open', online: true, participants: [], insecureLater: [] };
      return event.kind === 'refused' || event.kind === 'replaced' ? event : state;
    case 'open':
      return fromOpen(state, event);
    default:
      return state satisfies never;
  }
}

function fromOpen(room: OpenRoom, event: HostEvent): HostState {
  switch (event.kind) {
    case 'hosting':
      return { ...room, online: true };
    case 'offline':
      return { ...room, online: false };
    case 'refused':
      // The day of the ticket or code is over. A consultation goes on without the server.
      return room.consultation ? { ...room, online: false, refused: event } : event;
    case 'replaced':
      return event;
    case 'expected':
      return { ...room, participants: inOrder(merge(room, event.expected)) };
    case 'peer':
      return settled(withPeer(room, event.invitationId, event.event));
    case 'called-in':
      return calledIn(room, event);
    case 'ended':
      return closed(ended(room));
    case 'seat-left':
      return closed(withoutSeat(room, event.invitationId, event.by));
    case 'insecure-dismissed':
      return room.refused ?? settled({ ...room, insecure: undefined });
    default:
      return event satisfies never;
  }
}

function merge(room: OpenRoom, expected: ExpectedParticipant[]): WaitingParticipant[] {
  const known = new Map(room.participants.map((participant) => [participant.invitationId, participant]));
  const news = expected.map(
    ({ invitationId, appointmentId, name, role, telephone, time }): WaitingParticipant => {
      const before = known.get(invitationId) ?? { link: 'absent', secondBrowser: false };
      return { ...before, invitationId, appointmentId, expectedName: name, role, telephone, time };
    },
  );
  // Whose appointment was cancelled meanwhile stays only while in consultation.
  const talking = room.participants.filter(
    ({ invitationId }) =>
      seatOf(room, invitationId) !== undefined &&
      !expected.some((other) => other.invitationId === invitationId),
  );
  return [...news, ...talking];
}

function withPeer(room: OpenRoom, invitationId: InvitationId, event: PeerEvent): OpenRoom {
  const participant = room.participants.find((one) => one.invitationId === invitationId);
  if (!participant) return room;
  const seat = seatOf(room, invitationId);
  const change = (to: Partial<WaitingParticipant>, more: Partial<OpenRoom> = {}): OpenRoom => ({
    ...room,
    participants: inOrder(room.participants.map((one) => (one === participant ? { ...one, ...to } : one))),
    ...more,
  });
  switch (event.kind) {
    case 'connecting':
      return participant.link === 'ready' ? room : change({ link: 'connecting' });
    case 'ready':
      return change({ ...facts(event), link: 'ready' });
    case 'readiness':
      return change({ readiness: event.readiness });
    case 'consent':
      return change({ consent: consentAfter(participant.consent, event.given) });
    case 'gone':
      // That it was broken off, and why nobody is let in, stays to be read.
      if (participant.link === 'insecure') return room;
      return change(absent, seat && withSeat(room, { ...seat, link: 'interrupted' }));
    case 'second-browser':
      return change({ secondBrowser: true });
    case 'insecure':
      return change(
        { ...absent, link: 'insecure' },
        {
          consultation: seat ? consultationWithout(room, invitationId) : room.consultation,
          insecureLater: [
            ...room.insecureLater,
            { invitationId, expectedName: participant.expectedName, reason: event.reason },
          ],
        },
      );
    case 'link':
      return seat ? { ...room, ...withSeat(room, { ...seat, link: event.link }) } : room;
    case 'remote-media':
      return seat ? { ...room, ...withSeat(room, { ...seat, remote: event.remote }) } : room;
    default:
      return event satisfies never;
  }
}

function consentAfter(before: WaitingParticipant['consent'], given: boolean): WaitingParticipant['consent'] {
  if (given) return 'given';
  return before === 'given' || before === 'revoked' ? 'revoked' : 'missing';
}

const absent = { link: 'absent', name: undefined, readiness: undefined, waitingSince: undefined } as const;

function facts(event: Extract<PeerEvent, { kind: 'ready' }>): Partial<WaitingParticipant> {
  return { name: event.name, readiness: event.readiness, waitingSince: event.waitingSince };
}

function calledIn(room: OpenRoom, event: { invitationId: InvitationId; at: Date }): OpenRoom {
  const participant = room.participants.find((one) => one.invitationId === event.invitationId);
  if (!participant) return room;
  const { invitationId, role } = participant;
  const name = participant.name ?? participant.expectedName;
  const seat: Seat = { invitationId, name, role, link: 'connected', remote: presumedMedia };
  if (seatOf(room, invitationId)) return { ...room, ...withSeat(room, seat) };
  if (!room.consultation)
    return { ...room, lastEnded: undefined, consultation: { ...seat, since: event.at, others: [] } };
  if (!mayJoin(room, participant)) return room;
  return { ...room, consultation: { ...room.consultation, others: [...room.consultation.others, seat] } };
}

/** Into a consultation that is going on comes only who belongs to the same appointment, and while there is a seat. */
export function mayJoin(room: OpenRoom, { invitationId, appointmentId }: WaitingParticipant): boolean {
  const { consultation } = room;
  if (!consultation || consultation.others.length + 1 >= maxGuests || seatOf(room, invitationId))
    return false;
  const first = room.participants.find((one) => one.invitationId === consultation.invitationId);
  return first?.appointmentId === appointmentId;
}

function seatOf({ consultation }: OpenRoom, invitationId: InvitationId): Seat | undefined {
  return consultation && seatsOf(consultation).find((one) => one.invitationId === invitationId);
}

function withSeat({ consultation }: OpenRoom, seat: Seat): Pick<OpenRoom, 'consultation'> {
  if (!consultation) return {};
  const [first, ...others] = seatsOf(consultation).map((one) =>
    one.invitationId === seat.invitationId ? seat : one,
  );
  return { consultation: { ...consultation, ...first, others } };
}

/** Who is left; the next one moves up. */
function consultationWithout(
  { consultation }: OpenRoom,
  invitationId: InvitationId,
): Consultation | undefined {
  if (!consultation) return undefined;
  const [first, ...others] = seatsOf(consultation).filter((one) => one.invitationId !== invitationId);
  return first && { ...first, since: consultation.since, others };
}

function withoutSeat(room: OpenRoom, invitationId: InvitationId, by: 'host' | 'participant'): OpenRoom {
  const seat = seatOf(room, invitationId);
  if (!seat) return room;
  const consultation = consultationWithout(room, invitationId);
  return {
    ...room,
    consultation,
    lastEnded: consultation ? undefined : { name: seat.name, by },
    participants: inOrder(
      room.participants.map((one) =>
        one.invitationId === invitationId ? { ...one, ...absent, secondBrowser: false } : one,
      ),
    ),
  };
}

function ended(room: OpenRoom): OpenRoom {
  const { consultation } = room;
  if (!consultation) return room;
  const seats = seatsOf(consultation).toReversed();
  return seats.reduce((before, seat) => withoutSeat(before, seat.invitationId, 'host'), room);
}

/** After a consultation: the door is closed if it was only kept open for it. */
function closed(room: OpenRoom): HostState {
  return room.consultation ? room : (room.refused ?? settled(room));
}

/** A red page comes up as soon as no consultation is disturbed by it. */
function settled(room: OpenRoom): OpenRoom {
  const [next, ...later] = room.insecureLater;
  if (!next || room.consultation || room.insecure) return room;
  return { ...room, insecure: next, insecureLater: later };
}

function inOrder(participants: WaitingParticipant[]): WaitingParticipant[] {
  const rank = { ready: 0, connecting: 1, insecure: 2, absent: 3 };
  return participants.toSorted(
    (a, b) =>
      rank[a.link] - rank[b.link] ||
      (a.waitingSince?.getTime() ?? 0) - (b.waitingSince?.getTime() ?? 0) ||
      a.time.localeCompare(b.time),
  );
}
