import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { browserName } from '../device/browser-name.ts';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';
import { useTopOfPage } from '../use-top-of-page.ts';
import { RecoverySheet, RetypeGroups } from './recovery-sheet.tsx';
import { DeviceStep, PracticeStep, UserStep } from './register-steps.tsx';
import { registerPractice } from './register.ts';
import {
  makePracticeKeys,
  type PracticeKeys,
  type RegistrationForm,
  sealRegistration,
  type SealedRegistration,
} from './registration.ts';

type Step = 'practice' | 'user' | 'device' | 'sheet' | 'retype' | 'sending';
const countedSteps: Step[] = ['practice', 'user', 'device', 'sheet', 'retype'];

const defaultTimeZone = 'Europe/Berlin';
/** What the main user can mend by choosing something else: nothing is registered then, the sheet stays good. */
const mendable = ['EMAIL_TAKEN', 'PASSWORD_TOO_SHORT', 'PASSWORD_BREACHED', 'BAD_INPUT'];

/**
 * Registration in steps. Nothing is sent before the recovery sheet is on paper and proven to be: up to there, leaving
 * the page leaves nothing behind.
 */
export function RegisterPage({ app }: { app: PracticeApp }) {
  const say = messages().register;
  const step = useSignal<Step>('practice');
  const form = useSignal<RegistrationForm>({ ...emptyForm, deviceName: say.deviceNameSuggestion });
  const keys = useSignal<PracticeKeys | undefined>(undefined);
  const sheetConfirmed = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const sealed = useRef<SealedRegistration | undefined>(undefined);

  async function send(practiceKeys: PracticeKeys): Promise<void> {
    step.value = 'sending';
    failure.value = undefined;
    try {
      sealed.current ??= await sealRegistration(practiceKeys, form.value, placeOfRegistration());
      await registerPractice(app, practiceKeys, form.value, sealed.current);
    } catch (error) {
      failure.value = error;
      if (!(error instanceof ApiError) || !mendable.includes(error.code)) return;
      sealed.current = undefined;
      step.value = 'user';
    }
  }
  async function afterDevice(): Promise<void> {
    keys.value ??= await makePracticeKeys();
    if (sheetConfirmed.value) await send(keys.value);
    else step.value = 'sheet';
  }
  const fields = {
    form: form.value,
    onInput: (change: Partial<RegistrationForm>) => (form.value = { ...form.value, ...change }),
  };
  useTopOfPage(step.value);
  useEffect(() => (keys.value ? warnBeforeUnload() : undefined), [keys.value]);
  const counted = countedSteps.indexOf(step.value) + 1;

  return (
    <>
      {counted > 0 && <p class="quiet-text">{say.step(counted, countedSteps.length)}</p>}
      {step.value === 'practice' && <PracticeStep {...fields} onNext={() => (step.value = 'user')} />}
      {step.value === 'user' && (
        <UserStep
          {...fields}
          failure={failure.value}
          onBack={() => (step.value = 'practice')}
          onNext={() => (step.value = 'device')}
        />
      )}
      {step.value === 'device' && (
        <DeviceStep {...fields} onBack={() => (step.value = 'user')} onNext={() => void afterDevice()} />
      )}
      {keys.value && step.value === 'sheet' && (
        <RecoverySheet
          code={keys.value.recoveryCode}
          practiceName={form.value.practiceName}
          onBack={() => (step.value = 'device')}
          onNext={() => (step.value = 'retype')}
        />
      )}
      {keys.value && step.value === 'retype' && (
        <RetypeGroups
          code={keys.value.recoveryCode}
          confirm={messages().sheet.confirm}
          onBack={() => (step.value = 'sheet')}
          onRight={() => {
            sheetConfirmed.value = true;
            if (keys.value) void send(keys.value);
          }}
        />
      )}
      {keys.value && step.value === 'sending' && (
        <Sending app={app} failure={failure.value} onAgain={() => keys.value && void send(keys.value)} />
      )}
    </>
  );
}

/** From here on a reload makes the sheet worthless. @returns how to stop */
function warnBeforeUnload(): () => void {
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  addEventListener('beforeunload', warn);
  return () => removeEventListener('beforeunload', warn);
}

const emptyForm = { practiceName: '', telephone: '', userName: '', email: '', password: '' };

function placeOfRegistration() {
  return {
    origin: location.origin,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || defaultTimeZone,
    browser: browserName(navigator.userAgent),
  };
}

type SendingProps = { app: PracticeApp; failure: unknown; onAgain: () => void };

function Sending({ app, failure, onAgain }: SendingProps) {
  const say = messages();
  if (failure === undefined) {
    return (
      <Card>
        <Title>{say.register.sending}</Title>
        <p role="status">{say.register.sendingText}</p>
      </Card>
    );
  }
  const exists = failure instanceof ApiError && failure.code === 'ALREADY_REGISTERED';
  return (
    <Card>
      <Title>{exists ? say.signIn.title : say.register.failed}</Title>
      <Notice tone={exists ? 'info' : 'bad'}>
        {exists ? say.register.alreadyRegistered : failureSentence(failure)}
      </Notice>
      {exists ? (
        <Button kind="primary" wide onClick={() => void app.start()}>
          {say.register.toSignIn}
        </Button>
      ) : (
        <Button kind="primary" wide onClick={onAgain}>
          {say.again}
        </Button>
      )}
    </Card>
  );
}
