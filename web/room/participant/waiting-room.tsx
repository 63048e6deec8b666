import { useEffect, useState } from 'preact/hooks';
import { ListChecks, LogOut, Volume2 } from 'lucide';
import type { Verdict } from '@sprechzimmer/call/connection-test.ts';
import type { ParticipantState } from '@sprechzimmer/call/participant-state.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText, Title } from '@sprechzimmer/design/page.tsx';
import { ProblemPlace } from '../devices/problem-place.tsx';
import { SelfCheck } from '../devices/self-check.tsx';
import { type Messages, messages } from '../messages.ts';
import { useLoaded } from '../use-loaded.ts';
import { ConsentAnswered, ConsentQuestion } from './consent.tsx';
import { messages as ownMessages } from './messages.ts';
import { ParticipantPage } from './participant-page.tsx';
import { AppointmentFacts, CallPractice } from './practice-card.tsx';
import { playComeIn } from './sound.ts';
import type { Visit } from './visit.ts';

/** A connection takes a second or two where there is a way at all. */
const noWayAfterMs = 20_000;

type Waiting = Extract<ParticipantState, { kind: 'joining' | 'waiting' }>;

/** The waiting room: what is going on in one sentence, oneself as the practice will see one, and whom one waits for. */
export function WaitingRoom({ visit, state }: { visit: Visit; state: Waiting }) {
  const t = messages();
  const card = visit.card.value;
  const isStuck = useLasts(state.kind === 'waiting' && state.practice === 'arriving', noWayAfterMs);
  return (
    <ParticipantPage wide>
      <div class="waiting-room">
        <div class="stack">
          <Title>{state.kind === 'joining' ? t.waiting.joiningTitle : t.waiting.title}</Title>
          <ConsentQuestion visit={visit} />
          <LiveText class="lead">{waitingSentence(t.waiting, state)}</LiveText>
          <div aria-live="polite" class="stack">
            {state.kind === 'waiting' && !state.online && (
              <Notice tone="warn">
                {state.practice === 'present' ? t.waiting.offlineSeen : t.waiting.offline}
              </Notice>
            )}
            {isStuck && <Notice tone="warn">{t.waiting.noWay}</Notice>}
            <ProblemPlace own={visit.own} code={visit.place.code} />
            {visit.own.readiness.value.inApp && <InAppHint code={visit.place.code} />}
          </div>
          {card && (
            <Card quiet>
              <AppointmentFacts card={card} />
              <CallPractice card={card} />
            </Card>
          )}
          <ConsentAnswered visit={visit} />
        </div>
        <div class="stack">
          <SelfCheck own={visit.own} />
          <CheckHere visit={visit} />
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

/** Nobody has to test anything to be let in; whoever wants to, can. */
function CheckHere({ visit }: { visit: Visit }) {
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen) {
    return (
      <div>
        <Button kind="quiet" icon={ListChecks} onClick={() => setIsOpen(true)}>
          {ownMessages().checkHere}
        </Button>
      </div>
    );
  }
  return <OpenCheck visit={visit} onDone={() => setIsOpen(false)} />;
}

function OpenCheck({ visit, onDone }: { visit: Visit; onDone: () => void }) {
  const check = useLoaded(() => import('../check/waiting-check.tsx'));
  if (!check) return null;
  const onVerdict = (verdict: Verdict | undefined) => (visit.verdict.value = verdict);
  return <check.WaitingCheck own={visit.own} code={visit.place.code} onVerdict={onVerdict} onDone={onDone} />;
}

function InAppHint({ code }: { code: string }) {
  const hint = useLoaded(() => import('../browser/inside-hint.tsx'));
  return hint ? <hint.InsideHint code={code} /> : null;
}

/** Whether something has been so for `ms`. */
function useLasts(isSo: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    setLasts(false);
    if (!isSo) return undefined;
    const timer = setTimeout(() => setLasts(true), ms);
    return () => clearTimeout(timer);
  }, [isSo, ms]);
  return lasts;
}

/** Says no more than what is known: that the practice sees someone, only its own browser can tell. */
function waitingSentence(t: Messages['waiting'], state: Waiting): string {
  if (state.kind === 'joining') return t.joining;
  return !state.online && state.practice !== 'present' ? '' : t[state.practice];
}
