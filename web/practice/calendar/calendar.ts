import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { localTime } from '../appointment/calendar-day.ts';
import { createRangeLoader, type RangeLoader, type RangeLoaderOptions } from './range-loader.ts';

export const gridViews = ['day', 'week', 'month', 'list'] as const;
export type GridView = (typeof gridViews)[number];

/** What the calendar shows: it is the same again after another page was open. */
export type Calendar = {
  loader: RangeLoader;
  view: Signal<GridView>;
  /** A day of what is shown. */
  day: Signal<CalendarDay>;
  /** The appointment that is open beside the calendar. */
  chosen: Signal<string | undefined>;
  /** Practitioners whose appointments are not shown in this browser. */
  hidden: ReadonlySignal<ReadonlySet<string>>;
  toggle: (practitionerId: string) => void;
};

const hiddenKey = 'calendar-hidden';
const viewKey = 'calendar-view';

export function createCalendar(options: RangeLoaderOptions & { clock: ReadonlySignal<Date> }): Calendar {
  const { session, clock, signal: ended } = options;
  const view = signal(initialView());
  const hidden = signal<ReadonlySet<string>>(new Set(read(hiddenKey)?.split(' ') ?? []));
  const stopKeeping = effect(() => keep(viewKey, view.value));
  ended.addEventListener('abort', stopKeeping);
  return {
    loader: createRangeLoader(options),
    view,
    day: signal(localTime(clock.peek(), session().practice.timeZone).day),
    chosen: signal(undefined),
    hidden,
    toggle: (practitionerId) => {
      const next = new Set(hidden.value);
      if (!next.delete(practitionerId)) next.add(practitionerId);
      hidden.value = next;
      keep(hiddenKey, [...next].join(' '));
    },
  };
}

/** Seven days side by side need room. */
function initialView(): GridView {
  const kept = gridViews.find((view) => view === read(viewKey));
  return kept ?? (matchMedia('(min-width: 48rem)').matches ? 'week' : 'day');
}

function read(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}
