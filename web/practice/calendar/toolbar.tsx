import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { ChevronLeft, ChevronRight } from 'lucide';
import { addDays, localTime } from '../appointment/calendar-day.ts';
import type { Work } from '../work.ts';
import { type GridView, gridViews } from './calendar.ts';
import { calendarMessages } from './messages.ts';

/** Which days, and how they are shown. */
export function Toolbar({ work }: { work: Work }) {
  const say = calendarMessages();
  const { view, day } = work.calendar;
  const today = localTime(work.clock.value, work.session.practice.timeZone).day;
  return (
    <div class="calendar-toolbar">
      <div class="calendar-steps">
        <Button
          icon={ChevronLeft}
          aria-label={say.before}
          onClick={() => (day.value = stepped(day.value, view.value, -1))}
        />
        <Button onClick={() => (day.value = today)}>{say.thisDay}</Button>
        <Button
          icon={ChevronRight}
          aria-label={say.after}
          onClick={() => (day.value = stepped(day.value, view.value, 1))}
        />
      </div>
      <h2 class="calendar-period" aria-live="polite">
        {periodName(day.value, view.value)}
      </h2>
      <div class="calendar-views" role="group" aria-label={say.viewLabel}>
        {gridViews.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={view.value === each}
            onClick={() => (view.value = each)}
          >
            {say.view[each]}
          </button>
        ))}
      </div>
    </div>
  );
}

function stepped(day: string, view: GridView, step: 1 | -1): string {
  if (view === 'day') return addDays(day, step);
  if (view !== 'month') return addDays(day, 7 * step);
  const date = new Date(`${day.slice(0, 7)}-01T12:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + step);
  return date.toISOString().slice(0, 10);
}

/** `Donnerstag, 26. November 2026`, `23.–29. November 2026`, `November 2026` */
function periodName(day: string, view: GridView): string {
  if (view === 'day') return formatDay(day, language.value, { year: true });
  const locale = language.value === 'de' ? 'de-DE' : 'en-GB';
  const noon = (each: string) => new Date(`${each}T12:00:00Z`);
  if (view === 'month') {
    const words = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' });
    return words.format(noon(day));
  }
  const monday = mondayOf(day);
  const words = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return words.formatRange(noon(monday), noon(addDays(monday, 6)));
}

function mondayOf(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}
