/**
 * Sends the first value at once and then at most one in `everyMs`: always the newest, so that the last one arrives.
 */
export function throttle<Value>(send: (value: Value) => void, everyMs: number) {
  let waiting: { value: Value } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pause() {
    timer = setTimeout(() => {
      timer = undefined;
      if (!waiting) return;
      const { value } = waiting;
      waiting = undefined;
      send(value);
      pause();
    }, everyMs);
  }
  return {
    push(value: Value): void {
      if (timer !== undefined) waiting = { value };
      else {
        send(value);
        pause();
      }
    },
    /** What waits is not sent any more. */
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
      waiting = undefined;
    },
  };
}
