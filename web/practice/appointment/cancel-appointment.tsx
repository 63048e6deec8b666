import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { ApiError } from '../api.ts';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { Editing } from '../views.ts';
import type { Work } from '../work.ts';
import type { ReadableEntry } from './agenda.ts';
import { namesOf } from './appointment-row.tsx';
import { loadCurrent } from './save-failure.tsx';

type CancelAppointmentProps = { work: Work; editing: Editing; entry: ReadableEntry };

/** Cancels after asking; the question names the person and the day. */
export function CancelAppointment({ work, editing, entry }: CancelAppointmentProps) {
  const say = messages();
  const asking = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const { stored, record } = entry;
  const name = namesOf(entry);
  const when = `${formatDay(stored.day, language.value)}, ${formatTimeOfDay(record.time, language.value)}`;

  async function cancel(): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await work.client.appointment.cancel({ id: stored.id, version: stored.version }).catch(unlessGone);
      work.say(say.today.cancelled(name));
      work.views.close();
      void work.agenda.refresh();
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }

  async function loadNewState(): Promise<void> {
    failure.value = undefined;
    try {
      await loadCurrent(work, editing, false);
      asking.value = false;
    } catch (error) {
      failure.value = error;
    }
  }
  const isConflict = failure.value instanceof ApiError && failure.value.code === 'VERSION_CONFLICT';
  const reload = <Button onClick={() => void loadNewState()}>{say.form.conflictLoad}</Button>;

  return (
    <>
      <Button kind="quiet" class="form-cancel" onClick={() => (asking.value = true)}>
        {say.form.cancelAppointment}
      </Button>
      {asking.value && (
        <ConfirmDialog
          title={say.form.cancelTitle(name, when)}
          confirm={say.form.cancelConfirm}
          cancel={say.form.cancelKeep}
          busy={busy.value ? say.form.cancelling : undefined}
          danger
          onConfirm={() => void cancel()}
          onCancel={() => (asking.value = false)}
        >
          <p>{say.form.cancelText}</p>
          <div role="alert">
            {failure.value !== undefined && (
              <Notice tone="bad" actions={isConflict && reload}>
                {failureSentence(failure.value)}
              </Notice>
            )}
          </div>
        </ConfirmDialog>
      )}
    </>
  );
}

/** Gone is what was wanted: an earlier attempt arrived, or someone else was faster. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError) || error.code !== 'NOT_FOUND') throw error;
}
