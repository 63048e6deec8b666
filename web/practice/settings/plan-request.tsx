import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';

/** What more users need. The operator answers; until then it says that it has been asked for. */
const widerPlan = 'plus';

type PlanRequestProps = {
  work: Work;
  requested: string;
  /** quiet: beside another next step. */
  kind?: 'primary' | 'quiet';
};

/** Asks the operator for the wider plan. `requested` is said once that is done. */
export function PlanRequest({ work, requested, kind = 'primary' }: PlanRequestProps) {
  const say = messages();
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  if (work.session.view.practice.requestedPlan !== null) return <Notice tone="good">{requested}</Notice>;

  async function request(): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await work.client.practice.requestPlan({ plan: widerPlan });
      await work.reload();
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }
  return (
    <>
      <Button kind={kind} busy={busy.value ? say.confirm.busy : undefined} onClick={() => void request()}>
        {say.settings.requestPlus}
      </Button>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </>
  );
}
