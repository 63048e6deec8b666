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

/** Of a file or of a request for a photo, chosen by whoever offers or asks; behind it lies the bit that ends a file's data. */
const fileId = z.int().check(z.gte(0), z.lt(2 ** 31));
const byteCount = z.int().check(z.nonnegative());
export const maxFileNameLength = 255;
/** Offers to one person that are not answered or not done yet. */
export const maxOpenOffers = 12;

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
  /** The content follows on the bulk channel, once it is accepted. `photo` names the request that it answers. */
  z.object({
    kind: z.literal('file-offer'),
    id: fileId,
    name: z.string().check(z.maxLength(maxFileNameLength)),
    size: byteCount,
    photo: z.optional(fileId),
  }),
  /** From whoever offered. */
  z.object({
    kind: z.literal('file-withdrawn'),
    id: fileId,
    why: z.enum(['cancelled', 'unreadable']),
  }),
  /** From whoever was offered; all but `accepted` are the last word on that file. */
  z.object({
    kind: z.literal('file-answer'),
    id: fileId,
    answer: z.enum([
      'accepted',
      'declined',
      'too-large',
      'too-many',
      'received',
      'damaged',
      'no-room',
      'cancelled',
    ]),
  }),
  /** How far each file has come; `heldMs` is how long the newest byte has waited for this message. */
  z.object({
    kind: z.literal('file-ack'),
    heldMs: z.number().check(z.nonnegative()),
    files: z.array(z.object({ id: fileId, bytes: byteCount })).check(z.maxLength(maxOpenOffers)),
  }),
  /** The practice asks for a photo; what comes of it is a `file-offer` with the same id, or this refusal. */
  z.object({ kind: z.literal('photo-request'), id: fileId }),
  z.object({ kind: z.literal('photo-declined'), id: fileId }),
] as const;
