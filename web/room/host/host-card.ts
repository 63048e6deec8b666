import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openCard } from '@sprechzimmer/crypto/card.ts';
import { hostCard, type HostCard } from '@sprechzimmer/protocol/invitation.ts';
import type { ExpectedParticipant } from '@sprechzimmer/protocol/room-window.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';

/** @returns undefined for a card that this code does not open */
export async function readHostCard(cardKey: string, sealed: string): Promise<HostCard | undefined> {
  try {
    const parsed = hostCard.safeParse(await openCard(fromBase64url(cardKey), fromBase64url(sealed)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The participants as the host's window goes by: on the appointment's day, by the practice's clock and our own. */
export function expectedOf({
  appointmentId,
  start,
  timeZone,
  participants,
}: HostCard): ExpectedParticipant[] {
  const [day = '', time = ''] = start.split('T');
  const from = localInstant(day, '00:00', timeZone).getTime();
  const until = localInstant(day, '24:00', timeZone).getTime();
  return participants.map((participant) => ({ ...participant, appointmentId, time, from, until }));
}
