import type { AppointmentRecord, StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';

/** One appointment as it stands in `praxis.json`; docs/export.md describes it. */
export type ExportedAppointment = ReturnType<typeof exportedAppointment>;

/**
 * What the practice knows of an appointment, without the secrets that are made from its codes. Codes are there as long as
 * they open something.
 * @param today where the practice is
 */
export function exportedAppointment(
  { stored, record }: ReadableEntry,
  names: ReadonlyMap<string, string>,
  today: CalendarDay,
) {
  const isOpen = stored.day >= today;
  const { time, durationMinutes, note, participants, hostCodes, consultations = [] } = record;
  return {
    id: stored.id,
    day: stored.day,
    time,
    durationMinutes,
    practitioner: { id: stored.practitionerId, name: names.get(stored.practitionerId) ?? null },
    heldAt: stored.heldAt,
    note,
    participants: participants.map((one) => participantOf(one, stored, isOpen)),
    hostCodes: isOpen ? hostCodes.map(({ code, createdAt }) => ({ code, createdAt })) : [],
    consultations,
    messages: stored.deliveries.map(({ invitationId, channel, state, reason, dueAt, changedAt }) => ({
      invitationId,
      channel,
      state,
      reason,
      dueAt,
      changedAt,
    })),
  };
}

type Participant = AppointmentRecord['participants'][number];

function participantOf(one: Participant, stored: StoredAppointment, isOpen: boolean) {
  const trace = stored.invitations.find(({ id }) => id === one.invitationId);
  const { invitationId, name, email, telephone, role, language, sent, mailOnDay, viaServer, consent } = one;
  return {
    invitationId,
    name,
    email,
    telephone,
    role,
    language,
    sent,
    mailOnDay,
    viaServer,
    consent,
    code: isOpen ? one.code : null,
    openedAt: trace?.openedAt ?? null,
    arrivedAt: trace?.arrivedAt ?? null,
    attendedAt: trace?.attendedAt ?? null,
  };
}
