import { randomBytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';

type Guest = { name: string; role: ParticipantRole; send(message: ChannelMessage): boolean };
type Seated = Guest & { id: string };
type Pass = Extract<ChannelMessage, { kind: 'pass' }>;
/** What one guest may send another through the host, and under which psk. */
type Way = { serial: number; frames: number; atMs: number };

/** A handshake, its descriptions and candidates are some twenty frames; another way is sought every few seconds. */
const framesAtOnce = 40;
const framesPerSecond = 4;

/**
 * The host makes the guests of a consultation known to each other: a psk for each pair, told to both over the connections
 * that the host has checked, and then their frames, which the host carries and cannot read once their handshake is done.
 * The server has no part in it.
 */
export class Introductions {
  readonly #seated = new Map<InvitationId, Seated>();
  /** By sender and receiver. */
  readonly #ways = new Map<string, Way>();

  /** Also for who is back after a reload: it is vouched for anew, under the id it had. */
  seat(invitationId: InvitationId, guest: Guest): void {
    const id = this.#seated.get(invitationId)?.id ?? randomId();
    const newcomer = { ...guest, id };
    this.#seated.set(invitationId, newcomer);
    this.#tellPeople();
    for (const other of this.#seated.values()) if (other !== newcomer) this.#vouch(newcomer, other);
  }

  unseat(invitationId: InvitationId): void {
    if (this.#seated.delete(invitationId)) this.#tellPeople();
  }

  /** Carries a frame from one guest to another, as many as connecting takes: a guest cannot drown another one's page. */
  pass(from: InvitationId, { id, serial, frame }: Pass): void {
    const sender = this.#seated.get(from);
    const receiver = [...this.#seated.values()].find((one) => one.id === id);
    if (!sender || !receiver || !this.#mayPass(`${sender.id} ${id}`, serial)) return;
    receiver.send({ kind: 'pass', id: sender.id, serial, frame });
  }

  clear(): void {
    this.#seated.clear();
    this.#ways.clear();
  }

  /** The same of the two begins each time, and hears of it last: the other is ready for its first frame. */
  #vouch(one: Seated, other: Seated): void {
    const [begins, answers] = one.id < other.id ? [one, other] : [other, one];
    const psk = toBase64url(randomBytes(32));
    const [serial = 0] = crypto.getRandomValues(new Uint32Array(1));
    for (const way of [`${one.id} ${other.id}`, `${other.id} ${one.id}`]) {
      const { frames = framesAtOnce, atMs = performance.now() } = this.#ways.get(way) ?? {};
      this.#ways.set(way, { serial, frames, atMs });
    }
    answers.send({ kind: 'vouch', id: begins.id, psk, serial, begins: false });
    begins.send({ kind: 'vouch', id: answers.id, psk, serial, begins: true });
  }

  #mayPass(key: string, serial: number): boolean {
    const way = this.#ways.get(key);
    if (way?.serial !== serial) return false;
    const now = performance.now();
    way.frames = Math.min(framesAtOnce, way.frames + ((now - way.atMs) / 1_000) * framesPerSecond);
    way.atMs = now;
    if (way.frames < 1) return false;
    way.frames -= 1;
    return true;
  }

  #tellPeople(): void {
    const all = [...this.#seated.values()];
    for (const one of all) {
      const people = all.filter((other) => other !== one).map(({ id, name, role }) => ({ id, name, role }));
      one.send({ kind: 'people', people });
    }
  }
}

/** Means nothing outside of this consultation. */
function randomId(): string {
  return toBase64url(randomBytes(16));
}
