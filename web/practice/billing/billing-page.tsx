import { type Signal, useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Select } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText } from '@sprechzimmer/design/page.tsx';
import type { Quarter, QuarterCounts } from '@sprechzimmer/protocol/billing.ts';
import { Download } from 'lucide';
import { useEffect } from 'preact/hooks';
import { localTime } from '../appointment/calendar-day.ts';
import { longDay } from '../consent/long-day.ts';
import { failureSentence } from '../failure.ts';
import { saveFile } from '../invitation/save-file.ts';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { CountLine } from './count-line.tsx';
import { billingCsv } from './csv.ts';
import { linesOf, totalOf } from './lines.ts';
import { billingMessages } from './messages.ts';
import { PracticeTotal } from './practice-total.tsx';
import { quartersUntil } from './quarters.ts';

/** Billing reaches back this far, and rarely so. */
const shownQuarters = 12;

/** How many video consultations each practitioner held in a quarter, and what share that is; the main user's. */
export function BillingPage({ work }: { work: Work }) {
  const say = billingMessages();
  const today = localTime(work.clock.value, work.session.practice.timeZone).day;
  const quarters = quartersUntil(today, shownQuarters);
  const quarter = useSignal<Quarter>(quarters[0] ?? '');
  const counts = useSignal<QuarterCounts | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  const load = () => void loadCounts(work, quarter.peek(), { counts, failure });
  useEffect(load, [quarter.value]);
  return (
    <SubPage
      work={work}
      title={say.title}
      lead={say.lead}
      onBack={() => work.views.open({ kind: 'settings' })}
    >
      <Card>
        <Select
          label={say.quarter}
          value={quarter.value}
          options={quarters.map((each) => ({ value: each, label: nameOf(each) }))}
          onChange={(next) => {
            counts.value = undefined;
            quarter.value = next;
          }}
        />
        <LiveText>{!counts.value && failure.value === undefined && <p>{say.loading}</p>}</LiveText>
        <div role="alert">
          {failure.value !== undefined && (
            <Notice tone="bad" actions={<Button onClick={load}>{say.again}</Button>}>
              {failureSentence(failure.value)}
            </Notice>
          )}
        </div>
        {counts.value && <Counts work={work} quarter={quarter.value} counts={counts.value} />}
      </Card>
    </SubPage>
  );
}

type Loaded = { counts: Signal<QuarterCounts | undefined>; failure: Signal<unknown> };

async function loadCounts(work: Work, quarter: Quarter, { counts, failure }: Loaded): Promise<void> {
  failure.value = undefined;
  try {
    counts.value = await work.client.billing.quarter({ quarter });
  } catch (error) {
    failure.value = error;
  }
}

type CountsProps = { work: Work; quarter: Quarter; counts: QuarterCounts };

function Counts({ work, quarter, counts }: CountsProps) {
  const say = billingMessages();
  const { userNames } = work.session;
  const changed = useSignal(counts);
  const { cap } = counts;
  const lines = linesOf(changed.value, userNames);
  if (lines.length === 0) return <p>{say.nobody}</p>;
  function keep(practitionerId: string, cases: number | null): void {
    const practitioners = changed.value.practitioners.map((line) =>
      line.practitionerId === practitionerId ? { ...line, cases } : line,
    );
    changed.value = { ...changed.value, practitioners };
  }
  return (
    <>
      <p class="quiet-text">
        {cap ? say.cap(cap.percent, longDay(`${cap.validFrom}T12:00:00`), cap.source) : say.noCap}
      </p>
      <p class="quiet-text">{say.casesHint}</p>
      {lines.map((line) => (
        <CountLine
          key={`${quarter} ${line.practitionerId}`}
          work={work}
          quarter={quarter}
          line={line}
          onSaved={(cases) => keep(line.practitionerId, cases)}
        />
      ))}
      <PracticeTotal total={totalOf(changed.value)} cap={cap?.percent} />
      <p class="quiet-text">{say.caveat}</p>
      <Button
        icon={Download}
        onClick={() =>
          saveFile(
            say.fileName(quarter),
            'text/csv;charset=utf-8',
            billingCsv(quarter, changed.value, userNames),
          )
        }
      >
        {say.download}
      </Button>
    </>
  );
}

function nameOf(quarter: Quarter): string {
  return billingMessages().quarterName(quarter.slice(0, 4), quarter.slice(6));
}
