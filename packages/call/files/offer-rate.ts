const perMinute = 60;

/** How often one person may offer files before the rest goes unheard. */
export class OfferRate {
  readonly #now: () => number;
  readonly #offers = new Map<string, { minute: number; count: number }>();

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  allows(peerId: string): boolean {
    const minute = Math.floor(this.#now() / 60_000);
    const before = this.#offers.get(peerId);
    const count = (before?.minute === minute ? before.count : 0) + 1;
    this.#offers.set(peerId, { minute, count });
    return count <= perMinute;
  }
}
