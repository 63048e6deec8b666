import { useSignal } from '@preact/signals';
import type { MonthUsage } from '@sprechzimmer/protocol/billing.ts';
import { useEffect } from 'preact/hooks';
import type { Work } from '../work.ts';

/** This month's consultations; undefined until they are known, and when the server does not answer. */
export function useUsage(work: Work): MonthUsage | undefined {
  const usage = useSignal<MonthUsage | undefined>(undefined);
  const { loadedAt } = work.agenda.state.value;
  useEffect(() => {
    void work.client.billing.usage({}).then(
      (known) => (usage.value = known),
      () => undefined,
    );
  }, [loadedAt === undefined, work.session.view.practice.plan.id]);
  return usage.value;
}
