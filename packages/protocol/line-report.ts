import * as z from 'zod/mini';

export const longestSetUpMs = 60_000;

/** Of one consultation, what only its windows know and an operator counts; without a person, and kept by nobody. */
export const lineReport = z.object({
  /** The first way that packets took; null when none was seen. */
  way: z.nullable(z.enum(['direct', 'relayed'])),
  /** From the call to the first picture or sound of the other end, in milliseconds; null when none came in time. */
  setUpMs: z.nullable(z.int().check(z.minimum(0), z.maximum(longestSetUpMs))),
});
