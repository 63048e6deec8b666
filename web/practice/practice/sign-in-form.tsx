import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { maxPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { Credentials } from './sign-in.ts';

type SignInFormProps = { credentials: Credentials; onSubmit: (credentials: Credentials) => Promise<void> };

export function SignInForm({ credentials, onSubmit }: SignInFormProps) {
  const say = messages().signIn;
  const email = useSignal(credentials.email);
  const password = useSignal('');
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);

  async function submit(form: HTMLFormElement): Promise<void> {
    asked.value = true;
    failure.value = undefined;
    if (email.value.trim() === '' || password.value === '') {
      focusFirstProblem(form);
      return;
    }
    busy.value = true;
    try {
      await onSubmit({ email: email.value, password: password.value });
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
        if (!busy.value) void submit(event.currentTarget);
      }}
    >
      <TextField
        label={say.email}
        type="email"
        name="email"
        autocomplete="username"
        spellcheck={false}
        value={email.value}
        onInput={(value) => (email.value = value)}
        problem={asked.value && email.value.trim() === '' ? say.emailMissing : undefined}
      />
      <TextField
        label={say.password}
        type="password"
        name="password"
        autocomplete="current-password"
        maxLength={maxPasswordLength}
        value={password.value}
        onInput={(value) => (password.value = value)}
        problem={asked.value && password.value === '' ? say.passwordMissing : undefined}
      />
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
      <Button type="submit" kind="primary" size="large" wide busy={busy.value ? say.submitting : undefined}>
        {say.submit}
      </Button>
    </form>
  );
}
