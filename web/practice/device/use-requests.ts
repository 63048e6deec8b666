import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { OpenRequest } from '@sprechzimmer/protocol/device.ts';
import { useEffect } from 'preact/hooks';
import type { Work } from '../work.ts';

const pollMs = 10_000;

/** New devices that wait for approval, asked for every ten seconds; `undefined` before the first answer. */
export function useRequests(work: Work): ReadonlySignal<OpenRequest[] | undefined> {
  const requests = useSignal<OpenRequest[] | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    async function ask(): Promise<void> {
      if (document.visibilityState === 'hidden' || !work.session.user.isMain) return;
      try {
        const answer = await work.client.device.requests({});
        if (!isGone) requests.value = answer.requests;
      } catch {
        // What is shown stays until the next answer.
      }
    }
    const timer = setInterval(() => void ask(), pollMs);
    const seen = () => void ask();
    document.addEventListener('visibilitychange', seen);
    void ask();
    return () => {
      isGone = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [work]);
  return requests;
}
