import { useSignal } from '@preact/signals';
import { ConsultationRecordSheet } from '@sprechzimmer/design/consultation-record.tsx';
import { formatDay, formatTimeOfDay, dayIn, timeOfDayIn } from '@sprechzimmer/design/dates.ts';
import { formatDuration } from '@sprechzimmer/design/duration.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import type { ConsultationRecord } from '@sprechzimmer/protocol/consultation-record.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { heldMessages } from './messages.ts';

type HeldProps = { entry: ReadableEntry; timeZone: string };

/** What was held of an appointment, each to be unfolded and printed. */
export function HeldConsultations({ entry, timeZone }: HeldProps) {
  const records = entry.record.consultations ?? [];
  const unfolded = useSignal<string | undefined>(undefined);
  if (records.length === 0) return null;
  return (
    <section class="stack-tight held-consultations">
      <h2>{heldMessages().title}</h2>
      {records.toReversed().map((record) => (
        <details
          key={record.id}
          open={unfolded.value === record.id}
          onToggle={({ currentTarget }) => {
            // One at a time: what is unfolded is what the page prints as.
            if (currentTarget.open) unfolded.value = record.id;
            else if (unfolded.value === record.id) unfolded.value = undefined;
          }}
        >
          <summary>{nameOf(record, timeZone)}</summary>
          {unfolded.value === record.id && <ConsultationRecordSheet record={record} timeZone={timeZone} />}
        </details>
      ))}
    </section>
  );
}

function nameOf({ startedAt, endedAt }: ConsultationRecord, timeZone: string): string {
  const [from, until] = [new Date(startedAt), new Date(endedAt)];
  const day = formatDay(dayIn(timeZone, from), language.value, { short: true });
  const time = formatTimeOfDay(timeOfDayIn(timeZone, from), language.value);
  const duration = formatDuration(until.getTime() - from.getTime(), language.value);
  return heldMessages().one(`${day}, ${time}`, duration);
}
