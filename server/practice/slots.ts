export type Slots = {
  /**
   * Runs `work` as soon as a slot is free, in the order of asking.
   * @returns undefined without having run anything when too many are waiting
   */
  run<T>(work: () => Promise<T>): Promise<T | undefined>;
};

/** Bounds how much runs at once and how much waits, so that a flood costs neither all memory nor all threads. */
export function createSlots(options: { parallel: number; maxWaiting: number }): Slots {
  const waiting: (() => void)[] = [];
  let free = options.parallel;
  return {
    async run(work) {
      if (free > 0) free--;
      else if (waiting.length < options.maxWaiting)
        await new Promise<void>((resolve) => waiting.push(resolve));
      else return undefined;
      try {
        return await work();
      } finally {
        // The slot goes straight to the next in line.
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
