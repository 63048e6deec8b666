import { formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Card } from '@sprechzimmer/design/page.tsx';
import { namesOf, type ReadableEntry } from '../appointment/agenda.ts';
import type { LocalTime } from '../appointment/calendar-day.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { RoomButton } from './room-button.tsx';

type RoomCardProps = { work: Work; next: ReadableEntry | undefined; now: LocalTime; quiet: boolean };

/** Who is next, and the one button of the day. `quiet` while something else is the next step. */
export function RoomCard({ work, next, now, quiet }: RoomCardProps) {
  const say = messages();
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
      <RoomButton work={work} kind={quiet ? 'secondary' : 'primary'} />
    </Card>
  );
}
