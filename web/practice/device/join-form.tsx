import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import type { ComponentChildren } from 'preact';
import { maxPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { ApiError } from '../api.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import { deviceMessages } from './messages.ts';
import type { NewDeviceForm } from './request-device.ts';

type JoinFormProps = {
  form: NewDeviceForm;
  onInput: (change: Partial<NewDeviceForm>) => void;
  failure: unknown;
  onSubmit: () => Promise<void>;
  onBack: () => void;
};

/** Who signs in here, and what the device is to be called. */
export function JoinForm({ form, onInput, failure, onSubmit, onBack }: JoinFormProps) {
  const say = deviceMessages().join;
  const { signIn, back } = messages();
  const asked = useSignal(false);
  const missing = (value: string, sentence: string) =>
    asked.value && value.trim() === '' ? sentence : undefined;
  const isComplete = Object.values(form).every((value) => value.trim() !== '');
  return (
    <Card>
      <Title>{say.title}</Title>
      <p>{say.lead}</p>
      <BusyForm
        label={say.submit}
        busyLabel={say.submitting}
        failure={failure}
        back={back}
        onBack={onBack}
        onSubmit={async (element) => {
          asked.value = true;
          if (isComplete) await onSubmit();
          else focusFirstProblem(element);
        }}
      >
        <TextField
          label={signIn.email}
          type="email"
          name="email"
          autocomplete="username"
          spellcheck={false}
          value={form.email}
          onInput={(email) => onInput({ email })}
          problem={missing(form.email, signIn.emailMissing)}
        />
        <TextField
          label={signIn.password}
          type="password"
          name="password"
          autocomplete="current-password"
          maxLength={maxPasswordLength}
          value={form.password}
          onInput={(password) => onInput({ password })}
          problem={missing(form.password, signIn.passwordMissing)}
        />
        <TextField
          label={say.deviceName}
          hint={say.deviceNameHint}
          name="device"
          autocomplete="off"
          maxLength={200}
          value={form.deviceName}
          onInput={(deviceName) => onInput({ deviceName })}
          problem={missing(form.deviceName, say.deviceNameMissing)}
        />
      </BusyForm>
    </Card>
  );
}

type BusyFormProps = {
  label: string;
  busyLabel: string;
  failure: unknown;
  back: string;
  onBack: () => void;
  onSubmit: (form: HTMLFormElement) => Promise<void>;
  children: ComponentChildren;
};

function BusyForm({ label, busyLabel, failure, back, onBack, onSubmit, children }: BusyFormProps) {
  const say = deviceMessages().join;
  const busy = useSignal(false);
  const isRefused = failure instanceof ApiError && failure.code === 'SIGN_IN_REFUSED';
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (busy.value) return;
        busy.value = true;
        void onSubmit(event.currentTarget).finally(() => (busy.value = false));
      }}
    >
      {children}
      <div role="alert">
        {failure !== undefined && (
          <Notice tone="bad">{isRefused ? say.refused : failureSentence(failure)}</Notice>
        )}
      </div>
      <div class="form-actions">
        <Button type="submit" kind="primary" busy={busy.value ? busyLabel : undefined}>
          {label}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {back}
        </Button>
      </div>
    </form>
  );
}
