import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { RoomMessage } from './room-message.ts';
import type { End, HostSeat, Seat } from './rooms.ts';

type FromSocket = Extract<RoomMessage, { kind: 'frame' | 'drop' | 'called-in' | 'leave' }>;

/** In a room of this instance, a socket that is connected to another one. */
export class LinkedEnd implements End {
  readonly instance: string;
  readonly #send: (message: RoomMessage) => void;
  readonly #onEnded: () => void;
  #seat: Seat | HostSeat | undefined;
  #hasEnded = false;

  constructor(instance: string, send: (message: RoomMessage) => void, onEnded: () => void) {
    this.instance = instance;
    this.#send = send;
    this.#onEnded = onEnded;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  sit(seat: Seat | HostSeat): void {
    this.#seat = seat;
  }

  tell(message: ServerMessage): void {
    this.#send({ kind: 'tell', message });
  }

  relay(frame: Buffer): void {
    this.#send({ kind: 'relay', frame });
  }

  close(code: number): void {
    if (this.#hasEnded) return;
    this.#end();
    this.#send({ kind: 'close', code });
  }

  handle(message: FromSocket): void {
    const seat = this.#seat;
    if (message.kind === 'leave') this.#end();
    else if (seat && !isAllowed(seat, message)) this.close(closeCodes.outOfOrder);
  }

  /** The seat is given back at once, as by a socket of this instance. */
  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#seat?.leave();
    this.#onEnded();
  }
}

/** @returns false for a number that the room never gave, or what only a host may ask */
function isAllowed(seat: Seat | HostSeat, message: Exclude<FromSocket, { kind: 'leave' }>): boolean {
  if (message.kind === 'frame') return seat.relay(message.frame) !== false;
  if (!('drop' in seat)) return false;
  return message.kind === 'drop' ? seat.drop(message.connection) : seat.calledIn(message.connection);
}
