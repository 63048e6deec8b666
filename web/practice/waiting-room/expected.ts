import type { CodeHours } from '@sprechzimmer/protocol/values.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import type { RoomWindowOpen } from '@sprechzimmer/protocol/room-window.ts';
import type { Entry } from '../appointment/agenda.ts';

/**
 * Whom this practitioner expects on one day, by hour, as the room window is told. It goes by `from` and `until` itself, so
 * that no server can keep yesterday's codes alive; the operator's hours can only make the day shorter.
 */
export function expectedOn(
  day: string,
  practitionerId: string,
  entries: Entry[],
  { timeZone, codeHours }: { timeZone: string; codeHours: CodeHours },
): RoomWindowOpen['expected'] {
  const from = localInstant(day, codeHours.from, timeZone).getTime();
  const until = localInstant(day, codeHours.until, timeZone).getTime();
  return entries
    .filter((entry) => entry.kind === 'readable')
    .filter(({ stored }) => stored.day === day && stored.practitionerId === practitionerId)
    .toSorted((a, b) => (a.record.time < b.record.time ? -1 : 1))
    .flatMap(({ stored, record }) =>
      record.participants.map(({ invitationId, name, role, telephone, psk, viaServer }) => ({
        appointmentId: stored.id,
        invitationId,
        name,
        role,
        telephone,
        time: record.time,
        psk,
        from,
        until,
        compareWords: viaServer,
      })),
    );
}
