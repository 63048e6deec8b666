import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { useRef } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { browserName } from '../device/browser-name.ts';
import { keepStorage, saveDevice } from '../device/key-store.ts';
import { deviceMessages } from '../device/messages.ts';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';
import { useTopOfPage } from '../use-top-of-page.ts';
import { Consequences, SheetForm } from './recover-steps.tsx';
import {
  completeRecovery,
  type OpenedRecovery,
  openRecovery,
  type RecoveryForm,
  sealRecovery,
  type SealedRecovery,
} from './recover.ts';
import { RecoverySheet, RetypeGroups } from './recovery-sheet.tsx';

type Step = 'proof' | 'consequences' | 'sheet' | 'retype' | 'completing';

/** All devices are lost: sheet and password, what follows from it, a new sheet on paper, and in. */
export function RecoverPage({ app }: { app: PracticeApp }) {
  const say = deviceMessages().recover;
  const step = useSignal<Step>('proof');
  const opened = useSignal<OpenedRecovery | undefined>(undefined);
  const deviceName = useSignal('');
  const failure = useSignal<unknown>(undefined);
  const sealed = useRef<SealedRecovery | undefined>(undefined);
  useTopOfPage(step.value);

  async function check(form: RecoveryForm, code: string): Promise<void> {
    opened.value = await openRecovery(app.client, form, code, location.origin);
    step.value = 'consequences';
  }
  async function complete(recovery: OpenedRecovery): Promise<void> {
    step.value = 'completing';
    failure.value = undefined;
    try {
      const profile = { name: deviceName.value.trim(), browser: browserName(navigator.userAgent) };
      sealed.current ??= await sealRecovery(recovery, profile);
      await finish(app, recovery, sealed.current);
    } catch (error) {
      failure.value = error;
    }
  }
  const recovery = opened.value;
  if (step.value === 'proof' || !recovery) return <SheetForm onBack={app.turnBack} onSubmit={check} />;
  return (
    <>
      {step.value === 'consequences' && (
        <Consequences
          practiceName={recovery.practiceName}
          deviceName={deviceName.value}
          onInput={(name) => (deviceName.value = name)}
          onBack={app.turnBack}
          onNext={() => (step.value = 'sheet')}
        />
      )}
      {step.value === 'sheet' && (
        <RecoverySheet
          code={recovery.newCode}
          practiceName={recovery.practiceName}
          onBack={() => (step.value = 'consequences')}
          onNext={() => (step.value = 'retype')}
        />
      )}
      {step.value === 'retype' && (
        <RetypeGroups
          code={recovery.newCode}
          confirm={say.confirm}
          onBack={() => (step.value = 'sheet')}
          onRight={() => void complete(recovery)}
        />
      )}
      {step.value === 'completing' && (
        <Completing failure={failure.value} onAgain={() => void complete(recovery)} />
      )}
    </>
  );
}

/** An attempt whose answer was lost may have arrived: then the new device can already sign in. */
async function finish(app: PracticeApp, recovery: OpenedRecovery, sealed: SealedRecovery): Promise<void> {
  const { stored } = sealed;
  let refusal: unknown;
  try {
    await completeRecovery(app.client, recovery, sealed);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 'OFFLINE') throw error;
    refusal = error;
  }
  app.useDevice(stored);
  if (refusal === undefined) {
    await saveDevice(stored);
    void keepStorage();
    await app.resume(stored);
    return;
  }
  try {
    await app.signIn(stored, recovery.form);
    await saveDevice(stored);
  } catch {
    throw refusal;
  }
}

function Completing({ failure, onAgain }: { failure: unknown; onAgain: () => void }) {
  const say = deviceMessages().recover;
  if (failure === undefined) {
    return (
      <Card>
        <Title>{say.completing}</Title>
      </Card>
    );
  }
  return (
    <Card>
      <Title>{say.failed}</Title>
      <Notice tone="bad">{failureSentence(failure)}</Notice>
      <Button kind="primary" wide onClick={onAgain}>
        {messages().again}
      </Button>
    </Card>
  );
}
