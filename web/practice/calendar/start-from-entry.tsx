import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { PhoneCall } from 'lucide';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { localTime } from '../appointment/calendar-day.ts';
import { startNow } from '../appointment/start-now.ts';
import { RoomButton } from '../waiting-room/room-button.tsx';
import type { Work } from '../work.ts';
import { calendarMessages } from './messages.ts';

/** The way from an appointment into the consultation: on its day, and by its practitioner; else another one for now. */
export function StartFromEntry({ work, entry }: { work: Work; entry: ReadableEntry }) {
  const say = calendarMessages().panel;
  const { session } = work;
  const { day, practitionerId, heldAt } = entry.stored;
  const today = localTime(work.clock.value, session.practice.timeZone).day;
  if (day === today && practitionerId === session.user.id) {
    return (
      <div class="stack-tight">
        {heldAt && <p class="quiet-text">{say.held}</p>}
        <RoomButton work={work} kind="primary" />
      </div>
    );
  }
  const [first] = entry.record.participants;
  return (
    <div class="stack-tight">
      <p class="quiet-text">{whyNot()}</p>
      {session.user.role === 'practitioner' && first && (
        <>
          <Button icon={PhoneCall} wide onClick={() => void startNow(work, first)}>
            {say.startNow}
          </Button>
          <p class="quiet-text">{say.startNowHint}</p>
        </>
      )}
    </div>
  );

  function whyNot(): string {
    const written = formatDay(day, language.value);
    if (day > today) return say.otherDay(written);
    if (day < today) return heldAt ? say.held : say.pastDay(written);
    return say.foreign(session.userNames.get(practitionerId) ?? session.practice.name);
  }
}
