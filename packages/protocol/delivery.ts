import * as z from 'zod/mini';
import { appointmentId, invitationId } from './ids.ts';
import { calendarDay } from './values.ts';

export const deliveryId = z.uuid().brand<'DeliveryId'>();
export type DeliveryId = z.infer<typeof deliveryId>;

export const channels = ['mail', 'sms'] as const;
export type Channel = (typeof channels)[number];

const maxTextLength = 4_000;
const plainLine = (max: number) => z.string().check(z.maxLength(max), z.regex(/^[^\p{Cc}\u2028\u2029]*$/u));

/**
 * One message that the server is to send for the practice. It learns address and text, and keeps them encrypted until
 * it is sent: at most until a day after it was due.
 */
export const deliveryInput = z.object({
  id: deliveryId,
  /** Null for a notice that an appointment was cancelled: there is no invitation any more. */
  invitationId: z.nullable(invitationId),
  channel: z.enum(channels),
  /** on-day: on the appointment's day, at the hour that the practice has set. */
  due: z.enum(['now', 'on-day']),
  /** An e-mail address, or a telephone number in international form (E.164). */
  to: plainLine(254),
  subject: plainLine(200),
  text: z.string().check(z.minLength(1), z.maxLength(maxTextLength)),
  /** An iCalendar file to enclose. */
  calendarFile: z.nullable(z.string().check(z.maxLength(maxTextLength))),
  /** From then on it is not sent any more: the appointment is over. */
  endsAt: z.iso.datetime(),
});
export type DeliveryInput = z.infer<typeof deliveryInput>;

/**
 * waiting: due, or to be tried again. sending: on its way this moment. sent: a mail server has taken it. uncertain: cut off
 * after it was handed over; nobody knows, and it is not sent a second time. refused: will not be taken. bounced: came back
 * later. over: the appointment had ended before it could be sent.
 */
export const deliveryStates = [
  'waiting',
  'sending',
  'sent',
  'uncertain',
  'refused',
  'bounced',
  'over',
] as const;

/** Why it was refused, or is still waiting. */
export const deliveryReasons = [
  'address',
  'content',
  'mail-server',
  'sign-in',
  'unreachable',
  'later',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

/** What the practice is told of a message; address and text are not among it. */
export const storedDelivery = z.object({
  id: deliveryId,
  invitationId: z.nullable(invitationId),
  channel: z.enum(channels),
  state: z.enum(deliveryStates),
  reason: z.nullable(z.enum(deliveryReasons)),
  dueAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});
export type StoredDelivery = z.infer<typeof storedDelivery>;

/** A message that did not arrive, for the start page. */
export const deliveryTrouble = z.extend(storedDelivery, {
  appointmentId: z.nullable(appointmentId),
  day: z.nullable(calendarDay),
});
export type DeliveryTrouble = z.infer<typeof deliveryTrouble>;
