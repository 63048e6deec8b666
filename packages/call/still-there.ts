import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';

const withinMs = 2_000;

/** Asks the other end over the data channel whether it is still there. */
export class StillThere {
  #asking: Promise<boolean> | undefined;
  #onPong: (() => void) | undefined;

  /**
   * Who asks while a question is open shares its answer: otherwise two strangers at once could make it seem that nobody is
   * there.
   * @param send false when the message could not be sent
   */
  async ask(send: (message: ChannelMessage) => boolean): Promise<boolean> {
    this.#asking ??= this.#ask(send).finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(send: (message: ChannelMessage) => boolean): Promise<boolean> {
    if (!send({ kind: 'ping' })) return false;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs);
      this.#onPong = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  handlePong(): void {
    this.#onPong?.();
  }
}
