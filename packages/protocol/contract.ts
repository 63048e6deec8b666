import { oc } from '@orpc/contract';
import * as z from 'zod/mini';
import { appointmentInput, storedAppointment } from './appointment.ts';
import { practiceErrors } from './errors.ts';
import { appointmentId } from './ids.ts';
import { registration, sessionView, signIn } from './practice.ts';
import { calendarDay, exactBytes, version } from './values.ts';
import { hostTicket } from './waiting-room.ts';

const base = oc.errors({
  ...practiceErrors,
  TOO_MANY_ATTEMPTS: {
    ...practiceErrors.TOO_MANY_ATTEMPTS,
    data: z.object({ retryAfterSeconds: z.int() }),
  },
  REQUEST_EXPIRED: { ...practiceErrors.REQUEST_EXPIRED, data: z.object({ serverTimeMs: z.int() }) },
});
const nothing = z.object({});

/** The practice API, one branch per noun. Every procedure is `POST /api/<noun>/<operation>` at the practice's origin. */
export const contract = {
  practice: {
    /** A fresh challenge for register and signIn; valid once, for two minutes. */
    challenge: base.input(nothing).output(z.object({ challenge: exactBytes(16) })),
    register: base.input(registration).output(nothing),
    signIn: base.input(signIn).output(nothing),
    signOut: base.input(nothing).output(nothing),
    session: base.input(nothing).output(sessionView),
  },
  appointment: {
    /** All appointments of the practice from `from` to `to`, both included; at most 62 days. */
    list: base
      .input(z.object({ from: calendarDay, to: calendarDay }))
      .output(z.object({ appointments: z.array(storedAppointment) })),
    /** Sending the same appointment again is answered like the first time: a lost answer costs nothing. */
    book: base.input(appointmentInput).output(z.object({ version })),
    /** Replaces record, day and invitations of `version`; codes that are not among `invitations` die at once. */
    reschedule: base.input(z.extend(appointmentInput, { version })).output(z.object({ version })),
    cancel: base.input(z.object({ id: appointmentId, version })).output(nothing),
  },
  waitingRoom: {
    /** A ticket for the room window of the signed-in practitioner, good until the end of the practice's day. */
    hostTicket: base.input(nothing).output(hostTicket),
  },
};
