import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Select } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText } from '@sprechzimmer/design/page.tsx';
import type { RetentionPreview } from '@sprechzimmer/protocol/retention.ts';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { failureSentence } from '../failure.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { Unfolding } from '../settings/unfolding.tsx';
import type { Work } from '../work.ts';
import { retentionMessages } from './messages.ts';
import { plainDay } from './plain-day.ts';

type Kept = { days: number; maxDays: number };

/** For how many days appointments stay, and the way to change that. */
export function RetentionCard({ work }: { work: Work }) {
  const say = retentionMessages();
  const kept = useSignal<Kept | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  async function load(): Promise<void> {
    failure.value = undefined;
    try {
      kept.value = await work.client.retention.view({});
    } catch (error) {
      failure.value = error;
    }
  }
  useEffect(() => void load(), []);
  if (!kept.value) {
    return (
      <Card>
        <h2>{say.retention.title}</h2>
        <LiveText>{failure.value === undefined && <p>{say.loading}</p>}</LiveText>
        <div role="alert">
          {failure.value !== undefined && (
            <Notice tone="bad" actions={<Button onClick={() => void load()}>{say.again}</Button>}>
              {failureSentence(failure.value)}
            </Notice>
          )}
        </div>
      </Card>
    );
  }
  const now = kept.value;
  return (
    <Unfolding title={say.retention.title} lead={say.retention.lead(now.days)} button={say.retention.change}>
      {(close) => (
        <ChangeRetention
          work={work}
          kept={now}
          onCancel={close}
          onSaved={(days) => {
            kept.value = { ...now, days };
            close();
          }}
        />
      )}
    </Unfolding>
  );
}

const usualDays = [1, 3, 7, 14, 30, 60, 90];

type ChangeProps = { work: Work; kept: Kept; onCancel: () => void; onSaved: (days: number) => void };

/** Says what goes before the password is typed; the server deletes no more than was said. */
function ChangeRetention({ work, kept, onCancel, onSaved }: ChangeProps) {
  const say = retentionMessages().retention;
  const days = useSignal(kept.days);
  const preview = useSignal<RetentionPreview | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  async function look(): Promise<void> {
    const asked = days.peek();
    preview.value = undefined;
    failure.value = undefined;
    try {
      const found = await work.client.retention.preview({ days: asked });
      if (days.peek() === asked) preview.value = found;
    } catch (error) {
      failure.value = error;
    }
  }
  useEffect(() => void look(), [days.value]);
  async function save(password: string): Promise<void> {
    const confirmed = preview.value?.appointments ?? 0;
    try {
      const { deleted } = await work.client.retention.set({ days: days.value, confirmed, password });
      work.say(say.saved(days.value, deleted));
      onSaved(days.value);
    } catch (error) {
      // What was said is no longer so: it is said anew.
      if (error instanceof ApiError && error.code === 'VERSION_CONFLICT') await look();
      throw error;
    }
  }
  const goes = preview.value?.appointments ?? 0;
  const options = [...new Set([...usualDays, kept.days, kept.maxDays])]
    .filter((each) => each <= kept.maxDays)
    .toSorted((a, b) => a - b);
  return (
    <ConfirmForm
      submit={goes > 0 ? say.saveAndDelete(goes) : say.save}
      danger={goes > 0}
      email={work.session.user.email}
      isValid={preview.value !== undefined}
      onConfirm={save}
      onCancel={onCancel}
    >
      {() => (
        <>
          <Select
            label={say.field}
            value={String(days.value)}
            options={options.map((each) => ({ value: String(each), label: say.option(each) }))}
            onChange={(value) => (days.value = Number(value))}
          />
          {kept.maxDays < 90 && <p class="quiet-text">{say.ceiling(kept.maxDays)}</p>}
          <LiveText>
            {failure.value !== undefined ? (
              <Notice tone="bad">{failureSentence(failure.value)}</Notice>
            ) : (
              <Consequence preview={preview.value} />
            )}
          </LiveText>
        </>
      )}
    </ConfirmForm>
  );
}

function Consequence({ preview }: { preview: RetentionPreview | undefined }) {
  const say = retentionMessages().retention;
  if (!preview) return <p>{say.asking}</p>;
  const { appointments, oldest, newest, keptFrom } = preview;
  if (appointments === 0 || !oldest || !newest) return <p>{say.willNotDelete}</p>;
  return (
    <Notice tone="warn">
      <p>{say.willDelete(appointments, plainDay(oldest), plainDay(newest))}</p>
      <p>{say.willKeep(plainDay(keptFrom))}</p>
    </Notice>
  );
}
