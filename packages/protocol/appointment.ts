import * as z from 'zod/mini';
import { appointmentId, invitationId, userId } from './ids.ts';
import { invitationIssue } from './invitation.ts';
import { calendarDay, exactBytes, generation, sealed, version } from './values.ts';

const text = (max: number) => z.string().check(z.maxLength(max));

/** One participant, inside the sealed record: the only place where code and psk are kept. */
const participant = z.object({
  invitationId,
  name: text(200),
  contact: text(200), // e-mail address or telephone number, as typed
  code: text(24), // twelve Crockford symbols, without hyphens
  locator: exactBytes(16),
  psk: exactBytes(32),
});
export type Participant = z.infer<typeof participant>;

/** What an appointment's sealed record holds. Only browsers of the practice see it. */
export const appointmentRecord = z.object({
  /** Local time in the practice's time zone, `HH:MM`; the day stands beside the record, for the server. */
  time: z.string().check(z.regex(/^\d\d:\d\d$/)),
  durationMinutes: z.int().check(z.minimum(5), z.maximum(480)),
  note: text(10_000),
  participants: z.array(participant).check(z.minLength(1), z.maxLength(9)),
});
export type AppointmentRecord = z.infer<typeof appointmentRecord>;

/** What the server knows of an appointment. */
export const appointmentInput = z.object({
  id: appointmentId,
  practitionerId: userId,
  day: calendarDay,
  generation,
  sealed,
  invitations: z.array(invitationIssue).check(z.minLength(1), z.maxLength(9)),
});
export type AppointmentInput = z.infer<typeof appointmentInput>;

export const storedAppointment = z.object({
  id: appointmentId,
  practitionerId: userId,
  day: calendarDay,
  version,
  generation,
  sealed,
});
export type StoredAppointment = z.infer<typeof storedAppointment>;
