import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { Deletion } from '@sprechzimmer/protocol/retention.ts';
import { useEffect } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { Unfolding } from '../settings/unfolding.tsx';
import type { Work } from '../work.ts';
import { retentionMessages } from './messages.ts';
import { plainDay } from './plain-day.ts';

/** As many come with one answer. */
const pageLength = 100;

/** What was deleted of the practice's data, newest first, once somebody wants to see it. */
export function DeletionLog({ work }: { work: Work }) {
  const say = retentionMessages().log;
  return (
    <Unfolding title={say.title} lead={say.lead} button={say.show}>
      {() => <Lines work={work} />}
    </Unfolding>
  );
}

function Lines({ work }: { work: Work }) {
  const say = retentionMessages();
  const lines = useSignal<Deletion[] | undefined>(undefined);
  const hasMore = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  async function load(): Promise<void> {
    failure.value = undefined;
    const shown = lines.value ?? [];
    try {
      const { deletions } = await work.client.retention.deletions({ before: shown.at(-1)?.id ?? null });
      lines.value = [...shown, ...deletions];
      hasMore.value = deletions.length === pageLength;
    } catch (error) {
      failure.value = error;
    }
  }
  useEffect(() => void load(), []);
  return (
    <>
      <LiveText>
        {!lines.value && failure.value === undefined && <p>{say.loading}</p>}
        {lines.value?.length === 0 && <p>{say.log.none}</p>}
      </LiveText>
      {lines.value && lines.value.length > 0 && (
        <ol class="event-list">
          {lines.value.map((line) => (
            <li key={line.id}>
              <time class="quiet-text" dateTime={line.at}>
                {plainDay(line.at.slice(0, 10))}
              </time>
              <span>{sentenceOf(line)}</span>
            </li>
          ))}
        </ol>
      )}
      <div role="alert">
        {failure.value !== undefined && (
          <Notice tone="bad" actions={<Button onClick={() => void load()}>{say.again}</Button>}>
            {failureSentence(failure.value)}
          </Notice>
        )}
      </div>
      {hasMore.value && <Button onClick={() => void load()}>{say.log.more}</Button>}
    </>
  );
}

/** Such as `12 Termine vom 3. Mai 2026 bis 9. Mai 2026: Aufbewahrung abgelaufen`. */
function sentenceOf({ kind, rule, count, oldest, newest }: Deletion): string {
  const say = retentionMessages().log;
  const what = say.kinds[kind](count);
  const when = oldest && newest ? ` ${say.between(plainDay(oldest), plainDay(newest))}` : '';
  return `${what}${when}: ${say.rules[rule]}`;
}
