import { useSignal, useSignalEffect } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { useEffect, useRef } from 'preact/hooks';
import { type Entry, namesOf } from '../appointment/agenda.ts';
import { localTime } from '../appointment/calendar-day.ts';
import { initials } from '../user/initials.ts';
import { practitionersOf } from '../user/users.ts';
import type { Work } from '../work.ts';
import type { Grid, GridEntry, GridOptions } from './full-calendar.tsx';
import { calendarMessages } from './messages.ts';
import { practitionerColor } from './practitioner-color.ts';
import { slotOf } from './slot.ts';

type CalendarGridProps = {
  work: Work;
  /** For the focus to go back to an appointment. */
  onReady: (grid: Grid | undefined) => void;
} & Pick<GridOptions, 'onMark' | 'onChoose' | 'onMove'>;

/** The days with their appointments. What draws them is fetched when it is needed first. */
export function CalendarGrid({ work, onReady, onMark, onChoose, onMove }: CalendarGridProps) {
  const say = calendarMessages();
  const frame = useRef<HTMLDivElement>(null);
  const grid = useSignal<Grid | undefined>(undefined);
  const failed = useSignal(false);
  const { calendar } = work;
  // The grid lives longer than one drawing of this component.
  const handlers = useRef({ onMark, onChoose, onMove });
  handlers.current = { onMark, onChoose, onMove };

  async function begin(isOver: () => boolean): Promise<void> {
    failed.value = false;
    try {
      const { createGrid } = await import('./full-calendar.tsx');
      if (isOver() || !frame.current) return;
      grid.value = createGrid({
        element: frame.current,
        view: calendar.view.peek(),
        day: calendar.day.peek(),
        language: language.peek(),
        now: () => localTime(new Date(), work.session.practice.timeZone),
        onDays: calendar.loader.show,
        onMark: (mark) => handlers.current.onMark(mark),
        onChoose: (id) => handlers.current.onChoose(id),
        onMove: (id, slot) => handlers.current.onMove(id, slot),
        onDay: (day) => {
          calendar.day.value = day;
          calendar.view.value = 'day';
        },
      });
      onReady(grid.value);
    } catch {
      failed.value = true;
    }
  }
  useEffect(() => {
    let isOver = false;
    void begin(() => isOver);
    return () => {
      isOver = true;
      onReady(undefined);
      grid.peek()?.destroy();
      calendar.loader.hide();
    };
  }, []);
  useSignalEffect(() => grid.value?.show(calendar.view.value, calendar.day.value));
  useSignalEffect(() => grid.value?.draw(drawnEntries(work), language.value));

  return (
    <div class="calendar-grid">
      {failed.value && (
        <Notice
          tone="bad"
          actions={<Button onClick={() => void begin(() => false)}>{say.move.again}</Button>}
        >
          {say.unavailable}
        </Notice>
      )}
      {!grid.value && !failed.value && <p role="status">{say.loading}</p>}
      <div class="calendar-frame" hidden={failed.value}>
        <div ref={frame} />
      </div>
    </div>
  );
}

function drawnEntries(work: Work): GridEntry[] {
  const { calendar, session } = work;
  const choosable = practitionersOf(session).length > 1;
  return calendar.loader.state.value.entries
    .filter(({ stored }) => !choosable || !calendar.hidden.value.has(stored.practitionerId))
    .map((entry) => gridEntry(entry));

  function gridEntry(entry: Entry): GridEntry {
    const { id, day, practitionerId } = entry.stored;
    const practitioner = session.userNames.get(practitionerId) ?? '';
    const isReadable = entry.kind === 'readable';
    return {
      id,
      slot: isReadable ? slotOf(entry) : { day },
      names: isReadable ? namesOf(entry) : calendarMessages().unreadable,
      practitioner,
      initials: choosable ? initials(practitioner) : '',
      color: practitionerColor(session, practitionerId),
      isChosen: calendar.chosen.value === id,
    };
  }
}
