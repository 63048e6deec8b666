import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import type { SecurityEvent } from '@sprechzimmer/protocol/security-event.ts';
import { useEffect } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { formatMoment } from '../moments.ts';
import type { PracticeSession } from '../practice/session.ts';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';

/** As many come with one answer. */
const pageLength = 100;

/** What happened to the practice's safety, newest first. */
export function EventsPage({ work }: { work: Work }) {
  const say = messages();
  const events = useSignal<SecurityEvent[] | undefined>(undefined);
  const hasMore = useSignal(false);
  const failure = useSignal<unknown>(undefined);

  async function load(): Promise<void> {
    failure.value = undefined;
    const shown = events.value ?? [];
    try {
      const answer = await work.client.securityEvent.list({ before: shown.at(-1)?.id ?? null });
      events.value = [...shown, ...answer.events];
      hasMore.value = answer.events.length === pageLength;
    } catch (error) {
      failure.value = error;
    }
  }
  useEffect(() => void load(), []);

  return (
    <SubPage work={work} title={say.events.title} lead={say.events.lead}>
      {!events.value && failure.value === undefined && <p role="status">{say.events.loading}</p>}
      {events.value?.length === 0 && <p>{say.events.none}</p>}
      {events.value && events.value.length > 0 && (
        <ol class="event-list">
          {events.value.map((event) => (
            <li key={event.id}>
              <time class="quiet-text" dateTime={event.at}>
                {formatMoment(new Date(event.at), work.clock.value)}
              </time>
              <span>{sentenceOf(event, work.session)}</span>
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
      {hasMore.value && <Button onClick={() => void load()}>{say.events.more}</Button>}
    </SubPage>
  );
}

function sentenceOf(event: SecurityEvent, session: PracticeSession): string {
  const { userNames, deviceProfiles, membership } = session;
  const say = messages().events;
  const who = (event.userId && userNames.get(event.userId)) ?? say.someone;
  const sentence = say.kind[event.kind](who);
  if (!event.deviceId) return sentence;
  const device = deviceProfiles.get(event.deviceId)?.name;
  if (device !== undefined) return `${sentence}, ${say.at(device)}`;
  // A browser that only asked to be let in never was one of the practice's devices.
  return membership.removed.has(event.deviceId) ? `${sentence}, ${say.atGone}` : sentence;
}
