import { LogOut, Volume2 } from 'lucide';
import type { ParticipantState } from '@sprechzimmer/call/participant-state.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText, Title } from '@sprechzimmer/design/page.tsx';
import { ProblemCards } from '../devices/problem-cards.tsx';
import { SelfCheck } from '../devices/self-check.tsx';
import { type Messages, messages } from '../messages.ts';
import { ParticipantPage } from './participant-page.tsx';
import { AppointmentFacts, CallPractice } from './practice-card.tsx';
import { playComeIn } from './sound.ts';
import type { Visit } from './visit.ts';

type Waiting = Extract<ParticipantState, { kind: 'joining' | 'waiting' }>;

/** The waiting room: what is going on in one sentence, oneself as the practice will see one, and whom one waits for. */
export function WaitingRoom({ visit, state }: { visit: Visit; state: Waiting }) {
  const t = messages();
  const card = visit.card.value;
  return (
    <ParticipantPage wide>
      <div class="waiting-room">
        <div class="stack">
          <Title>{state.kind === 'joining' ? t.waiting.joiningTitle : t.waiting.title}</Title>
          <LiveText class="lead">{waitingSentence(t.waiting, state)}</LiveText>
          <div aria-live="polite" class="stack">
            {state.kind === 'waiting' && !state.online && (
              <Notice tone="warn">
                {state.practice === 'present' ? t.waiting.offlineSeen : t.waiting.offline}
              </Notice>
            )}
            <ProblemCards own={visit.own} />
          </div>
          {card && (
            <Card quiet>
              <AppointmentFacts card={card} />
              <CallPractice card={card} />
            </Card>
          )}
        </div>
        <div class="stack">
          <SelfCheck own={visit.own} />
          <p class="quiet-text">{t.waiting.soundHint}</p>
          <div class="row">
            <Button kind="quiet" icon={Volume2} onClick={playComeIn}>
              {t.waiting.trySound}
            </Button>
            <Button kind="quiet" icon={LogOut} onClick={() => visit.call.leave()}>
              {t.waiting.leave}
            </Button>
          </div>
        </div>
      </div>
    </ParticipantPage>
  );
}

/** Says no more than what is known: that the practice sees someone, only its own browser can tell. */
function waitingSentence(t: Messages['waiting'], state: Waiting): string {
  if (state.kind === 'joining') return t.joining;
  return !state.online && state.practice !== 'present' ? '' : t[state.practice];
}
