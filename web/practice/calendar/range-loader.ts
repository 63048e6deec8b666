import { type ReadonlySignal, signal } from '@preact/signals';
import type { StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { PracticeClient } from '../api.ts';
import type { Entry } from '../appointment/agenda.ts';
import { openEntry } from '../appointment/record.ts';
import type { PracticeSession } from '../practice/session.ts';

/** First and last day, both shown. */
export type DayRange = { from: CalendarDay; to: CalendarDay };

type RangeState = {
  range: DayRange | undefined;
  entries: Entry[];
  /** When the server last answered for this range; undefined: not yet. */
  loadedAt: Date | undefined;
  /** The last attempt failed: what is shown may be old. */
  failed: boolean;
};

/** The appointments of the days that are on the screen. What was opened once stays open while one leafs on. */
export type RangeLoader = {
  state: ReadonlySignal<RangeState>;
  /** Shows at once what is known of these days, and asks for the rest. */
  show: (range: DayRange) => void;
  /** Nothing is on the screen: nothing is asked for. */
  hide: () => void;
  /** Never rejects: a failure is told by the state. */
  refresh: () => Promise<void>;
  /** An appointment as it now stands, or is about to. */
  put: (entry: Entry) => void;
  remove: (id: string) => void;
  /** While something is under way the server's answers are old. @returns how to go on */
  hold: () => () => void;
};

const pollMs = 30_000;
/** Opened appointments that are kept beyond those on the screen. */
const keptEntries = 5_000;

export type RangeLoaderOptions = {
  client: Pick<PracticeClient, 'appointment'>;
  session: () => PracticeSession;
  /** Fetches the session anew: somebody else may have renewed the practice's key. */
  reload: () => Promise<void>;
  active: () => boolean;
  signal: AbortSignal;
};

/** Asks every half minute while the range is visible, and at once when it becomes visible. */
export function createRangeLoader(options: RangeLoaderOptions): RangeLoader {
  const { client, session, reload, active, signal: ended } = options;
  const state = signal<RangeState>({ range: undefined, entries: [], loadedAt: undefined, failed: false });
  const known = createKnown();
  let latest = 0;
  let holders = 0;

  async function refresh(): Promise<void> {
    const { range } = state.value;
    if (!range || holders > 0) return;
    latest += 1;
    const mine = latest;
    const isOutdated = () => mine !== latest || ended.aborted;
    try {
      const { appointments } = await client.appointment.list(range);
      if (appointments.some(({ generation }) => generation > session().generation)) await reload();
      const entries = await Promise.all(appointments.map(openUnlessKnown));
      if (isOutdated()) return;
      known.replace(range, entries);
      state.value = { range, entries, loadedAt: new Date(), failed: false };
    } catch {
      if (!isOutdated()) state.value = { ...state.value, failed: true };
    }
  }
  /** What the server has seen of it may have changed although the record has not. */
  async function openUnlessKnown(stored: StoredAppointment): Promise<Entry> {
    const entry = known.find(stored.id);
    const unchanged = entry?.stored.sealed === stored.sealed && entry.stored.version === stored.version;
    return unchanged ? { ...entry, stored } : openEntry(session(), stored);
  }
  /** What is known has changed here: answers under way are older. */
  function showKnown(): void {
    latest += 1;
    const { range } = state.value;
    if (range) state.value = { ...state.value, entries: known.within(range) };
  }
  function refreshIfVisible(): void {
    if (document.visibilityState === 'visible' && active()) void refresh();
  }

  const timer = setInterval(refreshIfVisible, pollMs);
  ended.addEventListener('abort', () => clearInterval(timer));
  document.addEventListener('visibilitychange', refreshIfVisible, { signal: ended });
  return {
    state,
    refresh,
    show: (range) => {
      const shown = state.value.range;
      if (shown?.from === range.from && shown.to === range.to) return;
      state.value = { range, entries: known.within(range), loadedAt: undefined, failed: false };
      latest += 1;
      void refresh();
    },
    hide: () => {
      latest += 1;
      state.value = { ...state.value, range: undefined };
    },
    put: (entry) => {
      known.put(entry);
      showKnown();
    },
    remove: (id) => {
      known.remove(id);
      showKnown();
    },
    hold: () => {
      holders += 1;
      latest += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holders -= 1;
        void refresh();
      };
    },
  };
}

/** Appointments that were opened, of all the days that were shown; the longest unseen go first. */
function createKnown() {
  const entries = new Map<string, Entry>();
  function within({ from, to }: DayRange): Entry[] {
    return [...entries.values()].filter(({ stored }) => stored.day >= from && stored.day <= to);
  }
  return {
    within,
    find: (id: string) => entries.get(id),
    put: (entry: Entry) => entries.set(entry.stored.id, entry),
    remove: (id: string) => entries.delete(id),
    replace: (range: DayRange, fresh: Entry[]) => {
      for (const { stored } of within(range)) entries.delete(stored.id);
      for (const entry of fresh) {
        entries.delete(entry.stored.id);
        entries.set(entry.stored.id, entry);
      }
      const tooMany = Math.max(0, entries.size - fresh.length - keptEntries);
      for (const id of [...entries.keys()].slice(0, tooMany)) entries.delete(id);
    },
  };
}
