import * as z from 'zod/mini';
import { contactId } from './ids.ts';
import { invitationLanguages } from './invitation.ts';
import { bytes, generation, version } from './values.ts';

/** How many a practice may keep. */
export const maxContacts = 10_000;

const text = (max: number) => z.string().check(z.maxLength(max));

/** A person whom the practice invites again: what an invitation needs, and nothing of a patient file. */
export const contactRecord = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  email: text(254),
  telephone: text(40),
  language: z.enum(invitationLanguages),
});
export type ContactRecord = z.infer<typeof contactRecord>;

export const sealedContact = z.object({ id: contactId, version, generation, sealed: bytes(2_048) });
export type SealedContact = z.infer<typeof sealedContact>;
