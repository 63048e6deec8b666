import { useSignal } from '@preact/signals';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { Quarter } from '@sprechzimmer/protocol/billing.ts';
import { useId } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import type { Work } from '../work.ts';
import type { Line } from './lines.ts';
import { billingMessages } from './messages.ts';

const maxCases = 1_000_000;

type CountLineProps = {
  work: Work;
  quarter: Quarter;
  line: Line;
  onSaved: (cases: number | null) => void;
};

/** One practitioner's numbers; the cases are typed, and saved as one leaves the field. */
export function CountLine({ work, quarter, line, onSaved }: CountLineProps) {
  const say = billingMessages();
  const headingId = useId();
  const typed = useSignal(line.cases === null ? '' : String(line.cases));
  const state = useSignal<'idle' | 'saving' | 'saved'>('idle');
  const failure = useSignal<unknown>(undefined);
  const cases = readCases(typed.value);
  const { practitionerId, share } = line;

  async function save(): Promise<void> {
    if (cases === undefined || cases === line.cases) return;
    state.value = 'saving';
    failure.value = undefined;
    try {
      await work.client.billing.setCases({ quarter, practitionerId, cases });
      onSaved(cases);
      state.value = 'saved';
    } catch (error) {
      failure.value = error;
      state.value = 'idle';
    }
  }
  return (
    <div class="count-line stack" role="group" aria-labelledby={headingId}>
      <h2 id={headingId} dir="auto">
        {line.name}
      </h2>
      <dl class="count-numbers">
        <div>
          <dt>{say.consultations}</dt>
          <dd>{line.consultations}</dd>
        </div>
        <div>
          <dt>{say.share}</dt>
          <dd>{share === undefined ? say.shareUnknown : say.shareOf(share)}</dd>
        </div>
      </dl>
      <TextField
        label={say.cases}
        inputMode="numeric"
        autocomplete="off"
        value={typed.value}
        onInput={(text) => {
          typed.value = text;
          state.value = 'idle';
        }}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save();
        }}
        problem={cases === undefined ? say.casesWrong : undefined}
      />
      <LiveText class="quiet-text">{state.value !== 'idle' && say[state.value]}</LiveText>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </div>
  );
}

/** @returns null for an empty field, undefined for what is no number */
function readCases(text: string): number | null | undefined {
  const digits = text.replaceAll(/[\s.]/g, '');
  if (digits === '') return null;
  const cases = /^\d{1,7}$/.test(digits) ? Number(digits) : Number.NaN;
  return cases <= maxCases ? cases : undefined;
}
