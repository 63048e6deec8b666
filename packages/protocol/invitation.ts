import * as z from 'zod/mini';
import { invitationId } from './ids.ts';
import { bytes, exactBytes } from './values.ts';

/** What the practice gives the server for one participant: it learns neither code nor locator. */
export const invitationIssue = z.object({
  id: invitationId,
  locatorHash: exactBytes(32), // SHA-256(locator)
  card: bytes(4_096), // InvitationCard, sealed with the card key
});
export type InvitationIssue = z.infer<typeof invitationIssue>;

/** The card: what a participant's page may show before anyone is there. Sealed by the practice. */
export const invitationCard = z.object({
  practice: z.string().check(z.maxLength(200)),
  practitioner: z.string().check(z.maxLength(200)),
  /** Local date and time in the practice's time zone, `YYYY-MM-DDTHH:MM`. */
  start: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)),
  timeZone: z.string().check(z.maxLength(64)),
  telephone: z.string().check(z.maxLength(40)),
  language: z.enum(['de', 'en']),
});
export type InvitationCard = z.infer<typeof invitationCard>;
