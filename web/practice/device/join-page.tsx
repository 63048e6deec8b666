import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import {
  type SecondFactorNeeded,
  secondFactorNeeded,
  sessionElsewhere,
} from '@sprechzimmer/protocol/error-data.ts';
import type { SecondFactorAnswer } from '@sprechzimmer/protocol/practice.ts';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';
import { SecondFactorStep } from '../second-factor/second-factor-step.tsx';
import { useTopOfPage } from '../use-top-of-page.ts';
import { ApprovalError } from './approval-mailbox.ts';
import { browserName } from './browser-name.ts';
import { JoinForm } from './join-form.tsx';
import { JoinCode } from './join-code.tsx';
import { keepStorage, saveDevice, type StoredDevice } from './key-store.ts';
import { deviceMessages } from './messages.ts';
import {
  awaitApproval,
  type NewDeviceForm,
  type OpenDeviceRequest,
  requestDevice,
} from './request-device.ts';

type Step =
  | { kind: 'form' }
  | { kind: 'factor'; asked: SecondFactorNeeded; times: number }
  | { kind: 'code'; request: OpenDeviceRequest }
  | { kind: 'ended'; error: unknown }
  | { kind: 'elsewhere'; device: StoredDevice; roomOpen: boolean };

/** A browser that becomes a device: sign in, show the code, go on by itself once the practice has agreed. */
export function JoinPage({ app }: { app: PracticeApp }) {
  const step = useSignal<Step>({ kind: 'form' });
  const form = useSignal<NewDeviceForm>({ email: '', password: '', deviceName: '' });
  const failure = useSignal<unknown>(undefined);
  useTopOfPage(step.value.kind);

  /** @throws ApiError */
  async function ask(secondFactor?: SecondFactorAnswer): Promise<void> {
    const place = { origin: location.origin, browser: browserName(navigator.userAgent) };
    try {
      const request = await requestDevice(app.client, form.value, place, secondFactor);
      step.value = { kind: 'code', request };
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'SECOND_FACTOR_NEEDED') throw error;
      const times = step.value.kind === 'factor' ? step.value.times + 1 : 0;
      step.value = { kind: 'factor', asked: secondFactorNeeded.parse(error.data), times };
    }
  }
  async function begin(): Promise<void> {
    failure.value = undefined;
    await ask().catch((error: unknown) => (failure.value = error));
  }
  async function enter(device: StoredDevice, takeOver: boolean): Promise<void> {
    const { email, password } = form.value;
    try {
      await app.signIn(device, { email, password, takeOver });
    } catch (error) {
      const roomOpen = roomOpenElsewhere(error);
      if (roomOpen !== undefined && !takeOver) step.value = { kind: 'elsewhere', device, roomOpen };
      else await app.start(); // the sign-in page says what is missing
    }
  }
  async function goOn(device: StoredDevice): Promise<void> {
    await saveDevice(device);
    void keepStorage();
    app.useDevice(device);
    await enter(device, false);
  }
  const current = step.value;
  switch (current.kind) {
    case 'form':
      return (
        <JoinForm
          form={form.value}
          onInput={(change) => (form.value = { ...form.value, ...change })}
          failure={failure.value}
          onSubmit={begin}
          onBack={app.turnBack}
        />
      );
    case 'factor':
      return (
        <Card>
          <Title>{messages().factor.title}</Title>
          <SecondFactorStep
            asked={current.asked}
            times={current.times}
            onAnswer={ask}
            onBack={() => (step.value = { kind: 'form' })}
          />
        </Card>
      );
    case 'code':
      return (
        <Waiting
          app={app}
          request={current.request}
          onApproved={goOn}
          onEnded={(error) => (step.value = { kind: 'ended', error })}
        />
      );
    case 'ended':
      return <Ended error={current.error} onAnew={() => (step.value = { kind: 'form' })} />;
    case 'elsewhere':
      return <Elsewhere roomOpen={current.roomOpen} app={app} onGoOn={() => enter(current.device, true)} />;
    default:
      return current satisfies never;
  }
}

type WaitingProps = {
  app: PracticeApp;
  request: OpenDeviceRequest;
  onApproved: (device: StoredDevice) => Promise<void>;
  onEnded: (error: unknown) => void;
};

function Waiting({ app, request, onApproved, onEnded }: WaitingProps) {
  useEffect(() => {
    const leaving = new AbortController();
    awaitApproval(app.client, request, leaving.signal)
      .then(onApproved)
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) onEnded(error);
      });
    return () => leaving.abort();
  }, [request]);
  return <JoinCode request={request} onCancel={app.turnBack} />;
}

function Ended({ error, onAnew }: { error: unknown; onAnew: () => void }) {
  const say = deviceMessages().join;
  const sentence = error instanceof ApprovalError ? say.end[error.code] : failureSentence(error);
  return (
    <Card>
      <Title>{say.title}</Title>
      <Notice tone={error instanceof ApprovalError && error.code === 'expired' ? 'warn' : 'bad'}>
        {sentence}
      </Notice>
      <Button kind="primary" wide onClick={onAnew}>
        {say.anew}
      </Button>
    </Card>
  );
}

type ElsewhereProps = { app: PracticeApp; roomOpen: boolean; onGoOn: () => Promise<void> };

function Elsewhere({ app, roomOpen, onGoOn }: ElsewhereProps) {
  const say = deviceMessages().join;
  const busy = useSignal(false);
  return (
    <Card>
      <Title>{say.approvedTitle}</Title>
      <p>{say.elsewhere}</p>
      {roomOpen && <Notice tone="warn">{say.roomOpen}</Notice>}
      <div class="stack">
        <Button
          kind="primary"
          wide
          busy={busy.value ? say.submitting : undefined}
          onClick={() => {
            busy.value = true;
            void onGoOn();
          }}
        >
          {say.goOn}
        </Button>
        <Button wide onClick={() => void app.start()}>
          {say.later}
        </Button>
      </div>
    </Card>
  );
}

function roomOpenElsewhere(error: unknown): boolean | undefined {
  if (!(error instanceof ApiError) || error.code !== 'SESSION_ELSEWHERE') return undefined;
  return sessionElsewhere.parse(error.data).roomOpen;
}
