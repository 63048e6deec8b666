import * as z from 'zod/mini';

/** Bytes on a JSON wire: unpadded base64url, at most `maxBytes` long once decoded. */
export function bytes(maxBytes: number) {
  return z.string().check(z.regex(/^[A-Za-z0-9_-]*$/), z.maxLength(Math.ceil((maxBytes * 4) / 3)));
}

/** Exactly `length` bytes as unpadded base64url. */
export function exactBytes(length: number) {
  return z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((length * 4) / 3)}}$`)));
}

/** A calendar day in the practice's time zone, `YYYY-MM-DD` (ISO 8601). */
export const calendarDay = z.iso.date();
export type CalendarDay = z.infer<typeof calendarDay>;

/** An IANA time zone name, such as `Europe/Berlin`. The server checks that it knows it. */
export const timeZone = z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[A-Za-z0-9_+/-]+$/));

/** A time of day on the practice's clock, `HH:MM`. */
export const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/** A version counts up by one with each change of the row it stands in. */
export const version = z.int().check(z.positive());

/** A practice key's generation: 1 at registration, one more each time a device or user is removed. */
export const generation = z.int().check(z.positive());

/** Largest sealed record the server keeps, in bytes. */
const maxSealedBytes = 65_536; // a note of 10,000 emoji has 40,000
export const sealed = bytes(maxSealedBytes);

/** Hours of a day on the practice's clock; `until` may be `24:00`. */
export const codeHours = z.object({ from: timeOfDay, until: z.union([timeOfDay, z.literal('24:00')]) });
export type CodeHours = z.infer<typeof codeHours>;
