import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import type { DeliveryTrouble } from '@sprechzimmer/protocol/delivery.ts';
import { useEffect } from 'preact/hooks';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { openEntry } from '../appointment/record.ts';
import { failureSentence } from '../failure.ts';
import type { Work } from '../work.ts';
import { deliveryState } from './invitation-state.ts';
import { invitationMessages } from './messages.ts';

type Found = { trouble: DeliveryTrouble; entry: ReadableEntry | undefined; isGone: boolean };

/** A mail server that is out of order must not push today's list off the page. */
const shownAtFirst = 3;

/** Above today's list: messages that did not arrive, each with what to do next. */
export function MessageTrouble({ work }: { work: Work }) {
  const found = useSignal<Found[]>([]);
  const showsAll = useSignal(false);
  const { loadedAt } = work.agenda.state.value;
  useEffect(() => {
    let isOver = false;
    // Whoever cannot be asked now is asked with the next look at the agenda, which says that it failed.
    void findTroubles(work).then(
      (next) => {
        if (!isOver) found.value = next;
      },
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [work, loadedAt]);
  const shown = showsAll.value ? found.value : found.value.slice(0, shownAtFirst);
  const hidden = found.value.length - shown.length;
  return (
    <>
      {shown.map((one) => (
        <OneTrouble
          key={one.trouble.id}
          work={work}
          found={one}
          onDismissed={() => (found.value = found.value.filter((other) => other !== one))}
        />
      ))}
      {hidden > 0 && (
        <Button onClick={() => (showsAll.value = true)}>{invitationMessages().trouble.more(hidden)}</Button>
      )}
    </>
  );
}

type OneTroubleProps = { work: Work; found: Found; onDismissed: () => void };

function OneTrouble({ work, found: { trouble, entry, isGone }, onDismissed }: OneTroubleProps) {
  const say = invitationMessages().trouble;
  const failure = useSignal<unknown>(undefined);
  const { tone, text, remedy } = deliveryState(trouble);
  const name = entry?.record.participants.find(
    ({ invitationId }) => invitationId === trouble.invitationId,
  )?.name;
  async function dismiss(): Promise<void> {
    failure.value = undefined;
    try {
      await work.client.delivery.dismiss({ id: trouble.id });
      onDismissed();
    } catch (error) {
      failure.value = error;
    }
  }
  const actions = (
    <>
      {entry && <Button onClick={() => work.views.open({ kind: 'invitation', entry })}>{say.open}</Button>}
      <Button kind="quiet" onClick={() => void dismiss()}>
        {say.dismiss}
      </Button>
    </>
  );
  return (
    <Notice tone={tone} title={say.title(text, name)} actions={actions}>
      {trouble.day !== null && <p>{say.day(formatDay(trouble.day, language.value))}</p>}
      {isGone && <p>{say.gone}</p>}
      {remedy && <p>{remedy}</p>}
      <div role="alert">{failure.value !== undefined && <p>{failureSentence(failure.value)}</p>}</div>
    </Notice>
  );
}

/** The troubles, with their appointments. @throws ApiError */
async function findTroubles({ client, session }: Work): Promise<Found[]> {
  const { troubles } = await client.delivery.troubles({});
  const days = [...new Set(troubles.flatMap(({ day }) => day ?? []))];
  const lists = await Promise.all(days.map((day) => client.appointment.list({ from: day, to: day })));
  const entries = await Promise.all(
    lists.flatMap(({ appointments }) => appointments).map((stored) => openEntry(session, stored)),
  );
  return troubles.map((trouble) => {
    const entry = entries.find(({ stored }) => stored.id === trouble.appointmentId);
    const readable = entry?.kind === 'readable' ? entry : undefined;
    return { trouble, entry: readable, isGone: !entry };
  });
}
