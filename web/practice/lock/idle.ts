const channelName = 'sprechzimmer';
const tickMs = 5_000;

type IdleOptions = {
  /** Minutes without a key or a pointer; 0: never. Asked at each tick. */
  minutes: () => number;
  lock: () => void;
  signal: AbortSignal;
};

/**
 * Locks after the idle minutes and by key, together with every other tab of this browser: they share one session, so a
 * person who works in one is not idle in another.
 */
export function watchIdle({ minutes, lock, signal }: IdleOptions): void {
  const channel = new BroadcastChannel(channelName);
  let lastActiveMs = Date.now();
  let toldMs = 0;

  function isActive(): void {
    lastActiveMs = Date.now();
    if (lastActiveMs - toldMs < tickMs) return;
    toldMs = lastActiveMs;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    channel.postMessage('active');
  }
  function handleKey(event: KeyboardEvent): void {
    if (isLockKey(event)) {
      event.preventDefault();
      lock();
    } else isActive();
  }
  for (const kind of ['pointerdown', 'pointermove', 'wheel', 'touchmove']) {
    addEventListener(kind, isActive, { signal, passive: true });
  }
  addEventListener('keydown', handleKey, { signal });
  channel.addEventListener('message', (event) => {
    if (event.data === 'active') lastActiveMs = Date.now();
    if (event.data === 'locked') lock();
  });
  // A machine that slept wakes up with the time gone by, and is locked at the first tick.
  const timer = setInterval(() => {
    if (isIdle(lastActiveMs, Date.now(), minutes())) lock();
  }, tickMs);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    channel.close();
  });
}

/** Tells the other tabs of this browser that the session is locked. */
export function tellLocked(): void {
  const channel = new BroadcastChannel(channelName);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  channel.postMessage('locked');
  channel.close();
}

/** @param minutes 0: never */
export function isIdle(lastActiveMs: number, nowMs: number, minutes: number): boolean {
  return minutes > 0 && nowMs - lastActiveMs >= minutes * 60_000;
}

/** Alt + Shift + L, by the key's place: no browser takes it, and on a Mac it types another letter. */
export function isLockKey(
  event: Pick<KeyboardEvent, 'code' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>,
) {
  return event.code === 'KeyL' && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
}
