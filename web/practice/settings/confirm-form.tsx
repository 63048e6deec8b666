import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { maxPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import type { ComponentChildren } from 'preact';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';

type ConfirmFormProps = {
  submit: string;
  danger?: boolean;
  /** The user's own address, for the browser's password store. */
  email: string;
  /** Whether the other fields are right. */
  isValid?: boolean;
  onConfirm: (password: string) => Promise<void>;
  onCancel?: () => void;
  /** @param asked problems show after the first attempt, not while one is still typing */
  children?: (asked: boolean) => ComponentChildren;
};

/** What needs the password: it is asked for in the same form, each time, and kept nowhere. */
export function ConfirmForm({
  submit,
  danger = false,
  email,
  isValid = true,
  onConfirm,
  onCancel,
  children,
}: ConfirmFormProps) {
  const say = messages();
  const password = useSignal('');
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);

  async function confirm(form: HTMLFormElement): Promise<void> {
    asked.value = true;
    failure.value = undefined;
    if (!isValid || password.value === '') {
      focusFirstProblem(form);
      return;
    }
    busy.value = true;
    try {
      await onConfirm(password.value);
      asked.value = false;
    } catch (error) {
      failure.value = error;
    }
    password.value = '';
    busy.value = false;
  }

  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy.value) void confirm(event.currentTarget);
      }}
    >
      {children?.(asked.value)}
      <input type="hidden" name="email" autocomplete="username" value={email} />
      <TextField
        label={say.confirm.password}
        type="password"
        autocomplete="current-password"
        maxLength={maxPasswordLength}
        value={password.value}
        onInput={(value) => (password.value = value)}
        problem={asked.value && password.value === '' && !busy.value ? missing(failure.value) : undefined}
      />
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
      <div class="form-actions">
        <Button
          type="submit"
          kind={danger ? 'danger' : 'primary'}
          busy={busy.value ? say.confirm.busy : undefined}
        >
          {submit}
        </Button>
        {onCancel && (
          <Button kind="quiet" onClick={onCancel}>
            {say.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}

/** After a failed attempt the field is empty because the page emptied it. */
function missing(failure: unknown): string | undefined {
  return failure === undefined ? messages().confirm.missing : undefined;
}
