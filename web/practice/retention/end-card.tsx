import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText } from '@sprechzimmer/design/page.tsx';
import { type SecondFactorNeeded, secondFactorNeeded } from '@sprechzimmer/protocol/error-data.ts';
import type { SecondFactorAnswer } from '@sprechzimmer/protocol/practice.ts';
import { deletionGraceDays, type PracticeContents } from '@sprechzimmer/protocol/retention.ts';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { longDay } from '../consent/long-day.ts';
import { failureSentence } from '../failure.ts';
import { SecondFactorStep } from '../second-factor/second-factor-step.tsx';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { Unfolding } from '../settings/unfolding.tsx';
import type { Work } from '../work.ts';
import { DeletionNotice } from './deletion-notice.tsx';
import { retentionMessages } from './messages.ts';

/** The practice's end: what is lost, how long it can be taken back, and the way there. */
export function EndCard({ work }: { work: Work }) {
  const say = retentionMessages().end;
  if (work.session.view.practice.deletionDueAt !== null) {
    return (
      <Card>
        <h2>{say.title}</h2>
        <DeletionNotice work={work} />
      </Card>
    );
  }
  return (
    <Unfolding title={say.title} lead={say.lead} danger>
      {(close) => <EndSteps work={work} onCancel={close} />}
    </Unfolding>
  );
}

type Step =
  { kind: 'password' } | { kind: 'factor'; asked: SecondFactorNeeded; times: number; password: string };

function EndSteps({ work, onCancel }: { work: Work; onCancel: () => void }) {
  const say = retentionMessages();
  const step = useSignal<Step>({ kind: 'password' });
  const typed = useSignal('');
  const { name } = work.session.practice;
  const isNamed = typed.value.trim() === name.trim();

  /** Has it deleted, or goes on to the second factor. @throws ApiError for anything else */
  async function request(password: string, secondFactor?: SecondFactorAnswer): Promise<void> {
    try {
      const { dueAt } = await work.client.practiceDeletion.request({
        password,
        ...(secondFactor && { secondFactor }),
      });
      await work.reload();
      work.say(say.end.requested(longDay(dueAt)));
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'SECOND_FACTOR_NEEDED') throw error;
      const times = step.value.kind === 'factor' ? step.value.times + 1 : 0;
      step.value = { kind: 'factor', asked: secondFactorNeeded.parse(error.data), times, password };
    }
  }
  if (step.value.kind === 'factor') {
    const { asked, times, password } = step.value;
    return (
      <div class="stack">
        <h3>{say.end.factor}</h3>
        <SecondFactorStep
          asked={asked}
          times={times}
          onAnswer={(answer) => request(password, answer)}
          onBack={() => (step.value = { kind: 'password' })}
        />
      </div>
    );
  }
  return (
    <>
      <Losses work={work} />
      <ConfirmForm
        submit={say.end.submit}
        danger
        email={work.session.user.email}
        isValid={isNamed}
        onConfirm={(password) => request(password)}
        onCancel={onCancel}
      >
        {(asked) => (
          <TextField
            label={say.end.typeName(name)}
            autocomplete="off"
            value={typed.value}
            onInput={(text) => (typed.value = text)}
            problem={asked && !isNamed ? say.end.typeNameWrong : undefined}
          />
        )}
      </ConfirmForm>
    </>
  );
}

/** In numbers, as the server counts them now. */
function Losses({ work }: { work: Work }) {
  const say = retentionMessages();
  const contents = useSignal<PracticeContents | undefined>(undefined);
  const failure = useSignal<unknown>(undefined);
  async function load(): Promise<void> {
    failure.value = undefined;
    try {
      contents.value = await work.client.practiceDeletion.contents({});
    } catch (error) {
      failure.value = error;
    }
  }
  useEffect(() => void load(), []);
  const lost = contents.value;
  return (
    <>
      <LiveText>
        {!lost && failure.value === undefined && <p>{say.loading}</p>}
        {failure.value !== undefined && (
          <Notice tone="bad" actions={<Button onClick={() => void load()}>{say.again}</Button>}>
            {failureSentence(failure.value)}
          </Notice>
        )}
      </LiveText>
      {lost && (
        <div>
          <p>{say.end.lost}</p>
          <ul class="steps">
            <li>{say.end.appointments(lost.appointments, lost.comingAppointments)}</li>
            <li>{say.end.contacts(lost.contacts)}</li>
            <li>{say.end.users(lost.users)}</li>
            <li>{say.end.devices(lost.devices)}</li>
            <li>{say.end.consultations(lost.consultations)}</li>
          </ul>
        </div>
      )}
      <p>{say.end.grace(deletionGraceDays)}</p>
      <p>{say.end.tell}</p>
    </>
  );
}
