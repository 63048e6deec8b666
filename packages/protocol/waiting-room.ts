import * as z from 'zod/mini';

/** Opens the host's end of the waiting room of one practitioner until `expiresAt`. The room window keeps it. */
export const hostTicket = z.object({
  ticket: z.string(),
  expiresAt: z.iso.datetime(),
});
export type HostTicket = z.infer<typeof hostTicket>;
