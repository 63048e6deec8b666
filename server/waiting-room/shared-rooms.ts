import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { Bus } from '../instances/bus.ts';
import { LinkedEnd } from './linked-end.ts';
import { type Entering, RoomLinks, type Settled } from './room-links.ts';
import { readRoomMessage, type RoomMessage, writeRoomMessage } from './room-message.ts';
import { createQuestions, type Questions } from './room-questions.ts';
import type { End, HostSeat, Rooms, Seat } from './rooms.ts';
import { presentIn, type WaitingRooms } from './waiting-rooms.ts';

/** `elsewhere` is only for who looks. */
type Place = Exclude<Settled, 'elsewhere'> | Seat | HostSeat;

/** A room that is just being given back or claimed is where it is said to be a moment later. */
const lookAgain = { times: 5, afterMs: 50 };
/** Rooms that are empty are given back this often. */
const tidyEveryMs = 10_000;
/** Of those that are not, this often it is seen that they are still this instance's: well within their key's life. */
const confirmEveryMs = 60_000;
const claimedAtOnce = 1_000;

type JoinAnswer = Parameters<Parameters<WaitingRooms['join']>[3]>[0];
type HostAnswer = Parameters<Parameters<WaitingRooms['host']>[2]>[0];

/**
 * The waiting rooms of several instances. A practitioner's rooms lie where somebody first came into one, which Redis
 * remembers; whoever is connected elsewhere is linked to it. Of rooms whose instance has died nothing is saved: all that
 * were in them come back by themselves within seconds, and the first brings the room up again. While Redis is away,
 * everybody stays where they are; when it is back, those who are linked come in anew, since what they were sent may be
 * lost, and a room that somebody else has claimed meanwhile is left to them.
 */
export function createSharedRooms(rooms: Rooms, bus: Bus): WaitingRooms {
  return new SharedRooms(rooms, bus);
}

class SharedRooms implements WaitingRooms {
  readonly #rooms: Rooms;
  readonly #bus: Bus;
  /** The keys of the practitioners whose rooms lie here. */
  readonly #owned = new Set<string>();
  /** Sockets of other instances in rooms of this one. */
  readonly #guests = new Map<string, LinkedEnd>();
  /** Sockets of this instance in rooms of others. */
  readonly #links: RoomLinks;
  readonly #questions: Questions;
  readonly #timers: NodeJS.Timeout[];
  #isRetired = false;

  constructor(rooms: Rooms, bus: Bus) {
    this.#rooms = rooms;
    this.#bus = bus;
    this.#links = new RoomLinks(this.#send);
    this.#questions = createQuestions(this.#send);
    bus.attend({
      onMessage: (from, bytes) => {
        const read = readRoomMessage(bytes);
        if (read) this.#handle(from, read.link, read.message);
      },
      onGap: () => {
        this.#links.cutAll();
        this.#sendAwayGuests();
        void this.#confirm();
      },
      watched: () => [
        ...this.#links.owners(),
        ...Array.from(this.#guests.values(), ({ instance }) => instance),
      ],
      onGone: (instance) => {
        this.#links.cutAll((owner) => owner === instance);
        this.#sendAwayGuests(instance);
      },
    });
    this.#timers = [
      setInterval(() => this.#tidy(), tidyEveryMs),
      setInterval(() => void this.#confirm(), confirmEveryMs),
    ];
  }

  join(...[key, guest, end, seated]: Parameters<WaitingRooms['join']>): void {
    // Who joins is given a participant's seat and no other.
    this.#find({ kind: 'join', key, guest }, end, (place) => seated(place as JoinAnswer));
  }

  host(...[key, end, opened]: Parameters<WaitingRooms['host']>): void {
    this.#find({ kind: 'host', key }, end, (place) => opened(place as HostAnswer));
  }

  hostByCode(...[key, code, end, opened]: Parameters<WaitingRooms['hostByCode']>): void {
    this.#find({ kind: 'host', key, code }, end, (place) => opened(place as HostAnswer));
  }

  async isHosted(key: string): Promise<boolean> {
    if (this.#owned.has(key)) return this.#rooms.isHosted(key);
    const [owner] = await this.#bus.ownersOf([key]).catch(() => []);
    if (owner === undefined || owner === this.#bus.id) return false;
    const { hosts } = await this.#questions.ask(owner, { hosts: [key], participants: [] });
    return hosts.includes(key);
  }

  async present(participants: Parameters<WaitingRooms['present']>[0]): Promise<Set<string>> {
    const isHere = ({ key }: { key: string }) => this.#owned.has(key);
    const elsewhere = participants.filter((participant) => !isHere(participant));
    const keys = [...new Set(elsewhere.map(({ key }) => key))];
    const owners = await this.#bus.ownersOf(keys).catch(() => []);
    const byOwner = Map.groupBy(elsewhere, ({ key }) => owners[keys.indexOf(key)]);
    const answers = [...byOwner].map(async ([owner, some]) => {
      if (owner === undefined || owner === this.#bus.id) return [];
      return (await this.#questions.ask(owner, { hosts: [], participants: some })).invitationIds;
    });
    const here = presentIn(this.#rooms, participants.filter(isHere));
    return new Set([...here, ...(await Promise.all(answers)).flat()]);
  }

  counts(): ReturnType<Rooms['counts']> {
    return this.#rooms.counts();
  }

  async retire(): Promise<void> {
    this.#isRetired = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#bus.retire();
    this.#bus.release([...this.#owned]);
    this.#sendAwayGuests();
  }

  readonly #send = (instance: string, link: number, message: RoomMessage): void =>
    this.#bus.send(instance, writeRoomMessage(link, message));

  #handle(from: string, link: number, message: RoomMessage): void {
    switch (message.kind) {
      case 'join':
      case 'host':
        void this.#receive(from, link, message);
        return;
      case 'frame':
      case 'drop':
      case 'called-in':
      case 'leave':
        this.#guests.get(guestKey(from, link))?.handle(message);
        return;
      case 'seated':
      case 'opened':
      case 'occupied':
      case 'elsewhere':
      case 'tell':
      case 'relay':
      case 'close':
        this.#links.handle(from, link, message);
        return;
      case 'who': {
        const hosts = message.hosts.filter((key) => this.#rooms.isHosted(key));
        const invitationIds = [...presentIn(this.#rooms, message.participants)];
        this.#send(from, link, { kind: 'these', hosts, invitationIds });
        return;
      }
      case 'these':
        this.#questions.handle(link, message);
        return;
      default:
        message satisfies never;
    }
  }

  /** A socket of another instance wants to come in. */
  async #receive(from: string, link: number, entering: Entering): Promise<void> {
    const key = guestKey(from, link);
    const say = (message: RoomMessage) => this.#send(from, link, message);
    const guest = new LinkedEnd(from, say, () => this.#guests.delete(key));
    this.#guests.set(key, guest);
    // Who asks may know sooner than this instance that the room is its own.
    const isOwn = this.#owned.has(entering.key) || (await this.#claim(entering.key)) === this.#bus.id;
    if (guest.hasEnded) return;
    const seat = isOwn && !this.#isRetired ? this.#enter(entering, guest) : 'elsewhere';
    if (typeof seat === 'string') {
      this.#guests.delete(key);
      say({ kind: seat });
      return;
    }
    guest.sit(seat);
    if ('waiting' in seat) say({ kind: 'opened', waiting: seat.waiting() });
    else say({ kind: 'seated', hostPresent: seat.hostPresent() });
  }

  #enter(entering: Entering, end: End): Seat | HostSeat | 'occupied' {
    if (entering.kind === 'join') return this.#rooms.join(entering.key, entering.guest, end);
    const { key, code } = entering;
    return code ? this.#rooms.hostByCode(key, code, end) : this.#rooms.host(key, end);
  }

  /** `settle` is called in the turn in which the seat begins to receive; at once when the room is this instance's. */
  #find(entering: Entering, end: End, settle: (place: Place) => void, attempt = 1): void {
    if (this.#isRetired) settle('unreachable');
    else if (this.#owned.has(entering.key)) settle(this.#enter(entering, end));
    else void this.#look(entering, end, settle, attempt);
  }

  async #look(entering: Entering, end: End, settle: (place: Place) => void, attempt: number): Promise<void> {
    const owner = await this.#claim(entering.key);
    if (owner === undefined || this.#isRetired) {
      settle('unreachable');
    } else if (owner === this.#bus.id) {
      settle(this.#enter(entering, end));
    } else {
      this.#links.open(owner, entering, end, (place) => {
        if (place !== 'elsewhere') settle(place);
        else if (attempt === lookAgain.times) settle('unreachable');
        else setTimeout(() => this.#find(entering, end, settle, attempt + 1), lookAgain.afterMs);
      });
    }
  }

  /** @returns who has the rooms of this key; undefined while Redis is away */
  async #claim(key: string): Promise<string | undefined> {
    const [owner] = await this.#bus.claim([key]).catch(() => []);
    if (owner === this.#bus.id && !this.#isRetired) this.#owned.add(key);
    return owner;
  }

  #sendAwayGuests(instance?: string): void {
    for (const guest of this.#guests.values()) {
      if (instance === undefined || guest.instance === instance) guest.close(closeCodes.restarting);
    }
  }

  #tidy(): void {
    const occupied = this.#rooms.keys();
    const empty = [...this.#owned].filter((key) => !occupied.has(key));
    for (const key of empty) this.#owned.delete(key);
    this.#bus.release(empty);
  }

  /** Asks anew for what lies here, and leaves what somebody else has taken. With Redis away, the next gap asks again. */
  async #confirm(): Promise<void> {
    const keys = [...this.#owned];
    for (let start = 0; start < keys.length; start += claimedAtOnce) {
      const some = keys.slice(start, start + claimedAtOnce);
      const owners = await this.#bus.claim(some).catch(() => []);
      for (const [index, owner] of owners.entries()) {
        const key = some[index];
        if (owner === this.#bus.id || key === undefined || !this.#owned.delete(key)) continue;
        this.#rooms.vacate(key);
      }
    }
  }
}

function guestKey(instance: string, link: number): string {
  return `${instance} ${link}`;
}
