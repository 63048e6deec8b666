import { effect } from '@preact/signals';
import type { Work } from '../work.ts';
import type { Entry } from './agenda.ts';
import { addDays, localTime } from './calendar-day.ts';
import { openEntry } from './record.ts';
import { takeConsents } from './take-consents.ts';

/** How far back answers are looked for that came while nobody had the practice app open. */
const pastDays = 61;

/** Takes participants' answers into the records beside the user's own work: of past days once, then as they come. */
export function followConsents(work: Work, ended: AbortSignal): void {
  let underWay: Promise<void> = Promise.resolve();
  let isPastTaken = false;

  async function take(entries: Entry[]): Promise<void> {
    if (!isPastTaken) {
      await takeConsents(work, await pastEntries(work));
      isPastTaken = true;
    }
    await takeConsents(work, entries);
  }
  const stop = effect(() => {
    const { entries, loadedAt } = work.agenda.state.value;
    if (!loadedAt) return;
    // What fails now is there again the next time.
    underWay = underWay.then(() => (ended.aborted ? undefined : take(entries))).catch(() => undefined);
  });
  ended.addEventListener('abort', stop);
}

async function pastEntries({ client, session, clock }: Work): Promise<Entry[]> {
  const today = localTime(clock.value, session.practice.timeZone).day;
  const range = { from: addDays(today, -pastDays), to: addDays(today, -1) };
  const { appointments } = await client.appointment.list(range);
  const answered = appointments.filter(({ invitations }) =>
    invitations.some(({ consent }) => consent !== null),
  );
  return Promise.all(answered.map((stored) => openEntry(session, stored)));
}
