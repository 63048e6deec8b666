/** Whoever wants to know that something changed. What changed is read from its owner. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  /** @returns a function that ends the subscription */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
