import { formatDay } from '@sprechzimmer/design/dates.ts';
import { language, type Language } from '@sprechzimmer/design/i18n.ts';
import { Calendar, type CalendarOptions, type EventDisplayInfo, type EventInput } from 'fullcalendar';
import dayGrid from 'fullcalendar/daygrid';
import interaction from 'fullcalendar/interaction';
import list from 'fullcalendar/list';
import de from 'fullcalendar/locales/de';
import enGb from 'fullcalendar/locales/en-gb';
import theme from 'fullcalendar/themes/classic';
import timeGrid from 'fullcalendar/timegrid';
import 'fullcalendar/skeleton.css';
import 'fullcalendar/themes/classic/theme.css';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import type { LocalTime } from '../appointment/calendar-day.ts';
import type { GridView } from './calendar.ts';
import { daysFromGrid, gridTimes, slotFromGrid } from './grid-time.ts';
import { keepRolesMended } from './mend-roles.ts';
import { calendarMessages } from './messages.ts';
import type { DayRange } from './range-loader.ts';
import type { Slot } from './slot.ts';

/** One appointment as the grid draws it. */
export type GridEntry = {
  id: string;
  /** A day alone for what cannot be read. */
  slot: Slot | { day: CalendarDay };
  names: string;
  practitioner: string;
  initials: string;
  color: number;
  isChosen: boolean;
};

/** A day that was marked for a new appointment, perhaps with a time, perhaps with its length. */
export type Mark = { day: CalendarDay } & Partial<Slot>;

/** The calendar's picture. It keeps nothing: what is moved in it comes back through `draw`. */
export type Grid = {
  show: (view: GridView, day: CalendarDay) => void;
  draw: (entries: GridEntry[], language: Language) => void;
  /** The element of an appointment that is drawn now. */
  find: (id: string) => HTMLElement | undefined;
  destroy: () => void;
};

export type GridOptions = {
  element: HTMLElement;
  view: GridView;
  day: CalendarDay;
  language: Language;
  now: () => LocalTime;
  onDays: (range: DayRange) => void;
  /** A day or a time was marked for a new appointment. */
  onMark: (mark: Mark) => void;
  onChoose: (id: string) => void;
  onMove: (id: string, slot: Slot) => void;
  onDay: (day: CalendarDay) => void;
};

const gridViews = {
  day: 'timeGridDay',
  week: 'timeGridWeek',
  month: 'dayGridMonth',
  list: 'listWeek',
} as const satisfies Record<GridView, string>;

const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
/** Below this a mark is a click, and the usual duration is meant. */
const shortestMarkMinutes = 10;
const quarterMinutes = 15;

export function createGrid(options: GridOptions): Grid {
  const elements = new Map<string, HTMLElement>();
  const calendar = new Calendar(options.element, {
    plugins: [dayGrid, timeGrid, list, interaction, theme],
    locales: [de, enGb],
    locale: localeOf(options.language),
    // Every time is the practice's wall clock, told as UTC: see grid-time.ts.
    timeZone: 'UTC',
    initialView: gridViews[options.view],
    initialDate: options.day,
    now: () => `${options.now().day}T${options.now().time}:00Z`,
    ...look,
    ...behaviour(options),
    navLinkHint: (dayText, date) => calendarMessages().dayHint(`${shortDay(date)}, ${dayText}`),
    eventDidMount: ({ el, event, isMirror }) => {
      if (!isMirror) elements.set(event.id, el);
    },
    eventWillUnmount: ({ el, event }) => {
      if (elements.get(event.id) === el) elements.delete(event.id);
    },
  });
  const mender = keepRolesMended(options.element);
  calendar.render();
  let drawn = new Map<string, string>();

  function draw(entries: GridEntry[], language: Language): void {
    // In another language every appointment is read out differently.
    const next = new Map(entries.map((entry) => [entry.id, JSON.stringify([entry, language])]));
    const focused = focusedId();
    calendar.batchRendering(() => {
      if (localeOf(language) !== calendar.getOption('locale'))
        calendar.setOption('locale', localeOf(language));
      const hasUnreadable = entries.some(({ slot }) => !('time' in slot));
      if (hasUnreadable !== calendar.getOption('allDaySlot')) calendar.setOption('allDaySlot', hasUnreadable);
      for (const [id, written] of drawn) {
        if (next.get(id) !== written) calendar.getEventById(id)?.remove();
      }
      for (const entry of entries) {
        if (drawn.get(entry.id) !== next.get(entry.id)) calendar.addEvent(eventOf(entry), true);
      }
    });
    drawn = next;
    // Drawn anew it is another element: whoever stood on it goes on from there.
    if (focused !== undefined && focusedId() !== focused) elements.get(focused)?.focus();
  }
  function focusedId(): string | undefined {
    return [...elements].find(([, element]) => element === document.activeElement)?.[0];
  }

  return {
    show: (view, day) => calendar.changeView(gridViews[view], day),
    draw,
    find: (id) => elements.get(id),
    destroy: () => {
      mender.disconnect();
      calendar.destroy();
    },
  };
}

const look: CalendarOptions = {
  headerToolbar: false,
  height: '100%',
  firstDay: 1,
  nowIndicator: true,
  allDaySlot: false,
  allDayText: '',
  scrollTime: '07:00:00',
  scrollTimeReset: false,
  // The library drags true only where a step is a whole row.
  slotDuration: '00:05:00',
  snapDuration: '00:05:00',
  slotHeaderInterval: '01:00:00',
  slotHeaderFormat: clock,
  slotHeaderInnerClass: 'calendar-hour',
  slotLaneClass: rowClass,
  slotHeaderClass: rowClass,
  slotMinHeight: 10,
  eventMinHeight: 26,
  slotEventOverlap: false,
  eventTimeFormat: clock,
  displayEventEnd: false,
  dayMaxEvents: true,
  eventContent: (info) => <EntryContent info={info} />,
  eventClass: (info) => `calendar-entry${drawnEntry(info)?.isChosen ? ' calendar-entry-chosen' : ''}`,
  eventInnerClass: 'calendar-entry-inner',
  moreLinkText: (count: number) => calendarMessages().more(count),
  moreLinkHint: (count: number) => calendarMessages().moreHint(count),
  noEventsContent: () => calendarMessages().noneInList,
};

function behaviour(options: GridOptions): CalendarOptions {
  const { onDays, onMark, onChoose, onMove, onDay, now } = options;
  const moved = ({ event }: { event: { id: string; start: Date | null; end: Date | null } }) => {
    if (event.start && event.end) onMove(event.id, slotFromGrid(event.start, event.end));
  };
  return {
    editable: true,
    selectable: true,
    selectMirror: true,
    eventInteractive: true,
    navLinks: true,
    dragRevertDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 300,
    selectLongPressDelay: 400,
    eventLongPressDelay: 400,
    selectAllow: ({ start }) => start.toISOString().slice(0, 10) >= now().day,
    datesSet: ({ start, end }) => onDays(daysFromGrid(start, end)),
    select: ({ start, end, allDay }) => {
      onMark(allDay ? { day: start.toISOString().slice(0, 10) } : markOf(slotFromGrid(start, end)));
    },
    eventClick: ({ event, jsEvent }) => {
      jsEvent.preventDefault();
      onChoose(event.id);
    },
    eventDrop: moved,
    eventResize: moved,
    navLinkDayClick: (date) => onDay(date.toISOString().slice(0, 10)),
  };
}

/** @param time since midnight */
function rowClass({ time }: { time?: { milliseconds: number } }): string {
  const minutes = (time?.milliseconds ?? 0) / 60_000;
  return minutes % quarterMinutes === 0 ? '' : 'calendar-thin-row';
}

/** A click means the quarter of an hour it was in. */
function markOf(slot: Slot): Mark {
  if (slot.durationMinutes >= shortestMarkMinutes) return slot;
  const [hours = '00', minutes = '00'] = slot.time.split(':');
  const from = Math.floor(Number(minutes) / quarterMinutes) * quarterMinutes;
  return { day: slot.day, time: `${hours}:${String(from).padStart(2, '0')}` };
}

/** As it stands in the header of a week. */
function shortDay(date: Date): string {
  const locale = localeOf(language.value);
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric' }).format(date);
}

function localeOf(language: Language): string {
  return language === 'de' ? 'de' : 'en-gb';
}

function eventOf(entry: GridEntry): EventInput {
  const { id, slot, names, color } = entry;
  const look = { color: `var(--who-${color})`, contrastColor: 'var(--on-who)' };
  const extendedProps = { entry };
  if ('time' in slot) return { id, title: names, ...gridTimes(slot), ...look, extendedProps };
  return { id, title: names, start: slot.day, allDay: true, editable: false, ...look, extendedProps };
}

function drawnEntry(info: EventDisplayInfo): GridEntry | undefined {
  return info.event.extendedProps['entry'] as GridEntry | undefined;
}

/** Hour, initials and name, of which the name alone may be too long; the rest is said to those who do not see where it stands. */
function EntryContent({ info }: { info: EventDisplayInfo }) {
  const entry = drawnEntry(info);
  if (!entry) return <span class="calendar-entry-text">{info.timeText}</span>; // a mark being drawn
  const say = calendarMessages();
  const { slot, names, practitioner, initials } = entry;
  const kind = info.view.type.startsWith('dayGrid') ? ' calendar-entry-line' : '';
  const isList = info.view.type.startsWith('list');
  const about = [
    isList ? '' : formatDay(slot.day, language.value),
    'time' in slot ? say.minutes(slot.durationMinutes) : '',
    practitioner && say.with(practitioner),
  ].filter(Boolean);
  return (
    <span class={`calendar-entry-text${kind}`}>
      {info.timeText && <span class="calendar-entry-time">{info.timeText}</span>}{' '}
      {initials && (
        <span class="calendar-entry-initials" aria-hidden="true">
          {initials}
        </span>
      )}{' '}
      <bdi class="calendar-entry-names">{names}</bdi>
      <span class={isList ? 'calendar-entry-about' : 'unseen'}>, {about.join(', ')}</span>
    </span>
  );
}
