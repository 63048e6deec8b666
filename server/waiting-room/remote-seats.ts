import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { RoomMessage } from './room-message.ts';
import type { Guest, HostSeat, Seat, Waiting } from './rooms.ts';

type Send = (message: RoomMessage) => void;

/** A participant's seat in a room of another instance. */
export class RemoteSeat implements Seat {
  readonly appointmentId: string;
  readonly invitationId: string;
  readonly leave: () => void;
  readonly #hostPresent: boolean;
  readonly #send: Send;

  constructor(guest: Guest, hostPresent: boolean, send: Send, leave: () => void) {
    this.appointmentId = guest.appointmentId;
    this.invitationId = guest.invitationId;
    this.#hostPresent = hostPresent;
    this.#send = send;
    this.leave = leave;
  }

  /** When the seat was taken. */
  hostPresent(): boolean {
    return this.#hostPresent;
  }

  relay(frame: Buffer): void {
    this.#send({ kind: 'frame', frame });
  }
}

/** The host's seat in a room of another instance, which closes it for a number that was never given. */
export class RemoteHostSeat implements HostSeat {
  readonly leave: () => void;
  readonly #waiting: Waiting[];
  readonly #send: Send;
  #count: number;

  constructor(waiting: Waiting[], send: Send, leave: () => void) {
    this.#waiting = waiting;
    this.#count = waiting.length;
    this.#send = send;
    this.leave = leave;
  }

  /** When the room was opened. */
  waiting(): Waiting[] {
    return this.#waiting;
  }

  waitingCount(): number {
    return this.#count;
  }

  /** Keeps count of what the host is told. */
  hear({ kind }: ServerMessage): void {
    if (kind === 'arrived') this.#count++;
    if (kind === 'left') this.#count--;
  }

  relay(frame: Buffer): true {
    this.#send({ kind: 'frame', frame });
    return true;
  }

  drop(connection: number): true {
    this.#send({ kind: 'drop', connection });
    return true;
  }

  calledIn(connection: number): true {
    this.#send({ kind: 'called-in', connection });
    return true;
  }
}
