import { useState } from 'preact/hooks';
import { Button } from '@sprechzimmer/design/button.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { messages } from './messages.ts';
import type { Visit } from './visit.ts';

/** Before anything else, for whoever has not answered yet. Waiting goes on whatever the answer is. */
export function ConsentQuestion({ visit }: { visit: Visit }) {
  const t = messages();
  const consent = visit.consent.value;
  if (!consent || consent.answer) return null;
  return (
    <Card class="consent">
      <h2>{t.consent}</h2>
      <ConsentText text={consent.text} />
      <div class="row">
        <Button kind="primary" onClick={() => visit.answerConsent(true)}>
          {t.agree}
        </Button>
        <Button onClick={() => visit.answerConsent(false)}>{t.disagree}</Button>
        <Print />
      </div>
    </Card>
  );
}

/** What was answered, quietly, with the text and the way to change one's mind. */
export function ConsentAnswered({ visit }: { visit: Visit }) {
  const t = messages();
  const consent = visit.consent.value;
  if (!consent?.answer) return null;
  return (
    <section class="stack-tight">
      <ConsentState given={consent.answer.given} />
      <details class="consent">
        <summary>{t.showText}</summary>
        <div class="stack">
          <ConsentText text={consent.text} />
          <div class="row">
            <ChangeMind visit={visit} given={consent.answer.given} />
            <Print />
          </div>
        </div>
      </details>
    </section>
  );
}

/** In the consultation: behind the line that unfolds, and without the text. */
export function ConsentInTalk({ visit }: { visit: Visit }) {
  const answer = visit.consent.value?.answer;
  if (!answer) return null;
  return (
    <>
      <ConsentState given={answer.given} />
      <ChangeMind visit={visit} given={answer.given} />
    </>
  );
}

function ConsentState({ given }: { given: boolean }) {
  const t = messages();
  return (
    <p role="status">
      <State tone={given ? 'good' : 'warn'}>{given ? t.given : t.notGiven}</State>
    </p>
  );
}

/** The practice's own words, as they are. */
function ConsentText({ text }: { text: string }) {
  return (
    <div class="consent-text" dir="auto" role="region" aria-label={messages().consent} tabIndex={0}>
      {text}
    </div>
  );
}

function Print() {
  return (
    <Button kind="quiet" onClick={() => print()}>
      {messages().print}
    </Button>
  );
}

function ChangeMind({ visit, given }: { visit: Visit; given: boolean }) {
  return given ? (
    <Revoke onRevoke={() => visit.answerConsent(false)} />
  ) : (
    <Button onClick={() => visit.answerConsent(true)}>{messages().agreeAfterAll}</Button>
  );
}

function Revoke({ onRevoke }: { onRevoke: () => void }) {
  const t = messages();
  const [asks, setAsks] = useState(false);
  if (!asks) return <Button onClick={() => setAsks(true)}>{t.revoke}</Button>;
  return (
    <div class="stack-tight" role="alert">
      <p>{t.revokeAsk}</p>
      <div class="row">
        <Button kind="danger" onClick={onRevoke}>
          {t.revokeYes}
        </Button>
        <Button onClick={() => setAsks(false)}>{t.revokeNo}</Button>
      </div>
    </div>
  );
}
