import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { CalendarPlus, PhoneCall } from 'lucide';
import { UsageNotice } from '../billing/usage-notice.tsx';
import { calendarMessages } from '../calendar/messages.ts';
import { RenewalNotice } from '../device/renewal-notice.tsx';
import { RequestsCard } from '../device/requests-card.tsx';
import { MessageTrouble } from '../invitation/message-trouble.tsx';
import { messages } from '../messages.ts';
import { Said } from '../said.tsx';
import { RoomCard } from '../waiting-room/room-card.tsx';
import { usualPractitioner } from '../user/users.ts';
import type { Work } from '../work.ts';
import { type AgendaDay, groupByDay, nextEntry } from './agenda.ts';
import { AppointmentRow } from './appointment-row.tsx';
import { addDays, type LocalTime, localTime } from './calendar-day.ts';
import { emptyForm } from './form.ts';
import { newDraft } from './save.ts';
import { startNow } from './start-now.ts';

/** The practice's start page: who is next, the way into the consulting room, and the coming days. */
export function TodayPage({ work }: { work: Work }) {
  const say = messages().today;
  const { entries, loadedAt } = work.agenda.state.value;
  const now = localTime(work.clock.value, work.session.practice.timeZone);
  const days = groupByDay(entries);
  const isEmpty = loadedAt !== undefined && entries.length === 0;
  // Beside the list on a wide screen; on a narrow one, what there is to do now comes first.
  const side = (
    <div class="today-side">
      {work.session.user.role === 'practitioner' && (
        <RoomCard work={work} next={nextEntry(entries, now)} now={now} quiet={isEmpty} />
      )}
    </div>
  );
  return (
    <>
      <div class="today-head">
        <Title>{say.title}</Title>
        {!isEmpty && (
          <div class="row">
            <Button icon={PhoneCall} onClick={() => void startNow(work)}>
              {calendarMessages().speakNow}
            </Button>
            <Button icon={CalendarPlus} onClick={() => openNewForm(work, now)}>
              {say.newAppointment}
            </Button>
          </div>
        )}
      </div>
      <Said work={work} />
      <UsageNotice work={work} />
      <RequestsCard work={work} />
      <RenewalNotice work={work} />
      <MessageTrouble work={work} />
      <StaleNotice work={work} />
      <div class="today">
        {!isEmpty && side}
        <div class="today-days stack">
          {loadedAt === undefined && !work.agenda.state.value.failed && <p role="status">{say.loading}</p>}
          {isEmpty && <EmptyCard onFirst={() => openNewForm(work, now)} />}
          {!isEmpty && loadedAt && days[0]?.day !== now.day && (
            <DaySection work={work} now={now} agendaDay={{ day: now.day, entries: [] }} />
          )}
          {days.map((agendaDay) => (
            <DaySection key={agendaDay.day} work={work} now={now} agendaDay={agendaDay} />
          ))}
        </div>
        {isEmpty && side}
      </div>
    </>
  );
}

function openNewForm(work: Work, now: LocalTime): void {
  const form = emptyForm(now.day, usualPractitioner(work.session));
  work.say(undefined);
  work.views.open({ kind: 'form', editing: { draft: newDraft(), opened: form, form } });
}

function EmptyCard({ onFirst }: { onFirst: () => void }) {
  const say = messages().today;
  return (
    <Card>
      <h2>{say.emptyTitle}</h2>
      <p>{say.empty}</p>
      <Button kind="primary" icon={CalendarPlus} onClick={onFirst}>
        {say.firstAppointment}
      </Button>
    </Card>
  );
}

function DaySection({ work, now, agendaDay }: { work: Work; now: LocalTime; agendaDay: AgendaDay }) {
  const { day, entries } = agendaDay;
  const headingId = `day-${day}`;
  return (
    <section class="day" aria-labelledby={headingId}>
      <h2 id={headingId}>{dayName(day, now.day)}</h2>
      {entries.length === 0 ? (
        <p class="quiet-text">{messages().today.noneToday}</p>
      ) : (
        <ul class="day-list">
          {entries.map((entry) => (
            <AppointmentRow key={entry.stored.id} work={work} entry={entry} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function dayName(day: string, today: string): string {
  const say = messages().today;
  const date = formatDay(day, language.value);
  if (day === today) return `${say.today}, ${date}`;
  return day === addDays(today, 1) ? `${say.tomorrow}, ${date}` : date;
}

function StaleNotice({ work }: { work: Work }) {
  const say = messages();
  const { failed, loadedAt } = work.agenda.state.value;
  const { timeZone } = work.session.practice;
  const since = loadedAt && formatTimeOfDay(localTime(loadedAt, timeZone).time, language.value);
  return (
    <div role="alert">
      {failed && (
        <Notice tone="warn" actions={<Button onClick={() => void work.agenda.refresh()}>{say.again}</Button>}>
          {since === undefined ? say.today.neverLoaded : say.today.stale(since)}
        </Notice>
      )}
    </div>
  );
}
