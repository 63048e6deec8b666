import { Button } from '@sprechzimmer/design/button.tsx';
import { formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText } from '@sprechzimmer/design/page.tsx';
import { DoorOpen } from 'lucide';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { namesOf } from '../appointment/appointment-row.tsx';
import type { LocalTime } from '../appointment/calendar-day.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { roomWindowName } from './room-window.ts';

type RoomCardProps = { work: Work; next: ReadableEntry | undefined; now: LocalTime; quiet: boolean };

/** Who is next, and the one button of the day. `quiet` while something else is the next step. */
export function RoomCard({ work, next, now, quiet }: RoomCardProps) {
  const say = messages();
  const state = work.room.state.value.kind;
  const isOpen = state === 'open' || state === 'no-ticket';
  return (
    <Card class="room-card">
      {next ? (
        <div>
          <h2 class="room-next-label">{next.record.time <= now.time ? say.today.nextNow : say.today.next}</h2>
          <p class="room-next-name">
            <bdi>{namesOf(next)}</bdi>
          </p>
          <p class="quiet-text">
            {formatTimeOfDay(next.record.time, language.value)},{' '}
            {say.today.minutes(next.record.durationMinutes)}
          </p>
        </div>
      ) : (
        !quiet && <p>{say.today.noneNext}</p>
      )}
      <Button
        kind={quiet ? 'secondary' : 'primary'}
        size="large"
        wide
        icon={DoorOpen}
        onClick={work.room.open}
      >
        {isOpen ? say.room.show : say.room.open}
      </Button>
      <LiveText>
        {state === 'open' ? say.room.opened : <span class="quiet-text">{say.room.hint}</span>}
      </LiveText>
      <div role="alert">
        {state === 'blocked' && (
          <Notice
            tone="warn"
            title={say.room.blockedTitle}
            actions={
              <a
                class="button button-secondary"
                href={work.room.address}
                target={roomWindowName}
                rel="opener"
              >
                {say.room.inTab}
              </a>
            }
          >
            {say.room.blocked}
          </Notice>
        )}
        {state === 'no-ticket' && (
          <Notice tone="bad" actions={<Button onClick={work.room.retry}>{say.again}</Button>}>
            {say.room.ticketFailed}
          </Notice>
        )}
      </div>
    </Card>
  );
}
