import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { Checkbox } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { ApiError } from '../api.ts';
import { changed, sayCancelled, whenOf } from '../calendar/after-change.ts';
import { failureSentence } from '../failure.ts';
import { cancelNotices } from '../invitation/cancel-notices.ts';
import { invitationMessages } from '../invitation/messages.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { namesOf, type ReadableEntry } from './agenda.ts';
import { cancelAppointment } from './change.ts';
import { findCurrent } from './save.ts';

type CancelAppointmentProps = {
  work: Work;
  entry: ReadableEntry;
  onCancelled: () => void;
  /** Somebody else has changed it meanwhile: this is how it stands. */
  onCurrent?: (current: ReadableEntry) => void;
};

/** Cancels after asking; the question names the person and the day. */
export function CancelAppointment({ work, entry, onCancelled, onCurrent }: CancelAppointmentProps) {
  const say = messages();
  const asking = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const { stored } = entry;
  const notices = cancelNotices(work.session, entry);
  const notifies = useSignal(isKnownToServer(entry));

  async function cancel(): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await cancelAppointment(work, entry, notifies.value ? notices : []).catch(unlessGone);
      asking.value = false;
      onCancelled();
      sayCancelled(work, entry);
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }

  async function loadNewState(): Promise<void> {
    failure.value = undefined;
    try {
      const current = await findCurrent(work.client, work.session, stored);
      if (!current) throw new ApiError('NOT_FOUND');
      changed(work, current);
      onCurrent?.(current);
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
          title={say.form.cancelTitle(namesOf(entry), whenOf(entry))}
          confirm={say.form.cancelConfirm}
          cancel={say.form.cancelKeep}
          busy={busy.value ? say.form.cancelling : undefined}
          danger
          onConfirm={() => void cancel()}
          onCancel={() => (asking.value = false)}
        >
          <p>{say.form.cancelText}</p>
          {notices.length > 0 && (
            <Checkbox
              label={invitationMessages().tell.byServer(notices.map(({ to }) => to).join(', '))}
              checked={notifies.value}
              onChange={(next) => (notifies.value = next)}
            />
          )}
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

/** The server has mailed for this appointment already, or was to: it learns no new address. */
function isKnownToServer({ record, stored }: ReadableEntry): boolean {
  return stored.deliveries.length > 0 || record.participants.some(({ viaServer }) => viaServer);
}
