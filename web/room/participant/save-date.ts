import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { calendarFile } from '@sprechzimmer/time/calendar-file.ts';
import type { Place } from '../place.ts';
import { startOf } from './appointment-time.ts';
import { messages } from './messages.ts';

/** Hands the appointment to the person's own calendar program, with the link that only they have. */
export function saveDate(card: InvitationCard, place: Place): void {
  const t = messages();
  const url = `${location.origin}/#${place.code}`;
  const file = calendarFile(
    {
      // As in the file that the practice sends: it is one event.
      uid: `${card.appointmentId || card.start}@sprechzimmer`,
      sequence: Math.floor(Date.now() / 60_000),
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
