import { useSignal } from '@preact/signals';
import { readCode } from '@sprechzimmer/crypto/code.ts';
import { OpenError } from '@sprechzimmer/crypto/seal.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Select, TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import type { OpenRequest } from '@sprechzimmer/protocol/device.ts';
import { attempts } from '@sprechzimmer/protocol/error-data.ts';
import { maxPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { ApprovalError } from './approval-mailbox.ts';
import { approveDevice } from './approve-device.ts';
import { deviceMessages } from './messages.ts';
import { requesterName, sinceWhen } from './requests-card.tsx';
import { useRequests } from './use-requests.ts';

/** Where the main user types the code of a new device. @param code from a scanned link, or empty */
export function ApprovePage({ work, code }: { work: Work; code: string }) {
  const say = deviceMessages().approve;
  const requests = useRequests(work).value;
  const alarmed = useSignal(false);
  const working = useSignal<OpenRequest | undefined>(undefined);
  const chosen = useSignal('');
  if (alarmed.value) return <SwappedAlarm />;
  const open = working.value ? [working.value] : (requests ?? []);
  const request = open.find(({ id }) => id === chosen.value) ?? open[0];
  return (
    <Card>
      <Title>{say.title}</Title>
      {!work.session.user.isMain && <Notice>{say.mainOnly}</Notice>}
      {work.session.user.isMain && requests && !request && <Notice>{say.none}</Notice>}
      {open.length > 1 && (
        <Select
          label={say.choose}
          value={request?.id ?? ''}
          options={open.map((each) => ({
            value: each.id as string,
            label: `${requesterName(work, each)}, ${each.browser}, ${sinceWhen(each)}`,
          }))}
          onChange={(id) => (chosen.value = id)}
        />
      )}
      {request && <RequestFacts work={work} request={request} />}
      {request && (
        <ApproveForm
          key={request.id}
          work={work}
          request={request}
          scanned={code}
          onBusy={(busy) => (working.value = busy ? request : undefined)}
          onSwapped={() => (alarmed.value = true)}
        />
      )}
      <Button kind="quiet" onClick={work.views.leave}>
        {messages().back}
      </Button>
    </Card>
  );
}

function RequestFacts({ work, request }: { work: Work; request: OpenRequest }) {
  const say = deviceMessages().approve;
  return (
    <>
      <dl class="facts">
        <dt>{say.who}</dt>
        <dd>{requesterName(work, request)}</dd>
        <dt>{say.browser}</dt>
        <dd>{request.browser}</dd>
        <dt>{say.since}</dt>
        <dd>{sinceWhen(request)}</dd>
      </dl>
      <p>{say.what}</p>
    </>
  );
}

type ApproveFormProps = {
  work: Work;
  request: OpenRequest;
  scanned: string;
  onBusy: (busy: boolean) => void;
  onSwapped: () => void;
};

/** What is typed, and what became of it. */
function useApproval({ work, request, scanned, onBusy, onSwapped }: ApproveFormProps) {
  const code = useSignal(scanned);
  const password = useSignal('');
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);
  function setBusy(next: boolean): void {
    busy.value = next;
    onBusy(next);
  }
  async function submit(form: HTMLFormElement): Promise<void> {
    const reading = readCode(code.value);
    asked.value = true;
    failure.value = undefined;
    if (reading.kind !== 'code' || password.value === '') {
      focusFirstProblem(form);
      return;
    }
    setBusy(true);
    try {
      const name = await approveDevice(work, request, reading.code, password.value, leaving.current.signal);
      work.say(deviceMessages().approve.done(name));
      work.views.close();
    } catch (error) {
      failure.value = error;
      if (error instanceof ApprovalError && isInterference(error)) onSwapped();
    }
    setBusy(false);
  }
  return { code, password, asked, busy, failure, submit };
}

function ApproveForm(props: ApproveFormProps) {
  const { work, request } = props;
  const say = deviceMessages().approve;
  const { code, password, asked, busy, failure, submit } = useApproval(props);
  const isWrongPassword = failure.value instanceof OpenError;
  const isMistyped = asked.value && readCode(code.value).kind !== 'code';
  const passwordMissing = asked.value && password.value === '' ? say.passwordMissing : undefined;
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
        class="input-code"
        label={say.code}
        hint={say.codeHint}
        name="code"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        value={code.value}
        onInput={(value) => (code.value = value)}
        problem={isMistyped ? say.codeProblem : undefined}
      />
      <TextField
        label={say.password}
        type="password"
        name="password"
        autocomplete="current-password"
        maxLength={maxPasswordLength}
        value={password.value}
        onInput={(value) => {
          password.value = value;
          if (isWrongPassword) failure.value = undefined;
        }}
        problem={isWrongPassword ? say.passwordWrong : passwordMissing}
      />
      <div role="alert">
        {failure.value !== undefined && !isWrongPassword && (
          <Notice tone="bad">{approvalFailure(failure.value)}</Notice>
        )}
      </div>
      <div class="form-actions">
        <Button type="submit" kind="primary" busy={busy.value ? say.submitting : undefined}>
          {say.submit}
        </Button>
        <Button
          onClick={() => void decline(work, request).catch((error: unknown) => (failure.value = error))}
        >
          {say.decline}
        </Button>
      </div>
    </form>
  );
}

async function decline(work: Work, request: OpenRequest): Promise<void> {
  await work.client.device.decline({ requestId: request.id });
  work.views.close();
}

function isInterference({ code }: ApprovalError): boolean {
  return code === 'keys-swapped' || code === 'handshake';
}

function approvalFailure(error: unknown): string {
  const say = deviceMessages().approve;
  if (error instanceof ApprovalError) return error.code === 'declined' ? say.declined : say.over;
  if (!(error instanceof ApiError)) return failureSentence(error);
  if (error.code === 'EXPIRED' || error.code === 'NOT_FOUND') return say.over;
  if (error.code !== 'CODE_WRONG') return failureSentence(error);
  const left = attempts.safeParse(error.data);
  return left.success && left.data.attemptsLeft > 0 ? say.wrong(left.data.attemptsLeft) : say.over;
}

function SwappedAlarm() {
  const say = deviceMessages().approve;
  return (
    <Card>
      <Title>{say.alarmTitle}</Title>
      <Notice tone="bad">{say.alarm}</Notice>
      <p>
        <strong>{say.alarmNext}</strong>
      </p>
    </Card>
  );
}
