import { oc } from '@orpc/contract';
import * as z from 'zod/mini';
import { appointmentInput, cancellation, storedAppointment } from './appointment.ts';
import { monthUsage, practitionerCases, quarter, quarterCounts } from './billing.ts';
import { sealedContact } from './contact.ts';
import { deliveryId, deliveryTrouble } from './delivery.ts';
import { devicePoll, deviceRequest, deviceRequestId, exchange, exchanged, openRequest } from './device.ts';
import { attempts, deviceSuspended, secondFactorNeeded, sessionElsewhere } from './error-data.ts';
import { practiceErrors } from './errors.ts';
import { exportCursor, exportedCounts } from './export.ts';
import { contactId, deviceId, userId } from './ids.ts';
import { lineReport } from './line-report.ts';
import { memberChange } from './member-change.ts';
import { deviceKeys, membershipEntry } from './membership.ts';
import {
  challenge,
  emailAddress,
  keyWrap,
  password,
  recoverySheet,
  recoveryView,
  registration,
  sealedProfile,
  secondFactorAnswer,
  sessionView,
  signIn,
} from './practice.ts';
import { anyRecord, maxRecordsPerRequest, resealedRecord } from './records.ts';
import { deletion, practiceContents, retentionDays, retentionPreview, retentionView } from './retention.ts';
import { securityEvent } from './security-event.ts';
import { iceServer } from './signalling.ts';
import { calendarDay, exactBytes, timeOfDay, version } from './values.ts';
import { hostTicket } from './waiting-room.ts';

const base = oc.errors({
  ...practiceErrors,
  TOO_MANY_ATTEMPTS: {
    ...practiceErrors.TOO_MANY_ATTEMPTS,
    data: z.object({ retryAfterSeconds: z.int() }),
  },
  REQUEST_EXPIRED: { ...practiceErrors.REQUEST_EXPIRED, data: z.object({ serverTimeMs: z.int() }) },
  SECOND_FACTOR_NEEDED: { ...practiceErrors.SECOND_FACTOR_NEEDED, data: secondFactorNeeded },
  SESSION_ELSEWHERE: { ...practiceErrors.SESSION_ELSEWHERE, data: sessionElsewhere },
  DEVICE_SUSPENDED: { ...practiceErrors.DEVICE_SUSPENDED, data: deviceSuspended },
  CODE_WRONG: { ...practiceErrors.CODE_WRONG, data: attempts },
  LOCKED: { ...practiceErrors.LOCKED, data: attempts },
});
const nothing = z.object({});
const proof = { challenge, signature: exactBytes(64) };
const webAuthn = z.record(z.string(), z.unknown());

/** The practice API, one branch per noun. Every procedure is `POST /api/<noun>/<operation>` at the practice's origin. */
export const contract = {
  practice: {
    /** A fresh challenge for whatever is signed without a session; valid once, for two minutes. */
    challenge: base.input(nothing).output(z.object({ challenge })),
    register: base.input(registration).output(nothing),
    signIn: base.input(signIn).output(nothing),
    signOut: base.input(nothing).output(nothing),
    session: base.input(nothing).output(sessionView),
    /** From here on the server hands out nothing but LOCKED until `unlock`; the fifth wrong password signs out. */
    lock: base.input(nothing).output(nothing),
    unlock: base.input(z.object({ password })).output(nothing),
    /** Ends the user's sessions but this one. `userKey` is the user's key, sealed with the new password. */
    changePassword: base
      .input(z.object({ current: password, next: password, userKey: sealedProfile }))
      .output(nothing),
    requireSecondFactor: base.input(z.object({ required: z.boolean() })).output(nothing),
    /** At what time of an appointment's day the server sends what is due then; main user. Waiting ones move along. */
    setMailTime: base.input(z.object({ mailTime: timeOfDay })).output(nothing),
    requestPlan: base.input(z.object({ plan: z.string().check(z.maxLength(40)) })).output(nothing),
    /** All devices are lost: the sheet's locator and the main user's password. Changes nothing yet. */
    recover: base
      .input(
        z.object({
          email: z.string().check(z.maxLength(254)),
          password,
          locator: exactBytes(16),
          device: deviceKeys,
          ...proof,
        }),
      )
      .output(recoveryView),
    /** Makes `device` the only one: signs in, ends all other sessions and devices, tells everyone. */
    completeRecovery: base
      .input(
        z.object({
          email: z.string().check(z.maxLength(254)),
          password,
          locator: exactBytes(16), // of the old sheet
          entry: membershipEntry, // `recover`
          wraps: z.array(keyWrap).check(z.maxLength(200)), // every live generation and the new one, to device and 'recovery'
          recovery: recoverySheet, // the new sheet
          profiles: z.array(sealedProfile).check(z.maxLength(1)), // 'device'
          ...proof,
        }),
      )
      .output(nothing),
    /** The user has read that a recovery took place. */
    acknowledgeRecovery: base.input(nothing).output(nothing),
  },
  membership: {
    /** Appends to the log and does what the entry says. VERSION_CONFLICT: the log has grown; fetch, verify, sign anew. */
    append: base.input(memberChange).output(nothing),
    /** The newest `renew-key` and what is not yet sealed with it, the oldest generation first. */
    staleRecords: base.input(nothing).output(z.object({ records: z.array(anyRecord), remaining: z.int() })),
    /** Skips records that were changed meanwhile; the last one also ends the older generations' wraps. */
    reseal: base
      .input(
        z.object({
          records: z.array(resealedRecord).check(z.minLength(1), z.maxLength(maxRecordsPerRequest)),
        }),
      )
      .output(z.object({ remaining: z.int() })),
  },
  device: {
    /** From a browser that is no device yet: right password, and nothing is told but that the main user is asked. */
    request: base
      .input(deviceRequest)
      .output(z.object({ requestId: deviceRequestId, expiresAt: z.iso.datetime() })),
    /** The new device's side of the handshake. */
    poll: base.input(devicePoll).output(exchanged),
    /** Open requests of the practice. */
    requests: base.input(nothing).output(z.object({ requests: z.array(openRequest) })),
    /** The main user typed the code. CODE_WRONG three times ends the request. */
    matchCode: base
      .input(z.object({ requestId: deviceRequestId, locatorHash: exactBytes(32) }))
      .output(nothing),
    /** The approved device's side of the handshake. */
    exchange: base.input(exchange).output(exchanged),
    decline: base.input(z.object({ requestId: deviceRequestId })).output(nothing),
  },
  user: {
    /** At an approved device: the printed activation code's locator and a password of the user's own. Signs in. */
    activate: base
      .input(z.object({ locator: exactBytes(16), password, deviceId, ...proof }))
      .output(z.object({ userId, email: z.string() })),
    changeEmail: base.input(z.object({ userId, email: emailAddress, password })).output(nothing),
  },
  profile: {
    /** practice and device: main user. user: oneself, or the main user. user-key and picture: oneself. */
    save: base.input(sealedProfile).output(nothing),
    removePicture: base.input(nothing).output(nothing),
  },
  secondFactor: {
    list: base.input(nothing).output(
      z.object({
        totp: z.boolean(),
        passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() })),
        recoveryCodesLeft: z.int(),
      }),
    ),
    /** A new secret, as base32 and as an otpauth address; counts only once confirmed. */
    beginTotp: base
      .input(z.object({ password }))
      .output(z.object({ secret: z.string(), address: z.string() })),
    /** Recovery codes come with the first factor, once. */
    confirmTotp: base
      .input(z.object({ code: z.string().check(z.regex(/^\d{6}$/)) }))
      .output(z.object({ recoveryCodes: z.array(z.string()) })),
    removeTotp: base.input(z.object({ password })).output(nothing),
    beginPasskey: base.input(z.object({ password })).output(z.object({ options: webAuthn })),
    confirmPasskey: base
      .input(z.object({ name: z.string().check(z.minLength(1), z.maxLength(80)), response: webAuthn }))
      .output(z.object({ recoveryCodes: z.array(z.string()) })),
    removePasskey: base
      .input(z.object({ id: z.string().check(z.maxLength(1_400)), password }))
      .output(nothing),
  },
  securityEvent: {
    /** Newest first, a hundred at a time; all users of the practice may read them. */
    list: base
      .input(z.object({ before: z.nullable(z.string()) }))
      .output(z.object({ events: z.array(securityEvent) })),
  },
  appointment: {
    /** All appointments of the practice from `from` to `to`, both included; at most 62 days. */
    list: base
      .input(z.object({ from: calendarDay, to: calendarDay }))
      .output(z.object({ appointments: z.array(storedAppointment) })),
    /** Appointments, of any day, whose participants' answers are not in the record yet; at most a hundred at a time. */
    answered: base.input(nothing).output(z.object({ appointments: z.array(storedAppointment) })),
    /** Sending the same appointment again is answered like the first time: a lost answer costs nothing. */
    book: base.input(appointmentInput).output(z.object({ version })),
    /** Replaces record, day and invitations of `version`; codes that are not among `invitations` die at once. */
    reschedule: base.input(z.extend(appointmentInput, { version })).output(z.object({ version })),
    cancel: base.input(cancellation).output(nothing),
  },
  consultation: {
    /** How its line was, for the operator's figures: added to them, and not kept. */
    report: base.input(lineReport).output(nothing),
  },
  /** Messages that the server sends for the practice; they are planned with the appointment. */
  delivery: {
    /** Those that did not arrive, newest first, until they are dismissed or 14 days old. */
    troubles: base.input(nothing).output(z.object({ troubles: z.array(deliveryTrouble) })),
    dismiss: base.input(z.object({ id: deliveryId })).output(nothing),
  },
  /** People whom the practice invites again: sealed, like the appointments. */
  contact: {
    /** A few hundred at a time, in the order of their ids; `next` is null with the last. */
    list: base
      .input(z.object({ after: z.nullable(contactId) }))
      .output(z.object({ contacts: z.array(sealedContact), next: z.nullable(contactId) })),
    /** Version 1 is a new one. Sending the same again is answered like the first time. */
    save: base.input(sealedContact).output(nothing),
    remove: base.input(z.object({ id: contactId, version })).output(nothing),
  },
  /** Counts without persons: nobody in them can be told from another. */
  billing: {
    /** This month: how many consultations took place and how many are still planned, beside what the plan allows. */
    usage: base.input(nothing).output(monthUsage),
    quarter: base.input(z.object({ quarter })).output(quarterCounts),
    /** How many cases a practitioner had in all, as the practice says; null takes it back. */
    setCases: base.input(practitionerCases).output(nothing),
  },
  /** How long the practice's records are kept, and what has been deleted; main user. */
  retention: {
    view: base.input(nothing).output(retentionView),
    /** What `set` would delete at once. */
    preview: base.input(z.object({ days: retentionDays })).output(retentionPreview),
    /** VERSION_CONFLICT: more would go than the `confirmed` appointments. */
    set: base
      .input(z.object({ days: retentionDays, confirmed: z.int().check(z.nonnegative()), password }))
      .output(z.object({ deleted: z.int() })),
    /** The practice's lines of the deletion log, newest first, a hundred at a time. */
    deletions: base
      .input(z.object({ before: z.nullable(z.string()) }))
      .output(z.object({ deletions: z.array(deletion) })),
  },
  /** The end of a practice; main user. */
  practiceDeletion: {
    /** What would be lost. */
    contents: base.input(nothing).output(practiceContents),
    /** Deletes everything in seven days. */
    request: base
      .input(z.object({ password, secondFactor: z.optional(secondFactorAnswer) }))
      .output(z.object({ dueAt: z.iso.datetime() })),
    undo: base.input(nothing).output(nothing),
  },
  /** What the practice's own device writes into a file beside what it may read anyway; main user. */
  export: {
    begin: base.input(z.object({ password })).output(nothing),
    /** All appointments, by day, some at a time; `next` is null with the last. */
    appointments: base
      .input(z.object({ after: z.nullable(exportCursor) }))
      .output(z.object({ appointments: z.array(storedAppointment), next: z.nullable(exportCursor) })),
    counts: base.input(nothing).output(exportedCounts),
  },
  relay: {
    /** What a user tries out the line of their own network with, for two minutes. */
    testServers: base.input(nothing).output(z.object({ iceServers: z.array(iceServer) })),
  },
  waitingRoom: {
    /** A ticket for the room window of the signed-in practitioner, good until the end of the practice's day. */
    hostTicket: base.input(nothing).output(hostTicket),
  },
};
