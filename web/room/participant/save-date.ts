import { fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { calendarFile } from '@sprechzimmer/time/calendar-file.ts';
import type { Place } from '../place.ts';
import { startOf } from './appointment-time.ts';
import { messages } from './messages.ts';

/** Hands the appointment to the person's own calendar program, with the link that only they have. */
export async function saveDate(card: InvitationCard, place: Place): Promise<void> {
  const t = messages();
  const url = `${location.origin}/#${place.code}`;
  const file = calendarFile(
    {
      // The same for each saving; the code cannot be found from it.
      uid: `${toBase64url(await sha256(fromBase64url(place.locator)))}@sprechzimmer`,
      sequence: 0,
      start: startOf(card),
      durationMinutes: card.durationMinutes,
      summary: t.eventTitle(card.practitioner),
      description: t.eventText(url),
      url,
    },
    new Date(),
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }));
  link.download = 'videosprechstunde.ics';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
