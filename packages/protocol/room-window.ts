import * as z from 'zod/mini';
import { appointmentId, invitationId } from './ids.ts';
import { participantRoles } from './participant-role.ts';
import { exactBytes } from './values.ts';

/**
 * What the practice app tells its room window, browser to browser (`postMessage` with both origins checked). The room
 * window asks with `room-window-ready`, again after each reload of either side; the practice app answers with
 * `room-window-open`, and again when today's appointments change. A locked practice app answers nothing.
 */
export const roomWindowReady = z.object({ kind: z.literal('room-window-ready') });

export const roomWindowOpen = z.object({
  kind: z.literal('room-window-open'),
  ticket: exactBytes(32),
  practitioner: z.string(),
  language: z.enum(['de', 'en']),
  /** The practice hides addresses: connections go through the relay only. */
  hideAddress: z.optional(z.boolean()),
  expected: z.array(
    z.object({
      appointmentId,
      invitationId,
      name: z.string(),
      role: z._default(z.enum(participantRoles), 'patient'),
      /** For when no connection comes about any more. */
      telephone: z.optional(z.string().check(z.maxLength(40))),
      /** Local time, `HH:MM`. */
      time: z.string(),
      psk: exactBytes(32),
      /** When the code opens and closes, in milliseconds since 1970: what the host's window itself goes by. */
      from: z.int(),
      until: z.int(),
      /** The invitation went through the server: the host is asked to compare the words. */
      compareWords: z.boolean(),
    }),
  ),
});
/** The practice app is locked: the window goes on and names nobody until `room-window-open` comes again. */
export const roomWindowLocked = z.object({ kind: z.literal('room-window-locked') });

export type RoomWindowOpen = z.infer<typeof roomWindowOpen>;
export type ExpectedParticipant = RoomWindowOpen['expected'][number];
