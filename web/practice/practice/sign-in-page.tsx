import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { maxPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { MonitorSmartphone } from 'lucide';
import type { AppState } from '../app-state.ts';
import type { StoredDevice } from '../device/key-store.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';

type SignInPageProps = {
  app: PracticeApp;
  device: StoredDevice;
  reason: Extract<AppState, { kind: 'signed-out' }>['reason'];
};

export function SignInPage({ app, device, reason }: SignInPageProps) {
  const say = messages().signIn;
  return (
    <>
      {reason === 'ended' && <Notice>{say.ended}</Notice>}
      {reason === 'left' && <Notice tone="good">{say.left}</Notice>}
      {!device.registered && (
        <Notice
          tone="warn"
          title={say.unfinishedTitle}
          actions={<Button onClick={app.register}>{say.registerAgain}</Button>}
        >
          {say.unfinished}
        </Notice>
      )}
      <Card>
        <Title>{say.title}</Title>
        <p class="device-line">
          <Icon node={MonitorSmartphone} />
          <span>
            <span class="quiet-text">{say.device}</span>
            <strong>{device.deviceName}</strong>
            <span class="quiet-text">{device.practiceName}</span>
          </span>
        </p>
        <SignInForm app={app} device={device} />
      </Card>
    </>
  );
}

function SignInForm({ app, device }: { app: PracticeApp; device: StoredDevice }) {
  const say = messages().signIn;
  const email = useSignal(device.email);
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
      await app.signIn(device, email.value, password.value);
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
