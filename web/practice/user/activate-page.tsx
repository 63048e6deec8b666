import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Checkbox, TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { type CodeReading, readCode } from '@sprechzimmer/crypto/code.ts';
import { maxPasswordLength, minPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { ApiError } from '../api.ts';
import type { StoredDevice } from '../device/key-store.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';
import { DeviceLine } from '../practice/device-line.tsx';

type ActivatePageProps = { app: PracticeApp; device: StoredDevice; onBack: () => void };

/** The printed code and a password of one's own, at a device of the practice. */
export function ActivatePage({ app, device, onBack }: ActivatePageProps) {
  const say = messages();
  const typed = useSignal('');
  const password = useSignal('');
  const shown = useSignal(false);
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const reading = readCode(typed.value);
  const isTooShort = password.value.length < minPasswordLength;

  async function submit(form: HTMLFormElement): Promise<void> {
    asked.value = true;
    failure.value = undefined;
    if (reading.kind !== 'code' || isTooShort) {
      focusFirstProblem(form);
      return;
    }
    busy.value = true;
    try {
      await app.activate(device, reading.code, password.value);
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }

  return (
    <Card>
      <Title>{say.activate.title}</Title>
      <DeviceLine device={device} />
      <p>{say.activate.lead}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) void submit(event.currentTarget);
        }}
      >
        <TextField
          class="input-code"
          label={say.activate.code}
          hint={say.activate.codeHint}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          value={typed.value}
          onInput={(text) => (typed.value = text)}
          problem={asked.value ? codeProblem(reading) : undefined}
        />
        <TextField
          label={say.activate.password}
          hint={say.password.hint}
          type={shown.value ? 'text' : 'password'}
          name="new-password"
          autocomplete="new-password"
          spellcheck={false}
          maxLength={maxPasswordLength}
          value={password.value}
          onInput={(value) => (password.value = value)}
          problem={asked.value && isTooShort ? say.password.tooShort : undefined}
        />
        <Checkbox label={say.password.show} checked={shown.value} onChange={(on) => (shown.value = on)} />
        <div role="alert">
          {failure.value !== undefined && <Notice tone="bad">{activationFailure(failure.value)}</Notice>}
        </div>
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={busy.value ? say.activate.busy : undefined}>
            {say.activate.submit}
          </Button>
          <Button kind="quiet" onClick={onBack}>
            {say.activate.toSignIn}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function codeProblem(reading: CodeReading): string | undefined {
  const say = messages().activate;
  if (reading.kind === 'code') return undefined;
  return reading.kind === 'incomplete' ? say.codeIncomplete : say.codeMistyped;
}

function activationFailure(error: unknown): string {
  const isRefused = error instanceof ApiError && error.code === 'SIGN_IN_REFUSED';
  return isRefused ? messages().activate.refused : failureSentence(error);
}
