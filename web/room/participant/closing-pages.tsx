import { DoorOpen } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import type { InvitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { messages } from '../messages.ts';
import { messages as participantMessages } from './messages.ts';
import { ParticipantPage } from './participant-page.tsx';
import { CallPractice } from './practice-card.tsx';

type ClosingProps = { card: InvitationCard | undefined; onBack: () => void };

type EndedProps = ClosingProps & { by: 'host' | 'participant' | undefined; lastedMs?: number | undefined };

/** The consultation is over. The way back is there for whoever hung up by mistake. */
export function Ended({ by, lastedMs, card, onBack }: EndedProps) {
  const t = messages();
  return (
    <ParticipantPage>
      <Title>{t.ended.title}</Title>
      <Card>
        <p class="lead">
          {by === 'host' && `${t.ended.byHost} `}
          {by === 'participant' && `${t.ended.byParticipant} `}
          {t.ended.devicesOff}
        </p>
        {lastedMs !== undefined && <p>{participantMessages().lasted(Math.round(lastedMs / 60_000))}</p>}
        <p>{t.common.closeWindow}</p>
      </Card>
      <div class="stack">
        <p>{t.ended.mistake}</p>
        <div class="row">
          <Button icon={DoorOpen} onClick={onBack}>
            {t.common.backToWaitingRoom}
          </Button>
          <CallPractice card={card} />
        </div>
      </div>
    </ParticipantPage>
  );
}

/** Left the waiting room. */
export function Left({ card, onBack }: ClosingProps) {
  const t = messages();
  return (
    <ParticipantPage>
      <Title>{t.left.title}</Title>
      <Card>
        <p class="lead">{t.left.text}</p>
        <div class="row">
          <Button icon={DoorOpen} onClick={onBack}>
            {t.common.backToWaitingRoom}
          </Button>
          <CallPractice card={card} />
        </div>
      </Card>
    </ParticipantPage>
  );
}

/** The same invitation goes on in another window of this browser. */
export function Replaced() {
  const t = messages();
  return (
    <ParticipantPage>
      <Title>{t.replaced.title}</Title>
      <Card>
        <p class="lead">{t.replaced.text}</p>
        <Button kind="quiet" onClick={() => location.reload()}>
          {t.replaced.here}
        </Button>
      </Card>
    </ParticipantPage>
  );
}
