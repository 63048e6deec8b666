import type { PathHealth } from '@sprechzimmer/call/path-health.ts';

/** How much data a consultation has used. */
export type Usage = {
  bytes: number;
  /** The counters of the connection when they were last read. */
  counted: number;
  /** The last half minute, oldest first. */
  recent: readonly { atMs: number; bytes: number }[];
};

type Counters = Pick<PathHealth, 'sentBytes' | 'receivedBytes'>;

const recentMs = 30_000;

/**
 * What had gone through a connection before the consultation began on it does not count. A connection that was made anew
 * counts from nought.
 */
export function usageAfter(before: Usage | undefined, counters: Counters, atMs: number): Usage {
  const counted = counters.sentBytes + counters.receivedBytes;
  if (!before) return { bytes: 0, counted, recent: [{ atMs, bytes: 0 }] };
  const grown = counted < before.counted ? counted : counted - before.counted;
  const bytes = before.bytes + grown;
  const recent = [...before.recent, { atMs, bytes }].filter((look) => look.atMs >= atMs - recentMs);
  return { bytes, counted, recent };
}

/** At the pace of the last half minute; undefined while it is too early to say. */
export function bytesPerMinute({ recent }: Usage): number | undefined {
  const [first, last] = [recent[0], recent.at(-1)];
  if (!first || !last || last.atMs - first.atMs < 3_000) return undefined;
  return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 60_000;
}
