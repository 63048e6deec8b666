import { Button } from '@sprechzimmer/design/button.tsx';
import { formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText, Title } from '@sprechzimmer/design/page.tsx';
import { CalendarPlus, PhoneCall } from 'lucide';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { localTime } from '../appointment/calendar-day.ts';
import { emptyForm } from '../appointment/form.ts';
import { newDraft } from '../appointment/save.ts';
import { startNow } from '../appointment/start-now.ts';
import { messages } from '../messages.ts';
import { Said } from '../said.tsx';
import { practitionersOf, usualPractitioner } from '../user/users.ts';
import type { Work } from '../work.ts';
import { AppointmentPanel } from './appointment-panel.tsx';
import { CalendarGrid } from './calendar-grid.tsx';
import type { Grid, Mark } from './full-calendar.tsx';
import { calendarMessages } from './messages.ts';
import { createMoveFlow } from './move-flow.ts';
import { MoveNotices } from './move-notices.tsx';
import { PractitionerFilter } from './practitioner-filter.tsx';
import type { Slot } from './slot.ts';
import { Toolbar } from './toolbar.tsx';

/** Below this the chosen appointment gets a page of its own. */
const roomForPanel = '(min-width: 64rem)';

/** Day, week, month or list, and beside them the chosen appointment. */
export function CalendarPage({ work }: { work: Work }) {
  const say = calendarMessages();
  const { loader, chosen } = work.calendar;
  const grid = useRef<Grid | undefined>(undefined);
  const flow = useMemo(() => createMoveFlow(work), [work]);
  useEffect(() => flow.leave, [flow]); // a question that nobody can answer any more
  const { entries } = loader.state.value;
  const open = entries.find(({ stored }) => stored.id === chosen.value);

  function choose(id: string): void {
    const entry = loader.state.peek().entries.find(({ stored }) => stored.id === id);
    if (!entry) return;
    flow.leave();
    if (entry.kind === 'unreadable' || matchMedia(roomForPanel).matches) chosen.value = id;
    else work.views.open({ kind: 'appointment', entry });
  }
  function move(id: string, slot: Slot): void {
    const entry = loader.state.peek().entries.find(({ stored }) => stored.id === id);
    if (entry?.kind !== 'readable') return;
    flow.request(entry, { ...slot, practitionerId: entry.stored.practitionerId });
  }
  function closePanel(): void {
    const id = chosen.value;
    chosen.value = undefined;
    requestAnimationFrame(() => id !== undefined && grid.current?.find(id)?.focus());
  }

  return (
    <>
      <div class="today-head">
        <Title>{say.title}</Title>
        <div class="row">
          <Button icon={PhoneCall} onClick={() => void startNow(work)}>
            {say.speakNow}
          </Button>
          <Button kind="primary" icon={CalendarPlus} onClick={() => openForm(work, {})}>
            {say.newAppointment}
          </Button>
        </div>
      </div>
      <LoadNotices work={work} />
      <Toolbar work={work} />
      <PractitionerFilter work={work} />
      <EmptyHint work={work} />
      <div class="calendar-body">
        <CalendarGrid
          work={work}
          onReady={(ready) => (grid.current = ready)}
          onMark={(mark) => openForm(work, mark)}
          onChoose={choose}
          onMove={move}
        />
        {open && <AppointmentPanel work={work} entry={open} flow={flow} onClose={closePanel} />}
      </div>
      {/* Below, so that the calendar stays where it is while one moves something in it. */}
      <div class="calendar-notices">
        <Said work={work} />
        <MoveNotices flow={flow} />
      </div>
    </>
  );
}

/** A new appointment where the calendar stands, unless a day was marked; never on a day that is over. */
function openForm(work: Work, { day, time, durationMinutes }: Partial<Mark>): void {
  const today = localTime(work.clock.value, work.session.practice.timeZone).day;
  const { calendar } = work;
  const shown = calendar.view.value === 'day' && calendar.day.value > today ? calendar.day.value : today;
  const form = {
    ...emptyForm(day ?? shown, usualPractitioner(work.session)),
    ...(time ? { time } : {}),
    ...(durationMinutes ? { durationMinutes: String(durationMinutes) } : {}),
  };
  work.say(undefined);
  work.views.open({ kind: 'form', editing: { draft: newDraft(), opened: form, form } });
}

function LoadNotices({ work }: { work: Work }) {
  const say = calendarMessages();
  const { failed, loadedAt } = work.calendar.loader.state.value;
  const { timeZone } = work.session.practice;
  const since = loadedAt && formatTimeOfDay(localTime(loadedAt, timeZone).time, language.value);
  const again = <Button onClick={() => void work.calendar.loader.refresh()}>{messages().again}</Button>;
  return (
    <div role="alert">
      {failed && (
        <Notice tone="warn" actions={again}>
          {since === undefined ? say.neverLoaded : say.stale(since)}
        </Notice>
      )}
    </div>
  );
}

/** An empty calendar says what to do. */
function EmptyHint({ work }: { work: Work }) {
  const say = calendarMessages();
  const { loader, hidden } = work.calendar;
  const { entries, loadedAt } = loader.state.value;
  const practitioners = practitionersOf(work.session);
  const nobody = practitioners.length > 1 && practitioners.every(({ id }) => hidden.value.has(id));
  const isEmpty = loadedAt !== undefined && entries.length === 0;
  return <LiveText class="quiet-text">{nobody ? say.everyoneHidden : isEmpty && say.none}</LiveText>;
}
