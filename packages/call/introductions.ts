import { randomBytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';

type Guest = { name: string; role: ParticipantRole; send(message: ChannelMessage): boolean };
type Seated = Guest & { id: string };
type Pass = Extract<ChannelMessage, { kind: 'pass' }>;

/**
 * The host makes the guests of a consultation known to each other: a psk for each pair, told to both over the connections
 * that the host has checked, and then their frames, which the host carries and cannot read once their handshake is done.
 * The server has no part in it.
 */
export class Introductions {
  readonly #seated = new Map<InvitationId, Seated>();

  /** Also for who is back after a reload: it is vouched for anew, under the id it had. */
  seat(invitationId: InvitationId, guest: Guest): void {
    const id = this.#seated.get(invitationId)?.id ?? randomId();
    const newcomer = { ...guest, id };
    this.#seated.set(invitationId, newcomer);
    this.#tellPeople();
    for (const other of this.#seated.values()) if (other !== newcomer) vouch(newcomer, other);
  }

  unseat(invitationId: InvitationId): void {
    if (this.#seated.delete(invitationId)) this.#tellPeople();
  }

  /** Carries a frame from one guest to another. */
  pass(from: InvitationId, { id, serial, frame }: Pass): void {
    const sender = this.#seated.get(from);
    const receiver = [...this.#seated.values()].find((one) => one.id === id);
    if (sender && receiver && sender !== receiver)
      receiver.send({ kind: 'pass', id: sender.id, serial, frame });
  }

  clear(): void {
    this.#seated.clear();
  }

  #tellPeople(): void {
    const all = [...this.#seated.values()];
    for (const one of all) {
      const people = all.filter((other) => other !== one).map(({ id, name, role }) => ({ id, name, role }));
      one.send({ kind: 'people', people });
    }
  }
}

/** The same of the two begins each time, and hears of it last: the other is ready for its first frame. */
function vouch(one: Seated, other: Seated): void {
  const [begins, answers] = one.id < other.id ? [one, other] : [other, one];
  const psk = toBase64url(randomBytes(32));
  const [serial = 0] = crypto.getRandomValues(new Uint32Array(1));
  answers.send({ kind: 'vouch', id: begins.id, psk, serial, begins: false });
  begins.send({ kind: 'vouch', id: answers.id, psk, serial, begins: true });
}

/** Means nothing outside of this consultation. */
function randomId(): string {
  return toBase64url(randomBytes(16));
}
