import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { ApiError } from '../api.ts';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { Editing } from '../views.ts';
import { practitionerToChoose } from '../user/users.ts';
import type { Work } from '../work.ts';
import { formOf } from './form.ts';
import { formMessages } from './form-messages.ts';
import { type Draft, draftOf, findCurrent, newDraft } from './save.ts';

type SaveFailureProps = {
  work: Work;
  editing: Editing;
  failure: unknown;
  /** Saves what is typed once more, on top of this draft. */
  onAgain: (draft: Draft) => void;
  /** What there is to say now: nothing, or that finding out failed. */
  onSettled: (failure: unknown) => void;
};

/** Why it is not saved, and the ways on. Typed text goes only when the person says so. */
export function SaveFailure({ work, editing, failure, onAgain, onSettled }: SaveFailureProps) {
  const say = messages();
  const code = failure instanceof ApiError ? failure.code : 'INTERNAL';
  if (code === 'VERSION_CONFLICT') {
    const load = (keepTyped: boolean) => void loadCurrent(work, editing, keepTyped).then(settle, onSettled);
    const settle = (draft: Draft | undefined) => {
      onSettled(undefined);
      if (draft) onAgain(draft);
    };
    const actions = (
      <>
        <Button onClick={() => load(true)}>{say.form.conflictKeep}</Button>
        <Button onClick={() => load(false)}>{say.form.conflictLoad}</Button>
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
      onAgain(draft);
    };
    const action = <Button onClick={bookAnew}>{say.form.goneBook}</Button>;
    return (
      <Notice tone="warn" title={say.form.goneTitle} actions={action}>
        {say.form.gone}
      </Notice>
    );
  }
  const { maxConsultationsPerMonth: max } = work.session.view.practice.plan;
  if (code === 'PLAN_LIMIT' && max !== null)
    return <Notice tone="warn">{formMessages().monthFull(max)}</Notice>;
  const again = <Button onClick={() => onAgain(editing.draft)}>{say.again}</Button>;
  return (
    <Notice tone="bad" actions={code === 'OFFLINE' || code === 'INTERNAL' ? again : undefined}>
      {failureSentence(failure)}
    </Notice>
  );
}

/**
 * Puts the appointment's new state under the form.
 * @returns the draft to save again, when what is typed is to win
 * @throws ApiError
 */
export async function loadCurrent(
  work: Work,
  editing: Editing,
  keepTyped: boolean,
): Promise<Draft | undefined> {
  const { id, base } = editing.draft;
  const day = base?.stored.day ?? editing.form.day;
  const current = await findCurrent(work.client, work.session, { id, day });
  if (!current) throw new ApiError('NOT_FOUND');
  const opened = formOf(
    current.stored.day,
    current.record,
    practitionerToChoose(work.session, current.stored),
  );
  const draft = draftOf(current);
  work.views.open({ kind: 'form', editing: { draft, opened, form: keepTyped ? editing.form : opened } });
  return keepTyped ? draft : undefined;
}
