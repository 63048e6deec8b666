import { useSignal } from '@preact/signals';
import { readCode, recoveryCodeLength } from '@sprechzimmer/crypto/code.ts';
import { OpenError } from '@sprechzimmer/crypto/seal.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { maxPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { ApiError } from '../api.ts';
import { deviceMessages } from '../device/messages.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { RecoveryForm } from './recover.ts';

type SheetFormProps = {
  onBack: () => void;
  onSubmit: (form: RecoveryForm, code: string) => Promise<void>;
};

/** What is typed, and what became of it. */
function useSheetForm(onSubmit: SheetFormProps['onSubmit']) {
  const form = useSignal({ email: '', password: '', code: '' });
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const reading = readCode(form.value.code, recoveryCodeLength);
  async function submit(element: HTMLFormElement): Promise<void> {
    const { email, password } = form.value;
    asked.value = true;
    failure.value = undefined;
    if (email.trim() === '' || password === '' || reading.kind !== 'code') {
      focusFirstProblem(element);
      return;
    }
    busy.value = true;
    try {
      await onSubmit({ email: email.trim(), password }, reading.code);
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }
  const field = (name: 'email' | 'password' | 'code') => ({
    name,
    spellcheck: false,
    value: form.value[name],
    onInput: (value: string) => (form.value = { ...form.value, [name]: value }),
  });
  const missing = (name: 'email' | 'password', sentence: string) =>
    asked.value && form.value[name].trim() === '' ? sentence : undefined;
  return { field, missing, isMistyped: asked.value && reading.kind !== 'code', busy, failure, submit };
}

/** E-mail address, password, and the sheet's code. */
export function SheetForm({ onBack, onSubmit }: SheetFormProps) {
  const say = deviceMessages().recover;
  const { signIn, back } = messages();
  const { field, missing, isMistyped, busy, failure, submit } = useSheetForm(onSubmit);
  return (
    <Card>
      <Title>{say.title}</Title>
      <p>{say.lead}</p>
      <Notice>{say.noSheet}</Notice>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) void submit(event.currentTarget);
        }}
      >
        <TextField
          {...field('email')}
          label={signIn.email}
          type="email"
          autocomplete="username"
          problem={missing('email', signIn.emailMissing)}
        />
        <TextField
          {...field('password')}
          label={signIn.password}
          type="password"
          autocomplete="current-password"
          maxLength={maxPasswordLength}
          problem={missing('password', signIn.passwordMissing)}
        />
        <TextField
          {...field('code')}
          class="input-code"
          label={say.code}
          hint={say.codeHint}
          autocomplete="off"
          autocapitalize="characters"
          problem={isMistyped ? say.codeProblem : undefined}
        />
        <div role="alert">
          {failure.value !== undefined && <Notice tone="bad">{sheetFailure(failure.value)}</Notice>}
        </div>
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={busy.value ? say.submitting : undefined}>
            {say.submit}
          </Button>
          <Button kind="quiet" onClick={onBack}>
            {back}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function sheetFailure(error: unknown): string {
  const isRefused = error instanceof ApiError && ['SIGN_IN_REFUSED', 'NOT_FOUND'].includes(error.code);
  return isRefused || error instanceof OpenError ? deviceMessages().recover.refused : failureSentence(error);
}

type ConsequencesProps = {
  practiceName: string;
  deviceName: string;
  onInput: (name: string) => void;
  onBack: () => void;
  onNext: () => void;
};

/** What a recovery means for everyone, before anything is changed. */
export function Consequences({ practiceName, deviceName, onInput, onBack, onNext }: ConsequencesProps) {
  const { recover: say, join } = deviceMessages();
  const asked = useSignal(false);
  const isMissing = deviceName.trim() === '';
  return (
    <Card>
      <Title>{say.consequencesTitle(practiceName)}</Title>
      <ul class="steps">
        {say.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          asked.value = true;
          if (isMissing) focusFirstProblem(event.currentTarget);
          else onNext();
        }}
      >
        <TextField
          label={say.deviceName}
          hint={join.deviceNameHint}
          name="device"
          autocomplete="off"
          maxLength={200}
          value={deviceName}
          onInput={onInput}
          problem={asked.value && isMissing ? join.deviceNameMissing : undefined}
        />
        <div class="form-actions">
          <Button type="submit" kind="primary">
            {say.toSheet}
          </Button>
          <Button kind="quiet" onClick={onBack}>
            {messages().cancel}
          </Button>
        </div>
      </form>
    </Card>
  );
}
