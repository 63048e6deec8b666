import * as z from 'zod/mini';
import { calendarDay } from './values.ts';

/** Metadata is never kept for longer; a practice may have its appointments deleted sooner. */
export const maxRetentionDays = 90;

/** How many days an appointment is kept after its day. */
export const retentionDays = z.int().check(z.minimum(1), z.maximum(maxRetentionDays));

/** What is deleted, as the deletion log calls it. */
export const deletionKinds = [
  'appointment',
  'invitation',
  'host-code',
  'delivery',
  'security-event',
  'device-request',
  'consultation-count',
  'case-count',
  'contact',
  'user',
  'device',
  'practice',
  // Of all practices together:
  'session',
  'sign-in-challenge',
  'passkey-challenge',
  'used-signature',
  'host-ticket',
] as const;
export type DeletionKind = (typeof deletionKinds)[number];

/**
 * Why. retention: the practice's days were over. over: its day was. expired: it was good until then. max-days: metadata is
 * not kept for longer. merged: numbers of single practitioners became one of the practice. by-practice: somebody of the
 * practice deleted it. operator: the operator did.
 */
export const deletionRules = [
  'retention',
  'over',
  'expired',
  'max-days',
  'merged',
  'by-practice',
  'operator',
] as const;
export type DeletionRule = (typeof deletionRules)[number];

/** What was deleted of one kind, by one rule, on one day: numbers only. */
export const deletion = z.object({
  id: z.string(),
  /** The last time on that day. */
  at: z.iso.datetime(),
  kind: z.enum(deletionKinds),
  rule: z.enum(deletionRules),
  count: z.int(),
  /** The days that the first and the last of what was deleted were of. */
  oldest: z.nullable(calendarDay),
  newest: z.nullable(calendarDay),
});
export type Deletion = z.infer<typeof deletion>;

export const retentionView = z.object({
  /** What the practice has chosen, or less where the operator allows less. */
  days: retentionDays,
  /** The operator's ceiling. */
  maxDays: retentionDays,
});

/** What would go at once if that many days were kept; the days are those of the first and the last appointment. */
export const retentionPreview = z.object({
  appointments: z.int(),
  oldest: z.nullable(calendarDay),
  newest: z.nullable(calendarDay),
  /** The first day whose appointments stay. */
  keptFrom: calendarDay,
});
export type RetentionPreview = z.infer<typeof retentionPreview>;

/** What goes with a practice. */
export const practiceContents = z.object({
  users: z.int(),
  devices: z.int(),
  contacts: z.int(),
  appointments: z.int(),
  /** Of today or later, among them. */
  comingAppointments: z.int(),
  consultations: z.int(),
});
export type PracticeContents = z.infer<typeof practiceContents>;

/** For so long a main user can take the deletion back. */
export const deletionGraceDays = 7;
