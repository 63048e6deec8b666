import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { Notice, State, type Tone } from '@sprechzimmer/design/notice.tsx';
import type { Consent, Participant } from '@sprechzimmer/protocol/appointment.ts';
import { useEffect } from 'preact/hooks';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { changeParticipant } from '../appointment/change.ts';
import { failureSentence } from '../failure.ts';
import { formatMoment } from '../moments.ts';
import type { Work } from '../work.ts';
import { longDay } from './long-day.ts';
import { consentMessages } from './messages.ts';
import { findText, hashOfText } from './texts.ts';

type ConsentStateProps = {
  work: Work;
  participant: Participant;
  /** Changes the appointment as it now stands. @throws ApiError */
  change: (step: (entry: ReadableEntry) => Promise<ReadableEntry>) => Promise<void>;
};

/** Whether a participant has consented, when and to what; and what the practice can note of it. */
export function ConsentState({ work, participant, change }: ConsentStateProps) {
  const say = consentMessages();
  const busy = useSignal(false);
  const asking = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const { consent } = participant;
  const isInForce = consent !== null && consent.revokedAt === null;
  if (work.session.consent.texts.length === 0 && !consent) return null;

  async function note(next: Consent): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await change((entry) => changeParticipant(work, entry, participant.invitationId, { consent: next }));
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
    asking.value = false;
  }
  return (
    <div class="consent-state stack-tight">
      <State tone={toneOf(consent)}>{sentenceOf(consent)}</State>
      {consent && <GivenText key={consent.textHash} work={work} consent={consent} />}
      <div class="row">
        {isInForce ? (
          <Button kind="quiet" onClick={() => (asking.value = true)}>
            {say.revoke}
          </Button>
        ) : (
          <Button
            kind="quiet"
            busy={busy.value ? say.revoking : undefined}
            onClick={() => void paperConsent(work, participant).then(note)}
          >
            {say.onPaper}
          </Button>
        )}
      </div>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
      {asking.value && consent && (
        <ConfirmDialog
          title={say.revokeTitle(participant.name)}
          confirm={say.revokeConfirm}
          cancel={say.revokeKeep}
          busy={busy.value ? say.revoking : undefined}
          onConfirm={() => void note({ ...consent, revokedAt: new Date().toISOString() })}
          onCancel={() => (asking.value = false)}
        >
          {say.revokeText}
        </ConfirmDialog>
      )}
    </div>
  );
}

/** The text that was shown then, not the one of today. */
function GivenText({ work, consent }: { work: Work; consent: Consent }) {
  const say = consentMessages();
  const found = useSignal<{ since: string; text: string } | 'gone' | undefined>(undefined);
  const { texts } = work.session.consent;
  useEffect(() => {
    void findText(texts, consent.textHash).then((text) => (found.value = text ?? 'gone'));
  }, [texts, consent.textHash]);
  if (found.value === undefined) return null;
  if (found.value === 'gone') return <p class="quiet-text">{say.textGone}</p>;
  return (
    <details>
      <summary>{say.textOf(longDay(found.value.since))}</summary>
      <div class="consent-text">{found.value.text}</div>
    </details>
  );
}

/** What was signed is the practice's text of now, in the participant's language. */
async function paperConsent({ session }: Work, { language }: Participant): Promise<Consent> {
  const current = session.consent.texts.at(-1);
  const text = (language === 'en' && current?.en) || (current?.de ?? '');
  const textHash = await hashOfText(text);
  return { givenAt: new Date().toISOString(), revokedAt: null, by: 'practice', textHash };
}

function toneOf(consent: Consent | null): Tone {
  if (!consent) return 'info';
  return consent.revokedAt === null ? 'good' : 'warn';
}

function sentenceOf(consent: Consent | null): string {
  const say = consentMessages().state;
  if (!consent) return say.missing;
  if (consent.revokedAt !== null) return say.revoked(formatMoment(new Date(consent.revokedAt)));
  const when = formatMoment(new Date(consent.givenAt));
  return consent.by === 'practice' ? say.paper(when) : say.given(when);
}
