import * as z from 'zod/mini';

/** Of a file or of a request for a photo, chosen by whoever offers or asks; the next higher bit ends a file's data. */
const id = z.int().check(z.gte(0), z.lt(2 ** 31));
const byteCount = z.int().check(z.nonnegative());
/** Offers to one person that are not answered or not done yet. */
export const maxOpenOffers = 12;

/** What the pages say to each other about files and photos. The content itself goes over the bulk channel. */
export const fileMessage = z.discriminatedUnion('kind', [
  /** `photo` names the request that it answers. */
  z.object({
    kind: z.literal('offer'),
    id,
    name: z.string().check(z.maxLength(255)),
    size: byteCount,
    photo: z.optional(id),
  }),
  /** From whoever offered. */
  z.object({ kind: z.literal('withdrawn'), id, why: z.enum(['cancelled', 'unreadable']) }),
  /** From whoever was offered; all but `accepted` are the last word on that file. */
  z.object({
    kind: z.literal('answer'),
    id,
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
    kind: z.literal('ack'),
    heldMs: z.number().check(z.nonnegative()),
    files: z.array(z.object({ id, bytes: byteCount })).check(z.maxLength(maxOpenOffers)),
  }),
  /** The practice asks for a photo; what comes of it is an `offer` that names it, or this refusal. */
  z.object({ kind: z.literal('photo-request'), id }),
  z.object({ kind: z.literal('photo-declined'), id }),
]);
export type FileMessage = z.infer<typeof fileMessage>;
