import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Entry, ReadableEntry } from '../appointment/agenda.ts';
import type { Agenda } from '../appointment/agenda-loader.ts';
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

/** `since`: what the agenda had loaded last when this was heard. */
type Heard = { entry: ReadableEntry; since: Date | undefined };

/** Follows an appointment while its page is open: what is done here, and what is heard of it. */
export function useEntry(work: Work, opened: ReadableEntry): OpenedEntry {
  const own = useSignal<Heard>({ entry: opened, since: undefined });
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const current = () => newest(own.value, work.agenda.state.value);
  const heard = (entry: ReadableEntry): Heard => ({ entry, since: work.agenda.state.value.loadedAt });
  const entry = current();
  const underWay = entry.stored.deliveries.some((one) => isUnderWay(one, new Date()));

  useEffect(() => {
    if (!underWay) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      // What cannot be heard now is heard the next time.
      void fetchEntry(work, entry).then(
        (fetched) => {
          const isCurrent = fetched.kind === 'readable' && fetched.stored.version >= current().stored.version;
          if (isCurrent) own.value = heard(fetched);
        },
        () => undefined,
      );
    }, lookAgainMs);
    return () => clearInterval(timer);
  }, [underWay, work]);

  async function change(step: (entry: ReadableEntry) => Promise<ReadableEntry>): Promise<void> {
    const done = queue.current.then(async () => {
      own.value = heard(await step(current()));
      keepInView(work, own.value.entry);
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

/** The later version; of the same version, what was heard last. */
function newest(own: Heard, agenda: Agenda['state']['value']): ReadableEntry {
  const other = agenda.entries.find(({ stored }) => stored.id === own.entry.stored.id);
  if (other?.kind !== 'readable' || !agenda.loadedAt) return own.entry;
  const ahead = other.stored.version - own.entry.stored.version;
  return ahead > 0 || (ahead === 0 && agenda.loadedAt !== own.since) ? other : own.entry;
}

/** The calendar shows it, and this page finds it again after the screen was locked. */
function keepInView({ calendar, views }: Work, entry: ReadableEntry): void {
  calendar.loader.put(entry);
  const view = views.current.value;
  if (view.kind === 'invitation' && view.entry.stored.id === entry.stored.id) {
    views.open({ kind: 'invitation', entry });
  }
}
