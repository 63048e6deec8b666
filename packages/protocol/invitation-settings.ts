import * as z from 'zod/mini';
import { invitationLanguages } from './invitation.ts';
import { bytes } from './values.ts';

export const templateKinds = [
  'mail', // for the practice's own mail program
  'server-mail',
  'server-mail-without-code',
  'sms',
  'letter',
  'moved',
  'cancelled',
] as const;
export type TemplateKind = (typeof templateKinds)[number];

/** A text of the practice's own, in place of the one that comes with the product. */
const template = z.object({
  kind: z.enum(templateKinds),
  language: z.enum(invitationLanguages),
  /** Empty where the kind has none. */
  subject: z.string().check(z.maxLength(200)),
  text: z.string().check(z.minLength(1), z.maxLength(3_000)),
});
export type Template = z.infer<typeof template>;

/** The practice's sealed profile `invitation-settings`. */
export const invitationSettings = z.object({
  /** The practice's name in mails, SMS and their sender: without its speciality. Empty: as it is called. */
  neutralName: z.string().check(z.maxLength(100)),
  /** What a new participant with an e-mail address gets. */
  mailOnDay: z.enum(['no', 'link', 'without-code']),
  templates: z.array(template).check(z.maxLength(templateKinds.length * invitationLanguages.length)),
});
export type InvitationSettings = z.infer<typeof invitationSettings>;

/** The sealed profile `consent`: the newest text comes last; earlier ones stay, since consents were given to them. */
export const consentProfile = z.object({
  asked: z.boolean(),
  texts: z.array(
    z.object({
      since: z.iso.datetime(),
      de: z.string(),
      /** Empty: the German one is shown. */
      en: z.string(),
    }),
  ),
});
export type ConsentProfile = z.infer<typeof consentProfile>;

/** The sealed profile `logo`: PNG or JPEG, re-encoded in the browser. */
export const logoProfile = z.object({ type: z.enum(['image/png', 'image/jpeg']), image: bytes(40_000) });
export type LogoProfile = z.infer<typeof logoProfile>;
