import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText } from '@sprechzimmer/design/page.tsx';
import { renewIfDue } from '../membership/change-as-user.ts';
import { messages } from '../messages.ts';
import { formatMoment } from '../moments.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import type { Work } from '../work.ts';
import { deviceMessages } from './messages.ts';

/** How far the change of the practice's key is, and what there is to do about it. */
export function RenewalNotice({ work }: { work: Work }) {
  return (
    <>
      <RecoveredNotice work={work} />
      {work.session.membership.needsRenewal && <Due work={work} />}
      <Progress work={work} />
    </>
  );
}

function Due({ work }: { work: Work }) {
  const say = deviceMessages().renewal;
  const { isMain, email } = work.session.user;
  if (!isMain) return <Notice tone="warn">{say.dueOther}</Notice>;
  return (
    <Card>
      <h2>{say.dueTitle}</h2>
      <p>{say.due}</p>
      <ConfirmForm submit={say.renew} email={email} onConfirm={(password) => renewIfDue(work, password)} />
    </Card>
  );
}

function Progress({ work }: { work: Work }) {
  const say = deviceMessages().renewal;
  const state = work.renewal.state.value;
  if (state.kind === 'idle') return null;
  if (state.kind === 'running') {
    return (
      <Notice title={say.runningTitle}>
        <progress class="renewal-progress" max={state.all} value={state.done} aria-label={say.runningTitle} />
        <p>{say.running(state.done, state.all)}</p>
        <LiveText>{state.stalled && <p>{say.stalled}</p>}</LiveText>
      </Notice>
    );
  }
  const openCodes = () => {
    work.renewal.dismiss();
    work.views.open({ kind: 'new-codes' });
  };
  return (
    <Notice
      tone="good"
      title={say.doneTitle}
      actions={
        <>
          <Button onClick={openCodes}>{say.renewCodes}</Button>
          <Button kind="quiet" onClick={work.renewal.dismiss}>
            {say.keepCodes}
          </Button>
        </>
      }
    >
      <p>{say.done}</p>
      {state.unreadable > 0 && <p>{say.unreadable(state.unreadable)}</p>}
    </Notice>
  );
}

/** Everyone is told once, at their next sign-in. */
function RecoveredNotice({ work }: { work: Work }) {
  const say = deviceMessages().recoveredNotice;
  const busy = useSignal(false);
  const { recoveredAt } = work.session.view;
  if (recoveredAt === null) return null;
  async function acknowledge(): Promise<void> {
    busy.value = true;
    try {
      await work.client.practice.acknowledgeRecovery({});
      await work.reload();
    } catch {
      // It stays until it can be told to the server.
    }
    busy.value = false;
  }
  return (
    <Notice
      tone="warn"
      title={say.title}
      actions={
        <Button busy={busy.value ? messages().confirm.busy : undefined} onClick={() => void acknowledge()}>
          {say.understood}
        </Button>
      }
    >
      {say.text(formatMoment(new Date(recoveredAt)))}
    </Notice>
  );
}
