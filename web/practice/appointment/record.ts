import { fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openRecord, sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import {
  type AppointmentInput,
  type AppointmentRecord,
  type HostCode,
  type Invitee,
  type Participant,
  readAppointmentRecord,
  type StoredAppointment,
} from '@sprechzimmer/protocol/appointment.ts';
import type { HostCard, InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { consentText } from '../invitation/consent-text.ts';
import { issueHostCode, issueInvitation, newInvitation } from '../invitation/issue.ts';
import type { PracticeSession } from '../practice/session.ts';
import type { Entry, ReadableEntry } from './agenda.ts';
import { type MailWish, planMails } from './plan-mails.ts';

/** Opens one appointment. A record that does not open is an entry too: the page shows it as unreadable. */
export async function openEntry(session: PracticeSession, stored: StoredAppointment): Promise<Entry> {
  const key = session.recordKeys.get(stored.generation);
  if (!key) return { kind: 'unreadable', stored };
  try {
    const opened = await openRecord(key, fromBase64url(stored.sealed), placeOf(session, stored));
    return { kind: 'readable', stored, record: readAppointmentRecord(opened) };
  } catch {
    return { kind: 'unreadable', stored };
  }
}

/** An appointment as it is to be: what the server may know, and what goes into the sealed record. */
export type Plan = Pick<StoredAppointment, 'id' | 'practitionerId' | 'day'> &
  Pick<AppointmentRecord, 'time' | 'durationMinutes' | 'note' | 'consultations'> & {
    /** One with a code keeps it; a person without gets a new one. */
    participants: (Invitee | Participant)[];
    hostCodes: HostCode[];
  };

/** What goes with a record, and is not in it. */
export type WriteWish = MailWish & {
  /** Participants' answers that the record takes account of. */
  takenConsents?: string[];
};

/** The entry as it stands, to be changed in part. */
export function planOf({ stored, record }: ReadableEntry): Plan {
  const { id, practitionerId, day } = stored;
  return { id, practitionerId, day, ...record };
}

/**
 * On another day nobody's code stays good: all get new ones, and nothing is known of the old ones' way.
 * @returns the plan, its participants without codes
 */
export function withNewCodes(plan: Plan): Plan {
  return { ...plan, participants: plan.participants.map(withoutCode), hostCodes: [] };
}

function withoutCode({ name, email, telephone, role, language, mailOnDay, consent }: Invitee): Invitee {
  return { name, email, telephone, role, language, mailOnDay, consent, sent: [], viaServer: false };
}

/**
 * @param before what the server holds now; its messages that still fit are kept
 */
export async function sealPlan(
  session: PracticeSession,
  plan: Plan,
  before: ReadableEntry | undefined,
  wish: WriteWish = {},
): Promise<AppointmentInput> {
  const { generation, roomOrigin } = session;
  const key = session.recordKeys.get(generation);
  if (!key) throw new TypeError(`no key of generation ${generation}`);
  const { id, practitionerId, day, time, durationMinutes, note, hostCodes, consultations } = plan;
  const invited = await Promise.all(
    plan.participants.map(async (one) => ('code' in one ? one : newInvitation(one, roomOrigin))),
  );
  const mails = planMails(session, { ...plan, participants: invited }, before, wish);
  // Marked before the server learns the link, and in the same write.
  const participants = invited.map((one) =>
    mails.reveal.has(one.invitationId) ? { ...one, viaServer: true } : one,
  );
  const record: AppointmentRecord = { time, durationMinutes, note, participants, hostCodes, consultations };
  const version = (before?.stored.version ?? 0) + 1;
  const sealed = await sealRecord(key, record, placeOf(session, { id, version, generation }));
  const invitations = participants.map((one) =>
    issueInvitation(one, cardOf(session, plan, one.language), roomOrigin),
  );
  const hostCard = hostCardOf(session, plan, participants);
  return {
    id,
    practitionerId,
    day,
    generation,
    sealed: toBase64url(sealed),
    invitations: await Promise.all(invitations),
    hostCodes: await Promise.all(hostCodes.map((code) => issueHostCode(code, hostCard))),
    deliveries: mails.deliveries,
    keepDeliveries: mails.keepDeliveries,
    takenConsents: wish.takenConsents ?? [],
  };
}

function cardOf(session: PracticeSession, plan: Plan, language: InvitationCard['language']): InvitationCard {
  const { practice } = session;
  return {
    appointmentId: plan.id,
    practice: practice.name,
    practitioner: practitionerName(session, plan),
    start: `${plan.day}T${plan.time}`,
    durationMinutes: plan.durationMinutes,
    timeZone: practice.timeZone,
    telephone: practice.telephone,
    language,
    consent: consentText(session.consent, language),
  };
}

function hostCardOf(session: PracticeSession, plan: Plan, participants: Participant[]): HostCard {
  return {
    appointmentId: plan.id,
    practice: session.practice.name,
    practitioner: practitionerName(session, plan),
    start: `${plan.day}T${plan.time}`,
    timeZone: session.practice.timeZone,
    hideAddress: session.practice.hideAddress,
    participants: participants.map(({ invitationId, name, role, telephone, psk, viaServer }) => ({
      invitationId,
      name,
      role,
      telephone,
      psk,
      compareWords: viaServer,
    })),
  };
}

function practitionerName({ userNames, practice }: PracticeSession, plan: Plan): string {
  return userNames.get(plan.practitionerId) ?? practice.name;
}

function placeOf(session: PracticeSession, stored: Pick<StoredAppointment, 'id' | 'version' | 'generation'>) {
  const { id, version, generation } = stored;
  return { practiceId: session.practice.id, kind: 'appointment', id, version, generation };
}
