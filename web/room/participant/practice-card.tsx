import { Phone } from 'lucide';
import { ButtonLink } from '@sprechzimmer/design/button.tsx';
import { formatDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { messages } from '../messages.ts';
import { hourOf } from './appointment-time.ts';
import { messages as ownMessages } from './messages.ts';

/** Whom the appointment is with, and when. */
export function AppointmentFacts({ card }: { card: InvitationCard }) {
  const [day = ''] = card.start.split('T');
  return (
    <div class="appointment-facts">
      <p class="appointment-practice">{card.practice}</p>
      <p class="quiet-text">
        {messages().common.appointment(
          card.practitioner,
          formatDay(day, language.value),
          hourOf(card, ownMessages(), language.value),
        )}
      </p>
    </div>
  );
}

/** The practice's telephone: the way out of everything that does not work here. */
export function CallPractice({
  card,
  prominent = false,
}: {
  card: InvitationCard | undefined;
  prominent?: boolean;
}) {
  const digits = card?.telephone.replace(/[^\d+]/g, '');
  if (!card || !digits) return null;
  return (
    <ButtonLink href={`tel:${digits}`} kind={prominent ? 'primary' : 'secondary'} icon={Phone}>
      {messages().common.callPractice(card.telephone.replaceAll(' ', '\u00a0'))}
    </ButtonLink>
  );
}
