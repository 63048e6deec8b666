import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import type { ComponentChildren } from 'preact';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';

type SaveFormProps = {
  submit?: string;
  isValid: boolean;
  onSave: () => Promise<void>;
  /** @param asked problems show after the first attempt, not while one is still typing */
  children: (asked: boolean) => ComponentChildren;
};

/** Fields that are saved without a password. */
export function SaveForm({ submit, isValid, onSave, children }: SaveFormProps) {
  const say = messages();
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);

  async function save(form: HTMLFormElement): Promise<void> {
    asked.value = true;
    failure.value = undefined;
    if (!isValid) {
      focusFirstProblem(form);
      return;
    }
    busy.value = true;
    try {
      await onSave();
      asked.value = false;
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }

  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy.value) void save(event.currentTarget);
      }}
    >
      {children(asked.value)}
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
      <div class="form-actions">
        <Button type="submit" kind="primary" busy={busy.value ? say.confirm.busy : undefined}>
          {submit ?? say.confirm.save}
        </Button>
      </div>
    </form>
  );
}
