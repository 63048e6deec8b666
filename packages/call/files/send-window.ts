import { chunkBytes, maxWindowBytes } from './limits.ts';

/**
 * How much may be on the way. Files share the line with picture and sound, which must not wait behind them: the window
 * grows only while messages come through without queueing, and shrinks while they queue (as LEDBAT does, RFC 6817).
 */
export type SendWindow = {
  bytes: number;
  /** The shortest way that was seen lately, in milliseconds. */
  base: number;
  /** The latest ways. A line that queues makes all of them long; a busy processor only some. */
  recent: readonly number[];
};

export const initialWindow: SendWindow = { bytes: 16 * chunkBytes, base: Infinity, recent: [] };

const minBytes = 4 * chunkBytes;
/** Queueing in milliseconds below which it grows, and above which it shrinks. */
const [calm, crowded] = [40, 120];
/** The way may become longer for good, from Wi-Fi to mobile for instance. */
const agingPerAck = 1;
const rememberedAcks = 6;

export function adjustWindow({ bytes, base, recent: before }: SendWindow, delayMs: number): SendWindow {
  const recent = [...before, delayMs].slice(-rememberedAcks);
  const shortest = Math.min(base + agingPerAck, delayMs);
  const queueing = Math.min(...recent) - shortest;
  const factor = queueing < calm ? 1.25 : queueing > crowded ? 0.8 : 1;
  return {
    bytes: Math.min(maxWindowBytes, Math.max(minBytes, Math.round(bytes * factor))),
    base: shortest,
    recent,
  };
}
