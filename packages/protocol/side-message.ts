import * as z from 'zod/mini';

/** Sentences that a practice can show, large, on the page of someone who waits or talks; the page says them in its own language. */
export const hints = [
  'unmute',
  'allow-microphone',
  'allow-camera',
  'other-browser',
  'better-line',
  'speak-louder',
  'turn-device',
  'one-moment',
  'we-telephone',
] as const;
export type Hint = (typeof hints)[number];

/** A place in a picture, from 0 (left, top) to 1 (right, bottom). */
const place = z.object({
  x: z.number().check(z.gte(0), z.lte(1)),
  y: z.number().check(z.gte(0), z.lte(1)),
});

/**
 * What the pages say to each other beyond the consultation itself. Each kind belongs to one feature, which may be loaded
 * only when the first of its messages comes: `Talk` of the call package keeps it until then.
 */
export const sideMessages = [
  /** null takes it away. */
  z.object({ kind: z.literal('hint'), hint: z.nullable(z.enum(hints)) }),
  z.object({ kind: z.literal('hint-shown'), hint: z.enum(hints) }),
  /** Over the screen that is shared; null takes it away. */
  z.object({ kind: z.literal('arrow'), arrow: z.nullable(z.object({ from: place, to: place })) }),
  /** On files and photos: a `FileMessage`, which is read by whoever has loaded that part. */
  z.object({ kind: z.literal('file'), message: z.unknown() }),
] as const;
