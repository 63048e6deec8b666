import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';

/**
 * The waiting rooms of this process: one per practitioner, and one for each appointment that somebody holds by its host
 * code; there as long as somebody is in. Where the other end's socket is, here or at another instance, nothing in this
 * file knows.
 */
export type Rooms = {
  /**
   * Takes a participant's seat: in the appointment's own room while its host code is in use, else in the practitioner's.
   * Whoever shows the `place` of the one who sits there takes it over.
   * @returns 'occupied' when somebody else is in with this invitation; the host has been told
   */
  join(key: string, guest: Guest, end: End): Seat | 'occupied';
  /** Takes the host's seat; an earlier host is sent away. */
  host(key: string, end: End): HostSeat;
  /**
   * Takes the host's seat of one appointment. Its participants come over from the practitioner's room by themselves, and
   * go back when this host has not returned for a while; nobody else is seen from here.
   */
  hostByCode(key: string, code: HostCode, end: End): HostSeat;
  isHosted(key: string): boolean;
  isSeated(key: string, participant: Participant): boolean;
  /** Of each practitioner with whom, or with one of whose appointments, somebody is. */
  keys(): Set<string>;
  /** Everybody of a practitioner's rooms is sent away, and comes back by themselves. */
  vacate(key: string): void;
  /** A practitioner's rooms for good: hosts are refused, participants come back and are told what became of their code. */
  close(key: string): void;
  counts(): { rooms: number; hosts: number; waiting: number };
};

export type Participant = { appointmentId: string; invitationId: string };
/** `hostCodeIds`: the codes that may hold this participant's appointment. */
export type Guest = Participant & { place: string; hostCodeIds: string[] };
export type HostCode = { appointmentId: string; hostCodeId: string };

/** A socket as its room sees it. */
export type End = {
  tell(message: ServerMessage): void;
  /** Hands over the very buffer; the caller does not touch it again. */
  relay(frame: Buffer): void;
  close(code: number): void;
};

export type Seat = Participant & {
  hostPresent(): boolean;
  /** To the host, with this seat's connection number written into the frame; to nobody while no host is there. */
  relay(frame: Buffer): void;
  /** Harmless when called again. */
  leave(): void;
};

export type HostSeat = {
  waiting(): Waiting[];
  waitingCount(): number;
  /** To the participant whose number the frame carries. @returns false for a number that this room never gave */
  relay(frame: Buffer): boolean;
  /** @returns false for a number that this room never gave */
  drop(connection: number): boolean;
  /** @returns false for a number that this room never gave */
  calledIn(connection: number): boolean;
  leave(): void;
};

/** Whom the host has called in. `isCounted` is kept here by whoever counts, so that it is done once. */
export type CalledIn = Participant & { isCounted: boolean };

export type Waiting = Extract<ServerMessage, { kind: 'hosting' }>['waiting'][number];

export type RoomsOptions = {
  /** How long an appointment's own room stays without its host. */
  hostReturnMs: number;
  /** Somebody who is there has been called in; said again while the consultation lasts. */
  onCalledIn: (participant: CalledIn) => void;
};

export function createRooms({ hostReturnMs, onCalledIn }: RoomsOptions): Rooms {
  const rooms = new Map<string, Room>();

  function enter(key: string): Room {
    let room = rooms.get(key);
    if (!room) rooms.set(key, (room = new Room(key, rooms, onCalledIn)));
    return room;
  }

  function seatOf(key: string, { appointmentId, invitationId }: Participant): ParticipantSeat | undefined {
    const own = rooms.get(keyOf(key, appointmentId))?.seatOf(invitationId);
    return own ?? rooms.get(key)?.seatOf(invitationId);
  }

  return {
    join(key, guest, end) {
      const own = rooms.get(keyOf(key, guest.appointmentId));
      const isHeldByCode = own?.code !== undefined && guest.hostCodeIds.includes(own.code.hostCodeId);
      if (!isHeldByCode) own?.dissolve();
      const inside = seatOf(key, guest);
      if (inside && inside.place !== guest.place) {
        inside.room.host?.tell({ kind: 'turned-away', invitationId: inside.invitationId });
        return 'occupied';
      }
      inside?.end.close(closeCodes.replaced);
      return enter(isHeldByCode ? keyOf(key, guest.appointmentId) : key).seat(guest, end);
    },
    host(key, end) {
      rooms.get(key)?.host?.close(closeCodes.replaced);
      return enter(key).open(end);
    },
    hostByCode(key, { appointmentId, hostCodeId }, end) {
      const ownKey = keyOf(key, appointmentId);
      rooms.get(ownKey)?.host?.close(closeCodes.replaced);
      const room = enter(ownKey);
      room.code = { hostCodeId, returnMs: hostReturnMs };
      const seat = room.open(end);
      rooms.get(key)?.sendAway((participant) => participant.appointmentId === appointmentId);
      return seat;
    },
    isHosted(key) {
      return rooms.get(key)?.host !== undefined;
    },
    isSeated(key, participant) {
      return seatOf(key, participant) !== undefined;
    },
    keys: () => new Set([...rooms.keys()].map(practitionerKey)),
    vacate(key) {
      for (const [name, room] of rooms) if (practitionerKey(name) === key) room.sendAll();
    },
    close(key) {
      for (const [name, room] of rooms) if (practitionerKey(name) === key) room.dissolve();
    },
    counts() {
      const counts = { rooms: rooms.size, hosts: 0, waiting: 0 };
      for (const room of rooms.values()) {
        if (room.host) counts.hosts++;
        counts.waiting += room.seats.size;
      }
      return counts;
    },
  };
}

/** The key of an appointment's own room, beside its practitioner's. */
function keyOf(key: string, appointmentId: string): string {
  return `${key}#${appointmentId}`;
}

function practitionerKey(key: string): string {
  return key.split('#', 1)[0] ?? key;
}

class Room {
  readonly #key: string;
  readonly #rooms: Map<string, Room>;
  readonly onCalledIn: RoomsOptions['onCalledIn'];
  readonly seats = new Map<number, ParticipantSeat>();
  host: End | undefined;
  /** By which code the room is held; undefined for a practitioner's own. */
  code: { hostCodeId: string; returnMs: number } | undefined;
  #given = 0;
  #returnTimer: NodeJS.Timeout | undefined;

  constructor(key: string, rooms: Map<string, Room>, onCalledIn: RoomsOptions['onCalledIn']) {
    this.#key = key;
    this.#rooms = rooms;
    this.onCalledIn = onCalledIn;
  }

  seatOf(invitationId: string): ParticipantSeat | undefined {
    for (const seat of this.seats.values()) if (seat.invitationId === invitationId) return seat;
    return undefined;
  }

  seat(guest: Guest, end: End): ParticipantSeat {
    const seat = new ParticipantSeat(this, ++this.#given, guest, end);
    this.seats.set(seat.connection, seat);
    this.host?.tell({ kind: 'arrived', connection: seat.connection, invitationId: seat.invitationId });
    return seat;
  }

  open(end: End): HostSeat {
    clearTimeout(this.#returnTimer);
    this.host = end;
    for (const seat of this.seats.values()) seat.end.tell({ kind: 'host-present' });
    return new OpenHostSeat(this, end);
  }

  /** Somebody who has just left may still be written to; a number beyond these is another's or made up. */
  wasGiven(connection: number): boolean {
    return connection > 0 && connection <= this.#given;
  }

  vacate(seat: ParticipantSeat): void {
    if (!this.seats.delete(seat.connection)) return;
    this.host?.tell({ kind: 'left', connection: seat.connection });
    this.#forgetIfEmpty();
  }

  abandon(host: End): void {
    if (this.host !== host) return;
    this.host = undefined;
    for (const seat of this.seats.values()) seat.end.tell({ kind: 'host-absent' });
    this.#forgetIfEmpty();
    // A host whose line was broken, or who reloads, finds its participants where they were.
    if (this.code) this.#returnTimer = setTimeout(() => this.dissolve(), this.code.returnMs).unref();
  }

  /** They come back by themselves at once, into the room where they belong then. */
  sendAway(isMeant: (seat: ParticipantSeat) => boolean): void {
    for (const seat of this.seats.values()) if (isMeant(seat)) seat.end.close(closeCodes.restarting);
  }

  /** The end of the room: its host is sent away for good, its participants come back to wherever they belong then. */
  dissolve(): void {
    clearTimeout(this.#returnTimer);
    this.#forget();
    this.host?.tell({ kind: 'refused', code: this.code ? 'code-unknown' : 'ticket-invalid' });
    this.host?.close(closeCodes.refused);
    clearTimeout(this.#returnTimer);
    this.sendAway(() => true);
  }

  /** Host and participants alike; an appointment's own room is not kept for their return. */
  sendAll(): void {
    this.code = undefined;
    clearTimeout(this.#returnTimer);
    this.sendAway(() => true);
    this.host?.close(closeCodes.restarting);
    this.#forget();
  }

  #forgetIfEmpty(): void {
    if (!this.host && this.seats.size === 0) this.#forget();
  }

  #forget(): void {
    if (this.#rooms.get(this.#key) === this) this.#rooms.delete(this.#key);
  }
}

class ParticipantSeat implements Seat {
  readonly room: Room;
  readonly connection: number;
  readonly invitationId: InvitationId;
  readonly appointmentId: string;
  readonly place: string;
  readonly end: End;
  isCounted = false;

  constructor(room: Room, connection: number, guest: Guest, end: End) {
    this.room = room;
    this.connection = connection;
    this.invitationId = guest.invitationId as InvitationId;
    this.appointmentId = guest.appointmentId;
    this.place = guest.place;
    this.end = end;
  }

  hostPresent(): boolean {
    return this.room.host !== undefined;
  }

  relay(frame: Buffer): void {
    if (!this.room.host) return;
    frame.writeUInt32BE(this.connection, 0);
    this.room.host.relay(frame);
  }

  leave(): void {
    this.room.vacate(this);
  }
}

class OpenHostSeat implements HostSeat {
  readonly #room: Room;
  readonly #end: End;

  constructor(room: Room, end: End) {
    this.#room = room;
    this.#end = end;
  }

  waiting(): Waiting[] {
    return [...this.#room.seats.values()].map(({ connection, invitationId }) => ({
      connection,
      invitationId,
    }));
  }

  waitingCount(): number {
    return this.#room.seats.size;
  }

  relay(frame: Buffer): boolean {
    const connection = frame.readUInt32BE(0);
    const seat = this.#room.seats.get(connection);
    if (!seat) return this.#room.wasGiven(connection);
    frame.writeUInt32BE(0, 0);
    seat.end.relay(frame);
    return true;
  }

  drop(connection: number): boolean {
    const seat = this.#room.seats.get(connection);
    if (!seat) return this.#room.wasGiven(connection);
    seat.end.close(closeCodes.dropped);
    return true;
  }

  calledIn(connection: number): boolean {
    const seat = this.#room.seats.get(connection);
    if (seat) this.#room.onCalledIn(seat);
    return seat !== undefined || this.#room.wasGiven(connection);
  }

  leave(): void {
    this.#room.abandon(this.#end);
  }
}
