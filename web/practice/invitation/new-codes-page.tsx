import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText } from '@sprechzimmer/design/page.tsx';
import { namesOf, type ReadableEntry } from '../appointment/agenda.ts';
import { deviceMessages } from '../device/messages.ts';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { comingInvitations, type NewCodes, renewCodes } from './new-codes.ts';

/** After a device or user was removed: new codes for what is to come, and who has to be told. */
export function NewCodesPage({ work }: { work: Work }) {
  const say = deviceMessages().renewal;
  const progress = useSignal<{ done: number; all: number } | undefined>(undefined);
  const result = useSignal<NewCodes | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  async function renew(): Promise<void> {
    failure.value = undefined;
    try {
      const entries = await comingInvitations(work);
      progress.value = { done: 0, all: entries.length };
      result.value = await renewCodes(work, entries, (done) => {
        progress.value = { done, all: entries.length };
      });
      await work.agenda.refresh();
    } catch (error) {
      failure.value = error;
    }
    progress.value = undefined;
  }
  return (
    <SubPage work={work} title={say.codesTitle}>
      {result.value ? (
        <Told work={work} result={result.value} />
      ) : (
        <Card>
          <p>{say.done}</p>
          <LiveText>
            {progress.value && <p>{say.codesRunning(progress.value.done, progress.value.all)}</p>}
          </LiveText>
          <div role="alert">
            {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
          </div>
          <Button
            kind="primary"
            busy={progress.value ? messages().confirm.busy : undefined}
            onClick={() => void renew()}
          >
            {say.renewCodes}
          </Button>
        </Card>
      )}
    </SubPage>
  );
}

function Told({ work, result }: { work: Work; result: NewCodes }) {
  const say = deviceMessages().renewal;
  return (
    <Card>
      {result.failed.map((entry) => (
        <Notice key={entry.stored.id} tone="warn">
          {say.codesFailed(namesOf(entry))}
        </Notice>
      ))}
      <p>{result.renewed.length > 0 ? say.codesTell : say.codesNone}</p>
      <ul class="member-list">
        {result.renewed.map((entry) => (
          <li key={entry.stored.id} class="member">
            <div class="member-who">
              <p>
                <strong dir="auto">{namesOf(entry)}</strong>
              </p>
              <p class="quiet-text">
                {formatDay(entry.stored.day, language.value)},{' '}
                {formatTimeOfDay(entry.record.time, language.value)}
              </p>
              <p class="quiet-text">{contactsOf(entry)}</p>
            </div>
            <Button
              aria-label={messages().today.inviteOf(namesOf(entry))}
              onClick={() => work.views.open({ kind: 'invitation', entry })}
            >
              {messages().today.invite}
            </Button>
          </li>
        ))}
      </ul>
      <Button kind="primary" onClick={work.views.close}>
        {say.close}
      </Button>
    </Card>
  );
}

function contactsOf({ record }: ReadableEntry): string {
  return record.participants
    .map(({ email, telephone }) => email || telephone)
    .filter(Boolean)
    .join(', ');
}
