import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { Bus } from '../instances/bus.ts';
import { LinkedEnd } from './linked-end.ts';
import { type Entering, RoomLinks, type Settled } from './room-links.ts';
import { readRoomMessage, type RoomMessage, writeRoomMessage } from './room-message.ts';
import { createQuestions } from './room-questions.ts';
import type { End, HostSeat, Rooms, Seat } from './rooms.ts';
import { presentIn, type WaitingRooms } from './waiting-rooms.ts';

type Place = Settled | Seat | HostSeat;

/** A room that is just being given back or claimed is where it is said to be a moment later. */
const lookAgain = { times: 5, afterMs: 50 };
/** Rooms that are empty are given back this often. */
const tidyEveryMs = 10_000;
/** Of those that are not, this often it is seen that they are still this instance's: well within their key's life. */
const confirmEveryMs = 60_000;
const claimedAtOnce = 1_000;

/**
 * The waiting rooms of several instances. A practitioner's rooms lie where somebody first came into one, which Redis
 * remembers; whoever is connected elsewhere is linked to it. Of rooms whose instance has died nothing is saved: all that
 * were in them come back by themselves within seconds, and the first brings the room up again. While Redis is away,
 * everybody stays where they are; when it is back, those who are linked come in anew, since what they were sent may be
 * lost, and a room that somebody else has claimed meanwhile is left to them.
 */
export function createSharedRooms(rooms: Rooms, bus: Bus): WaitingRooms {
  const owned = new Set<string>();
  const guests = new Map<string, LinkedEnd>();
  let isRetired = false;

  const send = (instance: string, link: number, message: RoomMessage): void =>
    bus.send(instance, writeRoomMessage(link, message));
  const links = new RoomLinks(send);
  const questions = createQuestions(send);
  bus.attend({
    onMessage(from, bytes) {
      const read = readRoomMessage(bytes);
      if (read) handle(from, read.link, read.message);
    },
    onGap() {
      links.cutAll();
      sendAwayGuests();
      void confirm();
    },
    *watched() {
      yield* links.owners();
      for (const { instance } of guests.values()) yield instance;
    },
    onGone(instance) {
      links.cutAll((owner) => owner === instance);
      sendAwayGuests(instance);
    },
  });
  const timers = [setInterval(tidy, tidyEveryMs), setInterval(() => void confirm(), confirmEveryMs)];

  function handle(from: string, link: number, message: RoomMessage): void {
    switch (message.kind) {
      case 'join':
      case 'host':
        void receive(from, link, message);
        return;
      case 'frame':
      case 'drop':
      case 'called-in':
      case 'leave':
        guests.get(guestKey(from, link))?.handle(message);
        return;
      case 'seated':
      case 'opened':
      case 'occupied':
      case 'elsewhere':
      case 'tell':
      case 'relay':
      case 'close':
        links.handle(from, link, message);
        return;
      case 'who': {
        const hosts = message.hosts.filter((key) => rooms.isHosted(key));
        const invitationIds = [...presentIn(rooms, message.participants)];
        send(from, link, { kind: 'these', hosts, invitationIds });
        return;
      }
      case 'these':
        questions.handle(link, message);
        return;
      default:
        message satisfies never;
    }
  }

  /** A socket of another instance wants to come in. */
  async function receive(from: string, link: number, entering: Entering): Promise<void> {
    const key = guestKey(from, link);
    const guest = new LinkedEnd(
      from,
      (message) => send(from, link, message),
      () => guests.delete(key),
    );
    guests.set(key, guest);
    // Who asks may know sooner than this instance that the room is its own.
    const isOwn = !isRetired && (owned.has(entering.key) || (await isClaimed(entering.key)));
    if (guest.hasEnded) return;
    const seat = isOwn ? enter(entering, guest) : 'elsewhere';
    if (typeof seat === 'string') {
      guests.delete(key);
      send(from, link, { kind: seat });
    } else {
      guest.sit(seat);
      send(
        from,
        link,
        'waiting' in seat
          ? { kind: 'opened', waiting: seat.waiting() }
          : { kind: 'seated', hostPresent: seat.hostPresent() },
      );
    }
  }

  function enter(entering: Entering, end: End): Seat | HostSeat | 'occupied' {
    if (entering.kind === 'join') return rooms.join(entering.key, entering.guest, end);
    const { key, code } = entering;
    return code ? rooms.hostByCode(key, code, end) : rooms.host(key, end);
  }

  async function isClaimed(key: string): Promise<boolean> {
    const [owner] = await bus.claim([key]).catch(() => []);
    if (owner === bus.id && !isRetired) owned.add(key);
    return owned.has(key);
  }

  /** `settle` is called in the turn in which the seat begins to receive; at once when the room is this instance's. */
  function find(entering: Entering, end: End, settle: (place: Place) => void, attempt = 1): void {
    if (isRetired) settle('unreachable');
    else if (owned.has(entering.key)) settle(enter(entering, end));
    else void ask(entering, end, settle, attempt);
  }

  async function ask(entering: Entering, end: End, settle: (place: Place) => void, attempt: number) {
    const [owner] = await bus.claim([entering.key]).catch(() => []);
    if (owner === undefined || isRetired) {
      settle('unreachable');
    } else if (owner === bus.id) {
      owned.add(entering.key);
      settle(enter(entering, end));
    } else {
      links.open(owner, entering, end, (place) => {
        if (place !== 'elsewhere') settle(place);
        else if (attempt === lookAgain.times) settle('unreachable');
        else setTimeout(() => find(entering, end, settle, attempt + 1), lookAgain.afterMs);
      });
    }
  }

  function sendAwayGuests(instance?: string): void {
    for (const guest of guests.values()) {
      if (instance === undefined || guest.instance === instance) guest.close(closeCodes.restarting);
    }
  }

  function tidy(): void {
    const occupied = rooms.keys();
    const empty = [...owned].filter((key) => !occupied.has(key));
    for (const key of empty) owned.delete(key);
    bus.release(empty);
  }

  async function confirm(): Promise<void> {
    const keys = [...owned];
    for (let start = 0; start < keys.length; start += claimedAtOnce) {
      const some = keys.slice(start, start + claimedAtOnce);
      // With Redis away again, the next gap asks again.
      const owners = await bus.claim(some).catch(() => []);
      for (const [index, owner] of owners.entries()) {
        const key = some[index];
        if (owner === bus.id || key === undefined || !owned.delete(key)) continue;
        rooms.vacate(key);
      }
    }
  }

  return {
    join(key, guest, end, seated) {
      find({ kind: 'join', key, guest }, end, (place) => seated(answerTo<Seat | 'occupied'>(place)));
    },
    host(key, end, opened) {
      find({ kind: 'host', key }, end, (place) => opened(answerTo<HostSeat>(place)));
    },
    hostByCode(key, code, end, opened) {
      find({ kind: 'host', key, code }, end, (place) => opened(answerTo<HostSeat>(place)));
    },
    async isHosted(key) {
      if (owned.has(key)) return rooms.isHosted(key);
      const [owner] = await bus.ownersOf([key]).catch(() => []);
      if (owner === undefined || owner === bus.id) return false;
      const { hosts } = await questions.ask(owner, { hosts: [key], participants: [] });
      return hosts.includes(key);
    },
    async present(participants) {
      const elsewhere = participants.filter(({ key }) => !owned.has(key));
      const keys = [...new Set(elsewhere.map(({ key }) => key))];
      const owners = await bus.ownersOf(keys).catch(() => []);
      const ownerOf = new Map(keys.map((key, index) => [key, owners[index]]));
      const instances = new Set(owners.filter((owner) => owner !== undefined && owner !== bus.id));
      const answers = await Promise.all(
        [...instances].map((instance) =>
          questions.ask(instance!, {
            hosts: [],
            participants: elsewhere.filter(({ key }) => ownerOf.get(key) === instance),
          }),
        ),
      );
      const here = presentIn(
        rooms,
        participants.filter(({ key }) => owned.has(key)),
      );
      return new Set([...here, ...answers.flatMap(({ invitationIds }) => invitationIds)]);
    },
    counts: () => rooms.counts(),
    async retire() {
      isRetired = true;
      for (const timer of timers) clearInterval(timer);
      await bus.retire();
      bus.release([...owned]);
      sendAwayGuests();
    },
  };
}

/** Whoever asked for one kind of seat is given none of the other. */
function answerTo<Wanted extends Seat | HostSeat | 'occupied'>(place: Place): Wanted | 'unreachable' {
  return place === 'elsewhere' || place === 'unreachable' ? 'unreachable' : (place as Wanted);
}

function guestKey(instance: string, link: number): string {
  return `${instance} ${link}`;
}
