import { Card } from '@sprechzimmer/design/page.tsx';
import { billingMessages } from '../billing/messages.ts';
import { useUsage } from '../billing/use-usage.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { PlanRequest } from './plan-request.tsx';

/** What the practice may use, how much of it is used, and how to ask for more. */
export function PlanCard({ work }: { work: Work }) {
  const say = messages().settings;
  const { limits, usage: sayUsage, usageMeter } = billingMessages();
  const { plan, requestedPlan } = work.session.view.practice;
  const usage = useUsage(work);
  const isLimited = [plan.maxUsers, plan.maxParticipants, plan.maxConsultationsPerMonth].some(
    (max) => max !== null,
  );
  return (
    <Card>
      <h2>{say.planHeading}</h2>
      <p>{say.plan(plan.id)}</p>
      <ul class="steps">
        <li>{limits.users(plan.maxUsers)}</li>
        <li>{limits.participants(plan.maxParticipants)}</li>
        <li>{limits.consultations(plan.maxConsultationsPerMonth)}</li>
        <li>{limits.mail(plan.serverMail)}</li>
        <li>{limits.sms(plan.sms)}</li>
      </ul>
      {usage && (
        <div>
          <p>{sayUsage(usage.held, usage.max, usage.planned)}</p>
          {usage.max !== null && (
            <progress
              class="usage-bar"
              aria-label={usageMeter}
              max={usage.max}
              value={Math.min(usage.max, usage.held + usage.planned)}
            />
          )}
        </div>
      )}
      {isLimited && plan.id !== 'plus' && (
        <PlanRequest work={work} requested={say.requested(requestedPlan ?? '')} />
      )}
    </Card>
  );
}
