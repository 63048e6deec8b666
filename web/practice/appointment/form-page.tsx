import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { calendarMessages } from '../calendar/messages.ts';
import { OverlapWarning } from '../calendar/overlap-warning.tsx';
import { keepContacts } from '../contact/keep-contacts.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { Editing } from '../views.ts';
import { withNewestKey } from '../membership/with-newest-key.ts';
import { practitionerToChoose } from '../user/users.ts';
import type { Work } from '../work.ts';
import type { ReadableEntry } from './agenda.ts';
import { CancelAppointment } from './cancel-appointment.tsx';
import { finishForm } from './finish-form.ts';
import { type AppointmentWish, formOf, readForm } from './form.ts';
import { FormFields } from './form-fields.tsx';
import { formRules } from './form-rules.ts';
import { SaveFailure } from './save-failure.tsx';
import { draftOf, saveDraft } from './save.ts';
import { openRoom } from './start-now.ts';

/** One appointment, new or changed. A failed save leaves everything as typed. */
export function FormPage({ work, editing }: { work: Work; editing: Editing }) {
  const say = messages();
  const { draft, form } = editing;
  const asked = useSignal(false);
  const { busy, failure, save } = useSaving(work, editing);
  const reading = readForm(form, formRules(work, draft.base?.stored.day));
  const problems = asked.value && reading.kind === 'problems' ? reading.problems : {};
  const { base } = draft;
  const getsNewCode = base !== undefined && form.day !== '' && form.day !== base.stored.day;

  function submit(element: HTMLFormElement): void {
    asked.value = true;
    if (reading.kind === 'problems') {
      focusFirstProblem(element);
      return;
    }
    if (editing.startsNow) openRoom(work); // in the press itself: browsers open windows only then
    void save(reading.wish);
  }

  return (
    <Card>
      <Title>{titleOf(editing)}</Title>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) submit(event.currentTarget);
        }}
      >
        <FormFields work={work} form={form} problems={problems} base={base} />
        {getsNewCode && <Notice>{say.form.newCode}</Notice>}
        <OverlapWarning
          work={work}
          day={form.day}
          time={form.time}
          durationMinutes={Number(form.durationMinutes)}
          practitionerId={form.practitionerId ?? base?.stored.practitionerId ?? work.session.user.id}
          except={draft.id}
        />
        <div role="alert">
          {failure.value !== undefined && (
            <SaveFailure
              work={work}
              editing={editing}
              failure={failure.value}
              onAgain={(current) => {
                if (reading.kind === 'wish') void save(reading.wish, current);
              }}
              onSettled={(next) => (failure.value = next)}
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
        </div>
      </form>
      {base && (
        <div class="form-apart">
          <CancelAppointment
            work={work}
            entry={base}
            onCancelled={work.views.close}
            onCurrent={(current) => beginAnew(work, current)}
          />
        </div>
      )}
      {work.views.leaving.value && <LeaveDialog work={work} />}
    </Card>
  );
}

/** Saves what was typed, and goes on from there. */
function useSaving(work: Work, { draft, form }: Editing) {
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  async function save(wish: AppointmentWish, current = draft): Promise<void> {
    const { base } = current;
    busy.value = true;
    failure.value = undefined;
    try {
      const saved = await withNewestKey(work, () => saveDraft(work.client, work.session, current, wish));
      void keepContacts(work, form.participants);
      finishForm(work, saved, base);
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }
  return { busy, failure, save };
}

function titleOf({ startsNow, draft }: Editing): string {
  const say = messages().form;
  if (startsNow) return calendarMessages().speakNow;
  return draft.base ? say.titleChange : say.titleNew;
}

/** Somebody else changed it: the form begins anew with that. */
function beginAnew(work: Work, current: ReadableEntry): void {
  const { stored, record } = current;
  const opened = formOf(stored.day, record, practitionerToChoose(work.session, stored));
  work.views.open({ kind: 'form', editing: { draft: draftOf(current), opened, form: opened } });
}

function LeaveDialog({ work }: { work: Work }) {
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
