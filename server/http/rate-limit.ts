import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { Context } from './context.ts';

export type RateLimitOptions = {
  /** This many counts within a window are allowed. */
  limit: number;
  windowMs: number;
  now: () => Date;
  /** Memory bound: beyond this many keys the one whose window began first is forgotten. */
  maxKeys?: number;
  /** What the other instances are told, so that they count the same, and by what name. */
  shared?: Pick<Context, 'bus'> & { topic: string };
};

type RateLimitVerdict = { allowed: boolean; /** 0 when allowed */ retryAfterSeconds: number };

export type RateLimit = {
  check(key: string): RateLimitVerdict;
  /** Counts one failure (or use). The window begins with a key's first count. */
  count(key: string): void;
  /** Forgets a key's counts. */
  clear(key: string): void;
};

/**
 * Counts per key in fixed windows, in this process's memory. Where there are several instances, each counts what any of
 * them has seen: nobody waits for an answer from elsewhere, and while Redis is away each still counts its own.
 */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const { limit, windowMs, now, maxKeys = 100_000, shared } = options;
  // A key is inserted when its window begins, so the map's order is the order in which windows end.
  const windows = new Map<string, { count: number; endsAtMs: number }>();

  function current(key: string, nowMs: number) {
    const window = windows.get(key);
    return window && window.endsAtMs > nowMs ? window : undefined;
  }

  function add(key: string): void {
    const nowMs = now().getTime();
    const window = current(key, nowMs);
    if (window) {
      window.count++;
      return;
    }
    windows.delete(key);
    for (const [oldest, { endsAtMs }] of windows) {
      if (endsAtMs > nowMs && windows.size < maxKeys) break;
      windows.delete(oldest);
    }
    windows.set(key, { count: 1, endsAtMs: nowMs + windowMs });
  }

  /** What is counted is a person's address: other instances are told its hash, and count that. */
  function nameOf(key: string): string {
    return shared?.bus ? createHash('sha256').update(`${shared.topic} ${key}`).digest('base64') : key;
  }

  function tell(what: 'count' | 'clear', name: string): void {
    shared?.bus?.broadcast(shared.topic, `${what} ${name}`);
  }
  shared?.bus?.onBroadcast(shared.topic, (text) => {
    const name = text.slice('count '.length);
    if (text.startsWith('count ')) add(name);
    else windows.delete(name);
  });

  return {
    check(key) {
      const nowMs = now().getTime();
      const window = current(nameOf(key), nowMs);
      if (!window || window.count < limit) return { allowed: true, retryAfterSeconds: 0 };
      return { allowed: false, retryAfterSeconds: Math.ceil((window.endsAtMs - nowMs) / 1000) };
    },
    count(key) {
      const name = nameOf(key);
      add(name);
      tell('count', name);
    },
    clear(key) {
      const name = nameOf(key);
      if (windows.delete(name)) tell('clear', name);
    },
  };
}

/**
 * What an address is limited by: IPv4 as it is (also when written as IPv4-mapped IPv6), IPv6 by its /64, of which every
 * household has one. Text that is no address is its own key.
 */
export function addressKey(ip: string): string {
  if (isIPv4(ip)) return ip;
  const address = ip.replace(/%.*$/, '');
  if (!isIPv6(address)) return ip;
  const groups = ipv6Groups(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

function ipv6Groups(address: string): number[] {
  const dotted = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail] = dotted.split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = read(head);
  const after = read(tail ?? '');
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
