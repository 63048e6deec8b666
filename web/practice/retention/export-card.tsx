import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { useEffect } from 'preact/hooks';
import type { Exported } from '../export/export-practice.ts';
import { failureSentence } from '../failure.ts';
import { saveBlob } from '../invitation/save-file.ts';
import { messages } from '../messages.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { Unfolding } from '../settings/unfolding.tsx';
import type { Work } from '../work.ts';
import { retentionMessages } from './messages.ts';

/** Writes all that the practice has into a file, after the password. */
export function ExportCard({ work }: { work: Work }) {
  const say = retentionMessages().export;
  return (
    <Unfolding title={say.title} lead={say.lead}>
      {(close) => <ExportSteps work={work} onClose={close} />}
    </Unfolding>
  );
}

function ExportSteps({ work, onClose }: { work: Work; onClose: () => void }) {
  const say = retentionMessages().export;
  const isConfirmed = useSignal(false);
  if (isConfirmed.value) return <Running work={work} onClose={onClose} />;
  return (
    <ConfirmForm
      submit={say.submit}
      email={work.session.user.email}
      onCancel={onClose}
      onConfirm={async (password) => {
        await work.client.export.begin({ password });
        work.say(undefined);
        isConfirmed.value = true;
      }}
    >
      {() => (
        <>
          <Notice tone="warn">{say.warning}</Notice>
          <p class="quiet-text">{say.told}</p>
        </>
      )}
    </ConfirmForm>
  );
}

type State =
  | { kind: 'done'; exported: Exported }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: unknown }
  | { kind: 'running'; done: number; of: number };

function Running({ work, onClose }: { work: Work; onClose: () => void }) {
  const state = useSignal<State>({ kind: 'running', done: 0, of: 0 });
  const attempt = useSignal(0);
  const cancel = useSignal<AbortController | undefined>(undefined);
  useEffect(() => {
    const controller = new AbortController();
    cancel.value = controller;
    void run(work, controller.signal, (next) => (state.value = next));
    return () => controller.abort();
  }, [attempt.value]);
  return (
    <div class="stack">
      <LiveText class="stack">
        <Told state={state.value} />
      </LiveText>
      {state.value.kind === 'running' && (
        <>
          <progress
            class="usage-bar"
            aria-label={retentionMessages().export.progress}
            {...(state.value.of > 0 && { max: state.value.of, value: state.value.done })}
          />
          <div class="form-actions">
            <Button onClick={() => cancel.value?.abort()}>{messages().cancel}</Button>
          </div>
        </>
      )}
      {state.value.kind !== 'running' && (
        <div class="form-actions">
          {state.value.kind === 'done' && <Saving exported={state.value.exported} />}
          {state.value.kind === 'failed' && (
            <Button
              onClick={() => {
                state.value = { kind: 'running', done: 0, of: 0 };
                attempt.value += 1;
              }}
            >
              {messages().again}
            </Button>
          )}
          <Button kind="quiet" onClick={onClose}>
            {retentionMessages().export.close}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Nothing is saved before all of it is written. */
async function run(work: Work, signal: AbortSignal, tell: (state: State) => void): Promise<void> {
  try {
    const { exportPractice } = await import('../export/export-practice.ts');
    const exported = await exportPractice(work, {
      signal,
      onProgress: (done, of) => tell({ kind: 'running', done, of }),
    });
    if (signal.aborted) return tell({ kind: 'cancelled' });
    tell({ kind: 'done', exported });
    saveBlob(exported.name, exported.file);
  } catch (error) {
    tell(signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error });
  }
}

function Told({ state }: { state: State }) {
  const say = retentionMessages().export;
  switch (state.kind) {
    case 'done':
      return (
        <>
          <Notice tone="good">{say.done(state.exported.appointments, state.exported.contacts)}</Notice>
          {state.exported.unreadable > 0 && (
            <Notice tone="warn">{say.unreadable(state.exported.unreadable)}</Notice>
          )}
        </>
      );
    case 'cancelled':
      return <Notice>{say.cancelled}</Notice>;
    case 'failed':
      return <Notice tone="bad">{failureSentence(state.error)}</Notice>;
    case 'running':
      return <p>{say.running}</p>;
    default:
      return state satisfies never;
  }
}

function Saving({ exported }: { exported: Exported }) {
  return (
    <Button onClick={() => saveBlob(exported.name, exported.file)}>
      {retentionMessages().export.saveAgain}
    </Button>
  );
}
