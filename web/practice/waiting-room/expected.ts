import type { RoomWindowOpen } from '@sprechzimmer/protocol/room-window.ts';
import type { Entry } from '../appointment/agenda.ts';

/** Whom this practitioner expects on one day, by hour, as the room window is told. */
export function expectedOn(
  day: string,
  practitionerId: string,
  entries: Entry[],
): RoomWindowOpen['expected'] {
  return entries
    .filter((entry) => entry.kind === 'readable')
    .filter(({ stored }) => stored.day === day && stored.practitionerId === practitionerId)
    .toSorted((a, b) => (a.record.time < b.record.time ? -1 : 1))
    .flatMap(({ stored, record }) =>
      record.participants.map(({ invitationId, name, psk }) => ({
        appointmentId: stored.id,
        invitationId,
        name,
        time: record.time,
        psk,
      })),
    );
}
