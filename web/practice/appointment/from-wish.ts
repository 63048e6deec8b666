import type { Invitee, Participant } from '@sprechzimmer/protocol/appointment.ts';
import type { StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { PracticeSession } from '../practice/session.ts';
import type { ReadableEntry } from './agenda.ts';
import type { AppointmentWish, ParticipantWish } from './form.ts';
import { type Plan, planOf, withNewCodes } from './record.ts';

/** A new appointment. `id` stays the same over repeated attempts. */
export function newPlan(session: PracticeSession, id: StoredAppointment['id'], wish: AppointmentWish): Plan {
  const { practitionerId = session.user.id, day, time, durationMinutes, note } = wish;
  const participants = wish.participants.map(newInvitee);
  return { id, practitionerId, day, time, durationMinutes, note, participants, hostCodes: [] };
}

/**
 * A changed appointment. On the same day the codes stay as they are, with new cards; another day gets new codes, and
 * the old ones die, as does the code of whoever is not among the participants any more.
 */
export function changedPlan(entry: ReadableEntry, wish: AppointmentWish): Plan {
  const { practitionerId = entry.stored.practitionerId, day, time, durationMinutes, note } = wish;
  const participants = wish.participants.map((one) => {
    const was = entry.record.participants.find(({ invitationId }) => invitationId === one.invitationId);
    return was ? changed(was, one) : newInvitee(one);
  });
  const plan = { ...planOf(entry), practitionerId, day, time, durationMinutes, note, participants };
  return day === entry.stored.day ? plan : withNewCodes(plan);
}

function newInvitee(wish: ParticipantWish): Invitee {
  const { name, email, telephone, role, language, mailOnDay } = wish;
  return { name, email, telephone, role, language, mailOnDay, sent: [], viaServer: false, consent: null };
}

function changed(was: Participant, wish: ParticipantWish): Participant {
  return { ...was, ...wish, invitationId: was.invitationId };
}
