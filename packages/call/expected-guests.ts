import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ExpectedParticipant } from '@sprechzimmer/protocol/room-window.ts';

const lookEveryMs = 1_000;

/**
 * Who is expected, and the day rule by the clock of this very machine: a participant is let in from the moment that their
 * code opens until it closes, whatever the server does and whether or not the practice app says anything.
 */
export class ExpectedGuests {
  #all: ExpectedParticipant[];
  readonly #distrusted = new Set<InvitationId>();
  #openBefore: string;
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param onTime somebody's time has come, or is over */
  constructor(all: ExpectedParticipant[], onTime: () => void) {
    this.#all = all;
    this.#openBefore = this.#openIds();
    this.#timer = setInterval(() => {
      const open = this.#openIds();
      if (open === this.#openBefore) return;
      this.#openBefore = open;
      onTime();
    }, lookEveryMs);
  }

  replace(all: ExpectedParticipant[]): void {
    this.#all = all;
    this.#openBefore = this.#openIds();
  }

  /** Whose time is not over. */
  get coming(): ExpectedParticipant[] {
    const now = Date.now();
    return this.#all.filter(({ until }) => now < until);
  }

  /** Whoever may be let in now. */
  open(invitationId: InvitationId): ExpectedParticipant | undefined {
    const guest = this.find(invitationId);
    return guest && isOpen(guest, Date.now()) && !this.#distrusted.has(invitationId) ? guest : undefined;
  }

  /** Their words were not the same: this invitation is let in no more. */
  distrust(invitationId: InvitationId): void {
    this.#distrusted.add(invitationId);
  }

  /** Whatever the hour. */
  find(invitationId: InvitationId): ExpectedParticipant | undefined {
    return this.#all.find((one) => one.invitationId === invitationId);
  }

  /** One-way. */
  close(): void {
    clearInterval(this.#timer);
  }

  #openIds(): string {
    const now = Date.now();
    return this.#all
      .filter((guest) => isOpen(guest, now))
      .map(({ invitationId }) => invitationId)
      .join();
  }
}

function isOpen({ from, until }: ExpectedParticipant, now: number): boolean {
  return from <= now && now < until;
}
