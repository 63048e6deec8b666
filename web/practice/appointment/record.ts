import { fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openRecord, sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import {
  type AppointmentInput,
  type AppointmentRecord,
  appointmentRecord,
  type StoredAppointment,
} from '@sprechzimmer/protocol/appointment.ts';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { type Issued, issueInvitation, issueWithCode } from '../invitation/issue.ts';
import type { PracticeSession } from '../practice/session.ts';
import type { Entry, ReadableEntry } from './agenda.ts';
import type { AppointmentWish } from './form.ts';

/** The invitation is for the patient: German, whatever the practice's screen speaks. */
const invitationLanguage = 'de';

/** Opens one appointment. A record that does not open is an entry too: the page shows it as unreadable. */
export async function openEntry(session: PracticeSession, stored: StoredAppointment): Promise<Entry> {
  const key = session.recordKeys.get(stored.generation);
  if (!key) return { kind: 'unreadable', stored };
  try {
    const opened = await openRecord(key, fromBase64url(stored.sealed), placeOf(session, stored));
    return { kind: 'readable', stored, record: appointmentRecord.parse(opened) };
  } catch {
    return { kind: 'unreadable', stored };
  }
}

/** A new appointment, sealed, with a new code. `id` stays the same over repeated attempts. */
export async function sealBooking(
  session: PracticeSession,
  id: AppointmentInput['id'],
  wish: AppointmentWish,
): Promise<AppointmentInput> {
  const practitionerId = wish.practitionerId ?? session.user.id;
  const card = cardOf(session, practitionerId, wish);
  const issued = [await issueInvitation(wish, card, session.roomOrigin)];
  return sealInput(session, { id, practitionerId, version: 1 }, wish, issued);
}

/**
 * A changed appointment. On the same day the codes stay as they are, with new cards; another day gets new codes, and
 * the old ones die.
 */
export async function sealChange(
  session: PracticeSession,
  entry: ReadableEntry,
  wish: AppointmentWish,
): Promise<AppointmentInput> {
  const { id, day, version } = entry.stored;
  const practitionerId = wish.practitionerId ?? entry.stored.practitionerId;
  const card = cardOf(session, practitionerId, wish);
  const issued: Issued[] = [];
  for (const [index, participant] of entry.record.participants.entries()) {
    const person = index === 0 ? { ...participant, name: wish.name, contact: wish.contact } : participant;
    const issue = day === wish.day ? issueWithCode : issueInvitation;
    issued.push(await issue(person, card, session.roomOrigin));
  }
  return sealInput(session, { id, practitionerId, version: version + 1 }, wish, issued);
}

/** The same appointment with new codes for everyone in it. */
export async function sealNewCodes(
  session: PracticeSession,
  { stored, record }: ReadableEntry,
): Promise<AppointmentInput> {
  const { time, durationMinutes, note } = record;
  const wish = { name: '', contact: '', day: stored.day, time, durationMinutes, note };
  const card = cardOf(session, stored.practitionerId, wish);
  const issued: Issued[] = [];
  for (const participant of record.participants) {
    issued.push(await issueInvitation(participant, card, session.roomOrigin));
  }
  return sealInput(session, { ...stored, version: stored.version + 1 }, wish, issued);
}

async function sealInput(
  session: PracticeSession,
  target: Pick<StoredAppointment, 'id' | 'practitionerId' | 'version'>,
  wish: AppointmentWish,
  issued: Issued[],
): Promise<AppointmentInput> {
  const { generation } = session;
  const key = session.recordKeys.get(generation);
  if (!key) throw new TypeError(`no key of generation ${generation}`);
  const record: AppointmentRecord = {
    time: wish.time,
    durationMinutes: wish.durationMinutes,
    note: wish.note,
    participants: issued.map(({ participant }) => participant),
  };
  const sealed = await sealRecord(key, record, placeOf(session, { ...target, generation }));
  return {
    id: target.id,
    practitionerId: target.practitionerId,
    day: wish.day,
    generation,
    sealed: toBase64url(sealed),
    invitations: issued.map(({ issue }) => issue),
  };
}

function cardOf(session: PracticeSession, practitionerId: string, wish: AppointmentWish): InvitationCard {
  const { practice, userNames } = session;
  return {
    practice: practice.name,
    practitioner: userNames.get(practitionerId) ?? practice.name,
    start: `${wish.day}T${wish.time}`,
    timeZone: practice.timeZone,
    telephone: practice.telephone,
    language: invitationLanguage,
  };
}

function placeOf(session: PracticeSession, stored: Pick<StoredAppointment, 'id' | 'version' | 'generation'>) {
  const { id, version, generation } = stored;
  return { practiceId: session.practice.id, kind: 'appointment', id, version, generation };
}
