import { type Bytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealConsent } from '@sprechzimmer/crypto/consent.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ConsentAnswer } from '@sprechzimmer/protocol/invitation.ts';
import type { ClientMessage } from '@sprechzimmer/protocol/signalling.ts';

const againEveryMs = 10_000;

/** A participant's answer, but for the invitation that the server names. */
export type Consent = Omit<ConsentAnswer, 'invitationId'>;

/** Brings the newest answer to the server, one at a time and again and again, until it says that it is kept. */
export class ConsentSender {
  readonly #psk: Bytes;
  readonly #send: (message: ClientMessage) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #invitationId: InvitationId | undefined;
  #unkept: Consent | undefined;
  #underWay: Consent | undefined;

  constructor(psk: Bytes, send: (message: ClientMessage) => void) {
    this.#psk = psk;
    this.#send = send;
    this.#timer = setInterval(() => this.#sendAgain(), againEveryMs);
  }

  set(answer: Consent): void {
    this.#unkept = answer;
    void this.#sendNext();
  }

  /** A new socket: what was under way on the last one may be lost. */
  handleJoined(invitationId: InvitationId): void {
    this.#invitationId = invitationId;
    this.#sendAgain();
  }

  handleKept(): void {
    if (this.#unkept === this.#underWay) this.#unkept = undefined;
    this.#underWay = undefined;
    void this.#sendNext();
  }

  /** One-way. */
  close(): void {
    clearInterval(this.#timer);
    this.#unkept = undefined;
  }

  #sendAgain(): void {
    this.#underWay = undefined;
    void this.#sendNext();
  }

  async #sendNext(): Promise<void> {
    const [answer, invitationId] = [this.#unkept, this.#invitationId];
    if (!answer || !invitationId || this.#underWay) return;
    this.#underWay = answer;
    const sealed = await sealConsent(this.#psk, { ...answer, invitationId } satisfies ConsentAnswer);
    this.#send({ kind: 'consent', sealed: toBase64url(sealed) });
  }
}
