import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import { RemoteHostSeat, RemoteSeat } from './remote-seats.ts';
import type { RoomMessage } from './room-message.ts';
import type { End } from './rooms.ts';

export type Entering = Extract<RoomMessage, { kind: 'join' | 'host' }>;
export type FromOwner = Extract<
  RoomMessage,
  { kind: 'seated' | 'opened' | 'occupied' | 'elsewhere' | 'tell' | 'relay' | 'close' }
>;
/** `elsewhere`: the room is not where it was looked for. */
export type Settled = RemoteSeat | RemoteHostSeat | 'occupied' | 'elsewhere' | 'unreachable';

type Link = {
  owner: string;
  end: End;
  entering: Entering;
  /** Called once; undefined afterwards. */
  settle: ((seat: Settled) => void) | undefined;
  host?: RemoteHostSeat;
};

/** The sockets of this instance whose rooms lie at others. */
export class RoomLinks {
  readonly #send: (owner: string, link: number, message: RoomMessage) => void;
  readonly #links = new Map<number, Link>();
  #given = 0;

  constructor(send: (owner: string, link: number, message: RoomMessage) => void) {
    this.#send = send;
  }

  *owners(): Iterable<string> {
    for (const { owner } of this.#links.values()) yield owner;
  }

  open(owner: string, entering: Entering, end: End, settle: (seat: Settled) => void): void {
    const number = ++this.#given;
    this.#links.set(number, { owner, end, entering, settle });
    this.#send(owner, number, entering);
  }

  handle(from: string, number: number, message: FromOwner): void {
    const link = this.#links.get(number);
    if (link?.owner !== from) return;
    switch (message.kind) {
      case 'seated':
        if (link.entering.kind !== 'join') return;
        this.#settle(number, new RemoteSeat(link.entering.guest, message.hostPresent, ...this.#ways(number)));
        return;
      case 'opened':
        link.host = new RemoteHostSeat(message.waiting, ...this.#ways(number));
        this.#settle(number, link.host);
        return;
      case 'occupied':
      case 'elsewhere':
        this.#settle(number, message.kind);
        this.#links.delete(number);
        return;
      case 'tell':
        link.host?.hear(message.message);
        link.end.tell(message.message);
        return;
      case 'relay':
        link.end.relay(message.frame);
        return;
      case 'close':
        this.#cut(number, message.code);
        return;
      default:
        message satisfies never;
    }
  }

  /** They come back by themselves, to wherever their room is then. */
  cutAll(isMeant: (owner: string) => boolean = () => true): void {
    for (const [number, { owner }] of this.#links)
      if (isMeant(owner)) this.#cut(number, closeCodes.restarting);
  }

  #cut(number: number, code: number): void {
    const link = this.#links.get(number);
    if (link?.settle) {
      this.#settle(number, 'unreachable');
      this.#leave(number);
    } else {
      // The socket gives its seat back when it is closed, and so ends the link.
      link?.end.close(code);
    }
  }

  #settle(number: number, seat: Settled): void {
    const link = this.#links.get(number);
    const settle = link?.settle;
    if (link) link.settle = undefined;
    settle?.(seat);
  }

  #leave(number: number): void {
    const link = this.#links.get(number);
    if (!link) return;
    this.#links.delete(number);
    this.#send(link.owner, number, { kind: 'leave' });
  }

  #ways(number: number): [send: (message: RoomMessage) => void, leave: () => void] {
    return [
      (message) => {
        const link = this.#links.get(number);
        if (link) this.#send(link.owner, number, message);
      },
      () => this.#leave(number),
    ];
  }
}
