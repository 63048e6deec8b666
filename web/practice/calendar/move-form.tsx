import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Select, TextField } from '@sprechzimmer/design/fields.tsx';
import { userId } from '@sprechzimmer/protocol/ids.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { addDays, isCalendarDay, localTime } from '../appointment/calendar-day.ts';
import { farthestDays } from '../appointment/form.ts';
import { formRules } from '../appointment/form-rules.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { practitionersOf } from '../user/users.ts';
import type { Work } from '../work.ts';
import { calendarMessages } from './messages.ts';
import type { MoveFlow } from './move-flow.ts';
import { OverlapWarning } from './overlap-warning.tsx';
import { slotOf, slotProblem } from './slot.ts';

const durations = [10, 15, 20, 30, 45, 60, 90];

type MoveFormProps = { work: Work; entry: ReadableEntry; flow: MoveFlow; onClose: () => void };

/** Day, hour, length and practitioner in fields: everything that can be dragged in the calendar. */
export function MoveForm({ work, entry, flow, onClose }: MoveFormProps) {
  const say = calendarMessages();
  const typed = useSignal({ ...slotOf(entry), practitionerId: entry.stored.practitionerId });
  const asked = useSignal(false);
  const { day, time, durationMinutes, practitionerId } = typed.value;
  const today = localTime(work.clock.value, work.session.practice.timeZone).day;
  const isGiven = isCalendarDay(day) && /^\d\d:\d\d$/.test(time);
  const found = isGiven ? slotProblem(typed.value, formRules(work)) : undefined;
  const problem = isGiven ? found && say.move.problem[found] : say.move.timeMissing;
  const change = (part: Partial<typeof typed.value>) => (typed.value = { ...typed.value, ...part });
  const offered = [...new Set([entry.record.durationMinutes, ...durations])].sort((a, b) => a - b);
  const others = practitionersOf(work.session);
  function submit(form: HTMLFormElement): void {
    asked.value = true;
    if (problem) focusFirstProblem(form);
    else flow.request(entry, typed.value);
  }
  return (
    <form
      class="stack calendar-move"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      <TextField
        label={say.move.day}
        type="date"
        name="move-day"
        min={today}
        max={addDays(today, farthestDays)}
        value={day}
        onInput={(next) => change({ day: next })}
        problem={asked.value ? problem : undefined}
        autofocus
      />
      <div class="form-pair">
        <TextField
          label={say.move.time}
          type="time"
          name="move-time"
          value={time}
          onInput={(next) => change({ time: next })}
        />
        <Select
          label={say.move.duration}
          name="move-duration"
          value={String(durationMinutes)}
          options={offered.map((minutes) => ({ value: String(minutes), label: say.minutes(minutes) }))}
          onChange={(next) => change({ durationMinutes: Number(next) })}
        />
      </div>
      {others.length > 1 && (
        <Select
          label={say.move.practitioner}
          name="move-practitioner"
          value={practitionerId}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(next) => change({ practitionerId: userId.parse(next) })}
        />
      )}
      <OverlapWarning work={work} {...typed.value} except={entry.stored.id} />
      <div class="form-actions">
        <Button
          type="submit"
          kind="primary"
          busy={flow.state.value.kind === 'moving' ? say.move.saving : undefined}
        >
          {say.move.save}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {say.move.cancel}
        </Button>
      </div>
    </form>
  );
}
