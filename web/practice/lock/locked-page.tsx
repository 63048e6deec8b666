import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { maxPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { useRef } from 'preact/hooks';
import { ApiError } from '../api.ts';
import type { StoredDevice } from '../device/key-store.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';
import { DeviceLine } from '../practice/device-line.tsx';

type LockedPageProps = { app: PracticeApp; device: StoredDevice; attemptsLeft: number | undefined };

/** A document that knows nothing but this device's name: the password brings everything back. */
export function LockedPage({ app, device, attemptsLeft }: LockedPageProps) {
  const say = messages();
  const password = useSignal('');
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const field = useRef<HTMLInputElement>(null);

  async function submit(form: HTMLFormElement): Promise<void> {
    asked.value = true;
    failure.value = undefined;
    if (password.value === '') {
      focusFirstProblem(form);
      return;
    }
    busy.value = true;
    try {
      await app.unlock(device, password.value);
    } catch (error) {
      failure.value = error;
      password.value = '';
      asked.value = false;
      field.current?.focus();
    }
    busy.value = false;
  }
  const wasWrong = failure.value instanceof ApiError && failure.value.code === 'LOCKED';
  const sentence =
    wasWrong && attemptsLeft !== undefined ? say.locked.wrong(attemptsLeft) : failureSentence(failure.value);

  return (
    <Card>
      <Title>{say.locked.title}</Title>
      <DeviceLine device={device} />
      <p>{say.locked.lead}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) void submit(event.currentTarget);
        }}
      >
        <input type="hidden" name="email" autocomplete="username" value={device.email} />
        <TextField
          label={say.locked.password}
          type="password"
          name="password"
          autocomplete="current-password"
          maxLength={maxPasswordLength}
          inputRef={field}
          value={password.value}
          onInput={(value) => (password.value = value)}
          problem={asked.value && password.value === '' ? say.confirm.missing : undefined}
        />
        <div role="alert">{failure.value !== undefined && <Notice tone="bad">{sentence}</Notice>}</div>
        <Button
          type="submit"
          kind="primary"
          size="large"
          wide
          busy={busy.value ? say.locked.busy : undefined}
        >
          {say.locked.submit}
        </Button>
        <Button kind="quiet" onClick={() => void app.signOut().catch((error) => (failure.value = error))}>
          {say.locked.other}
        </Button>
      </form>
    </Card>
  );
}
