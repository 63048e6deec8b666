import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Mail, Pencil } from 'lucide';
import { calendarMessages } from '../calendar/messages.ts';
import { messages } from '../messages.ts';
import { practitionerToChoose } from '../user/users.ts';
import type { Work } from '../work.ts';
import { type Entry, isOver, namesOf, type ReadableEntry } from './agenda.ts';
import type { LocalTime } from './calendar-day.ts';
import { formOf } from './form.ts';
import { draftOf } from './save.ts';

export function AppointmentRow({ work, entry, now }: { work: Work; entry: Entry; now: LocalTime }) {
  const say = messages().today;
  if (entry.kind === 'unreadable') {
    return (
      <li class="appointment-unreadable">
        <Notice tone="warn" title={say.unreadableTitle}>
          {say.unreadable}
        </Notice>
      </li>
    );
  }
  const { record, stored } = entry;
  const name = namesOf(entry);
  const over = stored.day === now.day && isOver(record, now.time);
  const foreign = stored.practitionerId !== work.session.user.id;
  const practitioner = foreign ? work.session.userNames.get(stored.practitionerId) : undefined;
  return (
    <li class={over ? 'appointment appointment-over' : 'appointment'}>
      <p class="appointment-time">
        <strong>{record.time}</strong>
        <span class="quiet-text">{over ? say.over : say.minutes(record.durationMinutes)}</span>
      </p>
      <div class="appointment-who">
        <p>
          <button
            type="button"
            class="appointment-name"
            aria-label={calendarMessages().openOf(name)}
            onClick={() => openAppointment(work, entry)}
          >
            <bdi>{name}</bdi>
          </button>
          {practitioner && <span class="quiet-text"> {say.with(practitioner)}</span>}
        </p>
        {record.note && (
          <p class="quiet-text appointment-note" dir="auto">
            {record.note}
          </p>
        )}
      </div>
      <div class="appointment-actions">
        <Button
          kind="quiet"
          icon={Mail}
          aria-label={say.inviteOf(name)}
          onClick={() => openInvitation(work, entry)}
        >
          {say.invite}
        </Button>
        <Button
          kind="quiet"
          icon={Pencil}
          aria-label={say.changeOf(name)}
          onClick={() => openChange(work, entry)}
        >
          {say.change}
        </Button>
      </div>
    </li>
  );
}

function openAppointment(work: Work, entry: ReadableEntry): void {
  work.say(undefined);
  work.views.open({ kind: 'appointment', entry });
}

function openInvitation(work: Work, entry: ReadableEntry): void {
  work.say(undefined);
  work.views.open({ kind: 'invitation', entry });
}

function openChange(work: Work, entry: ReadableEntry): void {
  const form = formOf(entry.stored.day, entry.record, practitionerToChoose(work.session, entry.stored));
  work.say(undefined);
  work.views.open({ kind: 'form', editing: { draft: draftOf(entry), opened: form, form } });
}
