import * as z from 'zod/mini';
import { consultationRecord } from './consultation-record.ts';
import { storedDelivery, deliveryId, deliveryInput } from './delivery.ts';
import { appointmentId, hostCodeId, invitationId, userId } from './ids.ts';
import { hostCodeIssue, invitationIssue, invitationLanguages } from './invitation.ts';
import { participantRoles } from './participant-role.ts';
import { bytes, calendarDay, exactBytes, generation, sealed, version } from './values.ts';

const text = (max: number) => z.string().check(z.maxLength(max));

export const maxParticipants = 9;
export const maxHostCodes = 3;
export const maxConsultationRecords = 5;

/** How an invitation was passed on, as the practice's browser saw it. */
export const sentWays = [
  'mail-program',
  'copied',
  'letter',
  'calendar-file',
  'read-aloud',
  'sms',
  'server-mail',
] as const;
export type SentWay = (typeof sentWays)[number];

/** A participant's consent to the video consultation, or its end. */
const consent = z.object({
  givenAt: z.iso.datetime(),
  revokedAt: z.nullable(z.iso.datetime()),
  /** participant: asked at entry. practice: on paper, or by word of mouth. */
  by: z.enum(['participant', 'practice']),
  /** SHA-256 of the text that was shown. */
  textHash: exactBytes(32),
});
export type Consent = z.infer<typeof consent>;

/** One participant, inside the sealed record: the only place where code and psk are kept. */
const participant = z.object({
  invitationId,
  name: text(200),
  email: text(254),
  telephone: text(40),
  role: z.enum(participantRoles),
  language: z.enum(invitationLanguages),
  code: text(24), // twelve Crockford symbols, without hyphens
  locator: exactBytes(16),
  psk: exactBytes(32),
  /** Seals the card. Records of the first version have none: it is derived from the code again. */
  cardKey: z.optional(exactBytes(32)),
  /** The newest twenty. */
  sent: z.array(z.object({ way: z.enum(sentWays), at: z.iso.datetime() })).check(z.maxLength(20)),
  /** The server is to mail the invitation on the day: with the link, or with everything but the code. */
  mailOnDay: z.enum(['no', 'link', 'without-code']),
  /** The code travels, or has travelled, through the server: the words are to be compared. */
  viaServer: z.boolean(),
  consent: z.nullable(consent),
});
export type Participant = z.infer<typeof participant>;

/** A code that opens the host's end of this one appointment. */
const hostCode = z.object({
  id: hostCodeId,
  code: text(24),
  locator: exactBytes(16),
  /** Seals the copy of the appointment's psks; base64url. */
  cardKey: exactBytes(32),
  createdAt: z.iso.datetime(),
});
export type HostCode = z.infer<typeof hostCode>;

/** A participant without their way in. */
export type Invitee = Omit<Participant, 'invitationId' | 'code' | 'locator' | 'psk' | 'cardKey'>;

/** What an appointment's sealed record holds. Only browsers of the practice see it. */
export const appointmentRecord = z.object({
  /** Local time in the practice's time zone, `HH:MM`; the day stands beside the record, for the server. */
  time: z.string().check(z.regex(/^\d\d:\d\d$/)),
  durationMinutes: z.int().check(z.minimum(5), z.maximum(480)),
  note: text(10_000),
  participants: z.array(participant).check(z.minLength(1), z.maxLength(maxParticipants)),
  hostCodes: z.array(hostCode).check(z.maxLength(maxHostCodes)),
  /** What was held of it, the newest last. */
  consultations: z.optional(z.array(consultationRecord).check(z.maxLength(maxConsultationRecords))),
});
export type AppointmentRecord = z.infer<typeof appointmentRecord>;

/** What the record's first version lacked; it had one field for address or telephone number. */
const firstParticipant = z.looseObject({ contact: z.string() });
const firstRecord = z.looseObject({ participants: z.array(firstParticipant) });

/** Reads an opened record of any version. @throws ZodError */
export function readAppointmentRecord(opened: unknown): AppointmentRecord {
  const first = firstRecord.safeParse(opened);
  if (!first.success) return appointmentRecord.parse(opened);
  const participants = first.data.participants.map(({ contact, ...rest }) => ({
    email: contact.includes('@') ? contact : '',
    telephone: contact.includes('@') ? '' : contact.slice(0, 40),
    role: 'patient',
    language: 'de',
    sent: [],
    mailOnDay: 'no',
    viaServer: false,
    consent: null,
    ...rest,
  }));
  return appointmentRecord.parse({ hostCodes: [], ...first.data, participants });
}

/** What the server knows of an appointment. */
export const appointmentInput = z.object({
  id: appointmentId,
  practitionerId: userId,
  day: calendarDay,
  generation,
  sealed,
  invitations: z.array(invitationIssue).check(z.minLength(1), z.maxLength(maxParticipants)),
  hostCodes: z.array(hostCodeIssue).check(z.maxLength(maxHostCodes)),
  /** Messages to be sent from now on; those that still wait and are not among `keepDeliveries` are not sent any more. */
  deliveries: z.array(deliveryInput).check(z.maxLength(maxParticipants + 1)),
  keepDeliveries: z.array(deliveryId).check(z.maxLength(4 * maxParticipants)),
  /** Participants' answers, as the server showed them, that this record takes account of. */
  takenConsents: z._default(z.array(bytes(512)).check(z.maxLength(2 * maxParticipants)), []),
});
export type AppointmentInput = z.infer<typeof appointmentInput>;

/** What the server has seen of an invitation; gone on the second day after the appointment's. */
export const invitationTrace = z.object({
  id: invitationId,
  /** Link or code were used for the first time, on the appointment's day or before. */
  openedAt: z.nullable(z.iso.datetime()),
  /** Came into the waiting room for the first time. */
  arrivedAt: z.nullable(z.iso.datetime()),
  /** Was called in. */
  attendedAt: z.nullable(z.iso.datetime()),
  isHere: z.boolean(),
  /** What the participant answered when asked for consent, until it is taken: a sealed `ConsentAnswer`. */
  consent: z.nullable(bytes(512)),
});
export type InvitationTrace = z.infer<typeof invitationTrace>;

export const storedAppointment = z.object({
  id: appointmentId,
  practitionerId: userId,
  day: calendarDay,
  version,
  generation,
  sealed,
  /** The first participant was called in. */
  heldAt: z.nullable(z.iso.datetime()),
  invitations: z.array(invitationTrace),
  deliveries: z.array(storedDelivery),
});
export type StoredAppointment = z.infer<typeof storedAppointment>;

/** Cancelling; the deliveries are notices to those who were invited. */
export const cancellation = z.object({
  id: appointmentId,
  version,
  deliveries: z._default(z.array(deliveryInput).check(z.maxLength(maxParticipants)), []),
});
export type Cancellation = z.infer<typeof cancellation>;
