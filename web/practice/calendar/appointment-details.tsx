import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { State } from '@sprechzimmer/design/notice.tsx';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { CancelAppointment } from '../appointment/cancel-appointment.tsx';
import { formOf } from '../appointment/form.ts';
import { draftOf } from '../appointment/save.ts';
import { HeldConsultations } from '../consultation/held-consultations.tsx';
import { invitationState } from '../invitation/invitation-state.ts';
import { practitionerToChoose } from '../user/users.ts';
import type { Work } from '../work.ts';
import { calendarMessages } from './messages.ts';
import { gridTimes } from './grid-time.ts';
import { createMoveFlow, type MoveFlow } from './move-flow.ts';
import { MoveForm } from './move-form.tsx';
import { MoveNotices } from './move-notices.tsx';
import { slotOf } from './slot.ts';
import { StartFromEntry } from './start-from-entry.tsx';

type DetailsProps = {
  work: Work;
  entry: ReadableEntry;
  /** Moves made beside the calendar and in it are one after the other. */
  flow?: MoveFlow;
  /** The appointment is gone from here. */
  onCancelled: () => void;
};

/** One appointment, and what can be done with it. */
export function AppointmentDetails({ work, entry, flow: given, onCancelled }: DetailsProps) {
  const say = calendarMessages().panel;
  const moving = useSignal(false);
  const own = useMemo(() => createMoveFlow(work), [work]);
  const flow = given ?? own;
  useEffect(() => own.leave, [own]);
  const { stored, record } = entry;
  const frame = useRef<HTMLDivElement>(null);
  function stopMoving(): void {
    if (!moving.value) return;
    moving.value = false;
    // The fields are gone: whoever stood in them goes on from the appointment's name.
    frame.current?.closest('.card')?.querySelector<HTMLElement>('h1, h2')?.focus();
  }
  useEffect(stopMoving, [stored.version]);
  const { end } = gridTimes(slotOf(entry));
  const practitioner = work.session.userNames.get(stored.practitionerId) ?? '';
  return (
    <div ref={frame} class="stack calendar-details">
      <dl class="facts">
        <dt>{say.who}</dt>
        <dd>
          <Participants entry={entry} />
        </dd>
        <dt>{say.when}</dt>
        <dd>
          {formatDay(stored.day, language.value, { year: true })}
          <br />
          {say.span(record.time, end.slice(11, 16))}
        </dd>
        <dt>{say.duration}</dt>
        <dd>{say.durationMinutes(record.durationMinutes)}</dd>
        <dt>{say.practitioner}</dt>
        <dd>
          <bdi>{practitioner}</bdi>
        </dd>
        {record.note && (
          <>
            <dt>{say.note}</dt>
            <dd class="calendar-note" dir="auto">
              {record.note}
            </dd>
          </>
        )}
      </dl>
      <HeldConsultations entry={entry} timeZone={work.session.practice.timeZone} />
      <StartFromEntry work={work} entry={entry} />
      {!given && <MoveNotices flow={flow} />}
      {moving.value ? (
        <MoveForm
          key={`${stored.id} ${stored.version}`}
          work={work}
          entry={entry}
          flow={flow}
          onClose={stopMoving}
        />
      ) : (
        <div class="calendar-actions">
          <Button onClick={() => openInvitation(work, entry)}>{say.invite}</Button>
          <Button onClick={() => (moving.value = true)}>{say.move}</Button>
          <Button onClick={() => openChange(work, entry)}>{say.change}</Button>
          <CancelAppointment work={work} entry={entry} onCancelled={onCancelled} />
        </div>
      )}
    </div>
  );
}

function Participants({ entry }: { entry: ReadableEntry }) {
  return (
    <ul class="calendar-people">
      {entry.record.participants.map((participant) => {
        const state = invitationState(entry, participant);
        return (
          <li key={participant.invitationId}>
            <bdi>{participant.name}</bdi>
            <State tone={state.tone}>{state.text}</State>
          </li>
        );
      })}
    </ul>
  );
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
