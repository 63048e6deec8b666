import { effect } from '@preact/signals';
import type { Work } from '../work.ts';
import { openEntry } from './record.ts';
import { takeConsents } from './take-consents.ts';

/**
 * Takes participants' answers into the records beside the user's own work: first those that came while nobody had the
 * practice app open, then as they come.
 */
export function followConsents(work: Work, ended: AbortSignal): void {
  let underWay: Promise<void> = Promise.resolve();
  let isPastTaken = false;

  async function take(): Promise<void> {
    if (ended.aborted) return;
    if (!isPastTaken) await takeConsents(work, await earlierEntries(work));
    isPastTaken = true;
    await takeConsents(work, work.agenda.state.peek().entries);
  }
  const stop = effect(() => {
    if (!work.agenda.state.value.loadedAt) return;
    // What fails now is there again the next time.
    underWay = underWay.then(take).catch(() => undefined);
  });
  ended.addEventListener('abort', stop);
}

async function earlierEntries({ client, session }: Work) {
  const { appointments } = await client.appointment.answered({});
  return Promise.all(appointments.map((stored) => openEntry(session, stored)));
}
