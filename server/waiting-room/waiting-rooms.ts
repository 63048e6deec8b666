import type { End, Guest, HostCode, HostSeat, Participant, Rooms, Seat } from './rooms.ts';

/**
 * The waiting rooms as a socket sees them, wherever they are. What becomes of it is said in the very turn in which the
 * seat begins to receive. `unreachable`: nobody knows at the moment where the room is; to be tried again.
 */
export type WaitingRooms = {
  join(key: string, guest: Guest, end: End, seated: (seat: Seat | 'occupied' | 'unreachable') => void): void;
  host(key: string, end: End, opened: (seat: HostSeat | 'unreachable') => void): void;
  hostByCode(key: string, code: HostCode, end: End, opened: (seat: HostSeat | 'unreachable') => void): void;
  isHosted(key: string): Promise<boolean>;
  /** @returns who of these is there, by their invitation */
  present(participants: (Participant & { key: string })[]): Promise<Set<string>>;
  counts: Rooms['counts'];
  /** Sends away whoever is connected to another instance, and takes nobody in any more. */
  retire(): Promise<void>;
};

/** Of the only instance there is. */
export function createLonelyRooms(rooms: Rooms): WaitingRooms {
  return {
    join: (key, guest, end, seated) => seated(rooms.join(key, guest, end)),
    host: (key, end, opened) => opened(rooms.host(key, end)),
    hostByCode: (key, code, end, opened) => opened(rooms.hostByCode(key, code, end)),
    isHosted: async (key) => rooms.isHosted(key),
    present: async (participants) => presentIn(rooms, participants),
    counts: () => rooms.counts(),
    retire: async () => {},
  };
}

export function presentIn(rooms: Rooms, participants: (Participant & { key: string })[]): Set<string> {
  const present = participants.filter(({ key, ...participant }) => rooms.isSeated(key, participant));
  return new Set(present.map(({ invitationId }) => invitationId));
}
