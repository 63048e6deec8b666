import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import type { SecondFactorNeeded, SessionElsewhere } from '@sprechzimmer/protocol/error-data.ts';
import { secondFactorNeeded, sessionElsewhere } from '@sprechzimmer/protocol/error-data.ts';
import { ApiError } from '../api.ts';
import type { AppState } from '../app-state.ts';
import type { StoredDevice } from '../device/key-store.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';
import { SecondFactorStep } from '../second-factor/second-factor-step.tsx';
import { ActivatePage } from '../user/activate-page.tsx';
import { DeviceLine } from './device-line.tsx';
import { SessionElsewhereStep } from './sign-in-elsewhere.tsx';
import { SignInForm } from './sign-in-form.tsx';
import type { Credentials } from './sign-in.ts';

type Reason = Extract<AppState, { kind: 'signed-out' }>['reason'];
type SignInPageProps = {
  app: PracticeApp;
  device: StoredDevice;
  reason: Reason;
  /** Names of the practice's devices, by id. */
  deviceNames: Readonly<Record<string, string>>;
};

/** What the server still asks for after the password. */
type Step =
  | { kind: 'password' }
  | { kind: 'factor'; asked: SecondFactorNeeded; times: number }
  | { kind: 'elsewhere'; found: SessionElsewhere }
  | { kind: 'activate' };

export function SignInPage({ app, device, reason, deviceNames }: SignInPageProps) {
  const say = messages();
  const step = useSignal<Step>({ kind: 'password' });
  const credentials = useSignal<Credentials>({ email: device.email, password: '' });

  /** Signs in, or goes on to what is asked next. @throws ApiError for anything else */
  async function attempt(next: Credentials): Promise<void> {
    credentials.value = next;
    try {
      await app.signIn(device, next);
    } catch (error) {
      const asked = nextStep(error, step.value);
      if (!asked) throw error;
      step.value = asked;
    }
  }
  function startOver(): void {
    credentials.value = { email: credentials.value.email, password: '' };
    step.value = { kind: 'password' };
  }

  if (step.value.kind === 'activate') return <ActivatePage app={app} device={device} onBack={startOver} />;
  return (
    <>
      {step.value.kind === 'password' && <ReasonNotice reason={reason} />}
      {!device.registered && (
        <Notice
          tone="warn"
          title={say.signIn.unfinishedTitle}
          actions={<Button onClick={app.register}>{say.signIn.registerAgain}</Button>}
        >
          {say.signIn.unfinished}
        </Notice>
      )}
      <Card key={step.value.kind}>
        <Title>{titleOf(step.value)}</Title>
        {step.value.kind !== 'elsewhere' && <DeviceLine device={device} />}
        {step.value.kind === 'password' && (
          <>
            <SignInForm credentials={credentials.value} onSubmit={attempt} />
            <Button kind="quiet" wide onClick={() => (step.value = { kind: 'activate' })}>
              {say.activate.link}
            </Button>
          </>
        )}
        {step.value.kind === 'factor' && (
          <SecondFactorStep
            asked={step.value.asked}
            times={step.value.times}
            onAnswer={(secondFactor) => attempt({ ...credentials.value, secondFactor })}
            onBack={startOver}
          />
        )}
        {step.value.kind === 'elsewhere' && (
          <SessionElsewhereStep
            found={step.value.found}
            deviceName={deviceNames[step.value.found.deviceId]}
            onTakeOver={() => attempt({ ...credentials.value, takeOver: true })}
            onStay={startOver}
          />
        )}
      </Card>
    </>
  );
}

function ReasonNotice({ reason }: { reason: Reason }) {
  const say = messages();
  switch (reason) {
    case 'first':
      return null;
    case 'ended':
      return <Notice>{say.signIn.ended}</Notice>;
    case 'left':
      return <Notice tone="good">{say.signIn.left}</Notice>;
    case 'unlock-failed':
      return <Notice tone="warn">{say.locked.out}</Notice>;
    default:
      return reason satisfies never;
  }
}

function titleOf(step: Step): string {
  const say = messages();
  if (step.kind === 'factor') return say.factor.title;
  return step.kind === 'elsewhere' ? say.elsewhere.title : say.signIn.title;
}

function nextStep(error: unknown, before: Step): Step | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === 'SECOND_FACTOR_NEEDED') {
    const times = before.kind === 'factor' ? before.times + 1 : 0;
    return { kind: 'factor', asked: secondFactorNeeded.parse(error.data), times };
  }
  if (error.code === 'SESSION_ELSEWHERE') {
    return { kind: 'elsewhere', found: sessionElsewhere.parse(error.data) };
  }
  return undefined;
}
