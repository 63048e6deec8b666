import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { ApiError } from '../api.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { Editing } from '../views.ts';
import type { Work } from '../work.ts';
import type { ReadableEntry } from './agenda.ts';
import { CancelAppointment } from './cancel-appointment.tsx';
import { type AppointmentWish, formOf, readForm } from './form.ts';
import { FormFields } from './form-fields.tsx';
import { openEntry } from './record.ts';
import { draftOf, newDraft, saveDraft } from './save.ts';

/** One appointment, new or changed. A failed save leaves everything as typed. */
export function FormPage({ work, editing }: { work: Work; editing: Editing }) {
  const say = messages();
  const { draft, form } = editing;
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const reading = readForm(form, work.session.practice.timeZone, work.clock.value);
  const problems = asked.value && reading.kind === 'problems' ? reading.problems : {};
  const { base } = draft;
  const getsNewCode = base !== undefined && form.day !== '' && form.day !== base.stored.day;

  async function save(wish: AppointmentWish, current = draft): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      const saved = await saveDraft(work.client, work.session, current, wish);
      finish(saved, base);
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }
  function finish(saved: ReadableEntry, before: ReadableEntry | undefined): void {
    void work.agenda.refresh();
    work.say(say.today.saved(form.name.trim()));
    const sameCode = before?.record.participants[0]?.code === saved.record.participants[0]?.code;
    if (sameCode) work.views.close();
    else work.views.open({ kind: 'invitation', entry: saved });
  }
  function submit(element: HTMLFormElement): void {
    asked.value = true;
    if (reading.kind === 'problems') focusFirstProblem(element);
    else void save(reading.wish);
  }

  return (
    <Card>
      <Title>{base ? say.form.titleChange : say.form.titleNew}</Title>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) submit(event.currentTarget);
        }}
      >
        <FormFields work={work} form={form} problems={problems} />
        {getsNewCode && <Notice>{say.form.newCode}</Notice>}
        <div role="alert">
          {failure.value !== undefined && (
            <SaveFailure
              work={work}
              editing={editing}
              failure={failure.value}
              onAgain={(current) => {
                if (reading.kind === 'wish') void save(reading.wish, current);
              }}
              onHandled={() => (failure.value = undefined)}
            />
          )}
        </div>
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={busy.value ? say.form.saving : undefined}>
            {base ? say.form.save : say.form.book}
          </Button>
          <Button kind="quiet" onClick={work.views.leave}>
            {say.cancel}
          </Button>
          {base && <CancelAppointment work={work} entry={base} />}
        </div>
      </form>
      {work.views.leaving.value && <LeaveDialog work={work} />}
    </Card>
  );
}

type SaveFailureProps = {
  work: Work;
  editing: Editing;
  failure: unknown;
  onAgain: (draft: Editing['draft']) => void;
  onHandled: () => void;
};

function SaveFailure({ work, editing, failure, onAgain, onHandled }: SaveFailureProps) {
  const say = messages();
  const code = failure instanceof ApiError ? failure.code : 'INTERNAL';
  async function loadNewState(keepTyped: boolean): Promise<void> {
    const current = await findStored(work, editing).catch(() => undefined);
    if (!current) return;
    const opened = formOf(current.stored.day, current.record);
    const draft = draftOf(current);
    work.views.open({ kind: 'form', editing: { draft, opened, form: keepTyped ? editing.form : opened } });
    onHandled();
    if (keepTyped) onAgain(draft);
  }
  if (code === 'VERSION_CONFLICT') {
    const actions = (
      <>
        <Button onClick={() => void loadNewState(true)}>{say.form.conflictKeep}</Button>
        <Button onClick={() => void loadNewState(false)}>{say.form.conflictLoad}</Button>
      </>
    );
    return (
      <Notice tone="warn" title={say.form.conflictTitle} actions={actions}>
        {say.form.conflict}
      </Notice>
    );
  }
  if (code === 'NOT_FOUND') {
    const bookAnew = () => {
      const draft = newDraft();
      work.views.open({ kind: 'form', editing: { ...editing, draft } });
      onHandled();
      onAgain(draft);
    };
    return (
      <Notice
        tone="warn"
        title={say.form.goneTitle}
        actions={<Button onClick={bookAnew}>{say.form.goneBook}</Button>}
      >
        {say.form.gone}
      </Notice>
    );
  }
  const again = <Button onClick={() => onAgain(editing.draft)}>{say.again}</Button>;
  return (
    <Notice tone="bad" actions={code === 'OFFLINE' || code === 'INTERNAL' ? again : undefined}>
      {failureSentence(failure)}
    </Notice>
  );
}

/** The appointment as it is on the server now; it may have moved to another of the days that are shown. */
async function findStored(work: Work, { draft }: Editing): Promise<ReadableEntry | undefined> {
  await work.agenda.refresh();
  const known = work.agenda.state.value.entries.find(({ stored }) => stored.id === draft.id);
  if (known) return known.kind === 'readable' ? known : undefined;
  const day = draft.base?.stored.day;
  if (!day) return undefined;
  const { appointments } = await work.client.appointment.list({ from: day, to: day });
  const stored = appointments.find(({ id }) => id === draft.id);
  const entry = stored && (await openEntry(work.session, stored));
  return entry?.kind === 'readable' ? entry : undefined;
}

export function LeaveDialog({ work }: { work: Work }) {
  const say = messages().form;
  return (
    <ConfirmDialog
      title={say.leaveTitle}
      confirm={say.leaveConfirm}
      cancel={say.leaveStay}
      danger
      onConfirm={work.views.close}
      onCancel={work.views.stay}
    >
      {say.leaveText}
    </ConfirmDialog>
  );
}
