import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Entry, ReadableEntry } from '../appointment/agenda.ts';
import { openEntry } from '../appointment/record.ts';
import type { Work } from '../work.ts';
import { isUnderWay } from './invitation-state.ts';

export type OpenedEntry = {
  /** As it stands now. */
  entry: ReadableEntry;
  /** One step after the other, each on what the one before has left. @throws ApiError */
  change: (step: (entry: ReadableEntry) => Promise<ReadableEntry>) => Promise<void>;
};

const lookAgainMs = 3_000;

/** Follows an appointment while its page is open: what is done here, and what is heard of it. */
export function useEntry(work: Work, opened: ReadableEntry): OpenedEntry {
  const own = useSignal(opened);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const current = () => newer(own.value, work.agenda.state.value.entries);
  const entry = current();
  const underWay = entry.stored.deliveries.some((one) => isUnderWay(one, new Date()));

  useEffect(() => {
    if (!underWay) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      // What cannot be heard now is heard the next time.
      void fetchEntry(work, own.value).then(
        (fetched) => (own.value = newer(own.value, [fetched])),
        () => undefined,
      );
    }, lookAgainMs);
    return () => clearInterval(timer);
  }, [underWay, work]);

  async function change(step: (entry: ReadableEntry) => Promise<ReadableEntry>): Promise<void> {
    const done = queue.current.then(async () => {
      own.value = await step(current());
      keepInView(work, own.value);
    });
    queue.current = done.catch(() => undefined);
    await done;
  }
  return { entry, change };
}

async function fetchEntry({ client, session }: Work, { stored }: ReadableEntry): Promise<Entry> {
  const { appointments } = await client.appointment.list({ from: stored.day, to: stored.day });
  return openEntry(session, appointments.find(({ id }) => id === stored.id) ?? stored);
}

function newer(own: ReadableEntry, entries: Entry[]): ReadableEntry {
  const other = entries.find(({ stored }) => stored.id === own.stored.id);
  return other?.kind === 'readable' && other.stored.version >= own.stored.version ? other : own;
}

/** The calendar shows it, and this page finds it again after the screen was locked. */
function keepInView({ calendar, views }: Work, entry: ReadableEntry): void {
  calendar.loader.put(entry);
  const view = views.current.value;
  if (view.kind === 'invitation' && view.entry.stored.id === entry.stored.id) {
    views.open({ kind: 'invitation', entry });
  }
}
