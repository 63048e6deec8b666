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
      </div>
    </Card>
  );
}

/** What was answered, quietly, with the text and the way to change one's mind. */
export function ConsentAnswered({ visit }: { visit: Visit }) {
  const t = messages();
  const consent = visit.consent.value;
  if (!consent?.answer) return null;
  const { given } = consent.answer;
  return (
    <section class="stack-tight">
      <p role="status">
        <State tone={given ? 'good' : 'warn'}>{given ? t.given : t.notGiven}</State>
      </p>
      <details class="consent">
        <summary>{t.showText}</summary>
        <ConsentText text={consent.text} />
        {given ? (
          <Revoke onRevoke={() => visit.answerConsent(false)} />
        ) : (
          <Button onClick={() => visit.answerConsent(true)}>{t.agreeAfterAll}</Button>
        )}
      </details>
    </section>
  );
}

/** The practice's own words, as they are. */
function ConsentText({ text }: { text: string }) {
  const t = messages();
  return (
    <>
      <div class="consent-text" dir="auto" role="region" aria-label={t.consent} tabIndex={0}>
        {text}
      </div>
      <Button kind="quiet" class="consent-print" onClick={() => print()}>
        {t.print}
      </Button>
    </>
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
