import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import type { Work } from '../work.ts';
import { billingMessages } from './messages.ts';
import { useUsage } from './use-usage.ts';

const nearShare = 0.8;

/** Says early that a month's consultations are nearly used up. Where the plan has no such limit it asks for nothing. */
export function UsageNotice({ work }: { work: Work }) {
  if (work.session.view.practice.plan.maxConsultationsPerMonth === null) return null;
  return <LimitedUsage work={work} />;
}

function LimitedUsage({ work }: { work: Work }) {
  const say = billingMessages();
  const usage = useUsage(work);
  if (!usage || usage.max === null) return null;
  const left = usage.max - usage.held - usage.planned;
  if (usage.held + usage.planned < nearShare * usage.max) return null;
  const action = work.session.user.isMain && (
    <Button onClick={() => work.views.open({ kind: 'settings' })}>{say.toPlan}</Button>
  );
  return (
    <Notice
      tone={left > 0 ? 'info' : 'warn'}
      title={left > 0 ? say.usageTitleNear : say.usageTitleFull}
      actions={action}
    >
      <p>{say.usage(usage.held, usage.max, usage.planned)}</p>
      <p>{left > 0 ? say.usageNear(left) : say.usageFull}</p>
    </Notice>
  );
}
