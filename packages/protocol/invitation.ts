import * as z from 'zod/mini';
import { appointmentId, hostCodeId, invitationId } from './ids.ts';
import { participantRoles } from './participant-role.ts';
import { bytes, exactBytes } from './values.ts';

/** The languages that letters, mails and the participant's page can speak. */
export const invitationLanguages = ['de', 'en'] as const;
export type InvitationLanguage = (typeof invitationLanguages)[number];

/** Largest sealed card, in bytes: a consent text of 8,000 bytes among it. */
export const maxCardBytes = 10_240;
export const maxConsentTextBytes = 8_000;

/** What the practice gives the server for one participant: it learns neither code nor locator. */
export const invitationIssue = z.object({
  id: invitationId,
  locatorHash: exactBytes(32), // SHA-256(locator)
  card: bytes(maxCardBytes), // InvitationCard, sealed with the card key
});
export type InvitationIssue = z.infer<typeof invitationIssue>;

/** The card: what a participant's page may show before anyone is there. Sealed by the practice. */
export const invitationCard = z.object({
  /** So that all calendar files of it mean one event. */
  appointmentId: z._default(z.string().check(z.maxLength(36)), ''),
  practice: z.string().check(z.maxLength(200)),
  practitioner: z.string().check(z.maxLength(200)),
  /** Local date and time in the practice's time zone, `YYYY-MM-DDTHH:MM`. */
  start: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)),
  durationMinutes: z._default(z.int(), 20),
  timeZone: z.string().check(z.maxLength(64)),
  telephone: z.string().check(z.maxLength(40)),
  language: z.enum(invitationLanguages),
  /** What the participant is asked to consent to; empty: the practice does not ask. */
  consent: z._default(z.string(), ''),
});
export type InvitationCard = z.infer<typeof invitationCard>;

/** The participant's answer, sealed with `consentKey` of the psk: the server keeps it and cannot write one. */
export const consentAnswer = z.object({
  invitationId,
  given: z.boolean(),
  at: z.iso.datetime(),
  textHash: exactBytes(32),
});
export type ConsentAnswer = z.infer<typeof consentAnswer>;

/** A host code as the server gets it. */
export const hostCodeIssue = z.object({
  id: hostCodeId,
  locatorHash: exactBytes(32),
  /** HostCard, sealed with the code's card key. */
  card: bytes(8_192),
});
export type HostCodeIssue = z.infer<typeof hostCodeIssue>;

/** What a host code opens: one appointment as the host's window needs it. */
export const hostCard = z.object({
  appointmentId,
  practice: z.string().check(z.maxLength(200)),
  practitioner: z.string().check(z.maxLength(200)),
  start: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)),
  timeZone: z.string().check(z.maxLength(64)),
  /** As the practice had it when the code was made. */
  hideAddress: z.optional(z.boolean()),
  participants: z
    .array(
      z.object({
        invitationId,
        name: z.string().check(z.maxLength(200)),
        role: z._default(z.enum(participantRoles), 'patient'),
        /** For when no connection comes about any more. */
        telephone: z.optional(z.string().check(z.maxLength(40))),
        psk: exactBytes(32),
        compareWords: z.boolean(),
      }),
    )
    .check(z.minLength(1), z.maxLength(9)),
});
export type HostCard = z.infer<typeof hostCard>;
