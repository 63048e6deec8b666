import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { AppointmentId } from '@sprechzimmer/protocol/ids.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { PracticeClient } from '../api.ts';
import type { PracticeSession } from '../practice/session.ts';
import type { Entry } from './agenda.ts';
import { addDays, localTime } from './calendar-day.ts';
import { openEntry } from './record.ts';

type AgendaState = {
  entries: Entry[];
  /** When the server last answered; undefined: not yet. */
  loadedAt: Date | undefined;
  /** The last attempt failed: what is shown may be old. */
  failed: boolean;
};

/** The appointments of today and the coming days, kept up to date. */
export type Agenda = {
  state: ReadonlySignal<AgendaState>;
  /** Never rejects: a failure is told by the state. */
  refresh: () => Promise<void>;
  /** What this browser has just written is there before the server is asked: whoever changes it again changes this. */
  put: (entry: Entry) => void;
  remove: (id: AppointmentId) => void;
};

const comingDays = 14;
const pollMs = 30_000;

type AgendaOptions = {
  client: PracticeClient;
  session: () => PracticeSession;
  /** Fetches the session anew: somebody else may have renewed the practice's key. */
  reload: () => Promise<void>;
  clock: ReadonlySignal<Date>;
  active: () => boolean;
  signal: AbortSignal;
};

/** Asks every half minute while the page is visible, at once when it becomes visible, and on another day. */
export function createAgenda(options: AgendaOptions): Agenda {
  const { client, session, reload, clock, active, signal: ended } = options;
  const state = signal<AgendaState>({ entries: [], loadedAt: undefined, failed: false });
  let latest = 0;

  async function refresh(): Promise<void> {
    latest += 1;
    const mine = latest;
    try {
      const { appointments } = await client.appointment.list(shownDays());
      if (appointments.some(({ generation }) => generation > session().generation)) await reload();
      const entries = await Promise.all(appointments.map(openUnlessKnown));
      if (mine !== latest || ended.aborted) return;
      state.value = { entries, loadedAt: new Date(), failed: false };
    } catch {
      if (mine === latest && !ended.aborted) state.value = { ...state.value, failed: true };
    }
  }
  function shownDays(): { from: CalendarDay; to: CalendarDay } {
    const from = localTime(clock.value, session().practice.timeZone).day;
    return { from, to: addDays(from, comingDays) };
  }
  function others(id: AppointmentId): Entry[] {
    return state.value.entries.filter(({ stored }) => stored.id !== id);
  }
  function put(entry: Entry): void {
    const { id, day } = entry.stored;
    const { from, to } = shownDays();
    const isShown = from <= day && day <= to;
    state.value = { ...state.value, entries: isShown ? [...others(id), entry] : others(id) };
  }
  function remove(id: AppointmentId): void {
    state.value = { ...state.value, entries: others(id) };
  }
  /** What the server has seen of it may have changed although the record has not. */
  async function openUnlessKnown(stored: StoredAppointment): Promise<Entry> {
    const known = state.value.entries.find((entry) => entry.stored.id === stored.id);
    const unchanged = known?.stored.sealed === stored.sealed && known.stored.version === stored.version;
    return unchanged && known.stored.day === stored.day ? { ...known, stored } : openEntry(session(), stored);
  }
  function refreshIfVisible(): void {
    if (document.visibilityState === 'visible' && active()) void refresh();
  }

  const timer = setInterval(refreshIfVisible, pollMs);
  document.addEventListener('visibilitychange', refreshIfVisible, { signal: ended });
  let day: string | undefined;
  const stopFollowing = effect(() => {
    const today = localTime(clock.value, session().practice.timeZone).day;
    if (today === day) return;
    day = today;
    void refresh();
  });
  ended.addEventListener('abort', () => {
    clearInterval(timer);
    stopFollowing();
  });
  return { state, refresh, put, remove };
}
