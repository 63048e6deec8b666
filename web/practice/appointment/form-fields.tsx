import { Button } from '@sprechzimmer/design/button.tsx';
import { Select, TextArea, TextField } from '@sprechzimmer/design/fields.tsx';
import { type UserId, userId } from '@sprechzimmer/protocol/ids.ts';
import { messages } from '../messages.ts';
import { practitionersOf } from '../user/users.ts';
import type { Work } from '../work.ts';
import type { ReadableEntry } from './agenda.ts';
import { addDays, localTime } from './calendar-day.ts';
import {
  type AppointmentForm,
  farthestDays,
  type FormProblems,
  type FormRules,
  timeAfterSkip,
} from './form.ts';
import { formMessages } from './form-messages.ts';
import { formRules } from './form-rules.ts';
import { MonthLimit } from './month-limit.tsx';
import { ParticipantsFields } from './participants-fields.tsx';

const durations = ['10', '15', '20', '30', '45', '60', '90'];

type FormFieldsProps = {
  work: Work;
  form: AppointmentForm;
  problems: FormProblems;
  /** The appointment as it is; absent: it is still to be made. */
  base: ReadableEntry | undefined;
};

export function FormFields({ work, form, problems, base }: FormFieldsProps) {
  const say = formMessages();
  const rules = formRules(work);
  const change = (part: Partial<AppointmentForm>) => work.views.type({ ...form, ...part });
  const problem = (field: 'day' | 'durationMinutes' | 'note') => {
    const found = problems[field];
    return found && say.problem[found];
  };
  const today = localTime(rules.now, rules.timeZone).day;
  const offered = durations.includes(form.durationMinutes) ? durations : [form.durationMinutes, ...durations];
  return (
    <>
      <TextField
        label={say.day}
        type="date"
        name="day"
        min={today}
        max={addDays(today, farthestDays)}
        value={form.day}
        onInput={(day) => change({ day })}
        problem={problem('day')}
      />
      {!base && <MonthLimit work={work} day={form.day} />}
      <div class="form-pair">
        <TextField
          label={say.time}
          type="time"
          name="time"
          value={form.time}
          onInput={(time) => change({ time })}
          problem={timeProblem(problems, form, rules)}
        />
        <Select
          label={say.duration}
          name="duration"
          value={form.durationMinutes}
          options={offered.map((value) => ({ value, label: say.durationMinutes(Number(value)) }))}
          onChange={(durationMinutes) => change({ durationMinutes })}
          problem={problem('durationMinutes')}
        />
      </div>
      <TakeNextTime problems={problems} form={form} rules={rules} onTake={(time) => change({ time })} />
      {form.practitionerId !== undefined && (
        <PractitionerField work={work} chosen={form.practitionerId} onChange={change} />
      )}
      <ParticipantsFields
        work={work}
        people={form.participants}
        problems={problems}
        invited={invitedOf(base)}
        onChange={(participants) => change({ participants })}
      />
      <TextArea
        label={say.note}
        aside={messages().optional}
        hint={say.noteHint}
        name="note"
        autocomplete="off"
        value={form.note}
        onInput={(note) => change({ note })}
        problem={problem('note')}
      />
    </>
  );
}

/** Whose code somebody has already. */
function invitedOf(base: ReadableEntry | undefined): ReadonlySet<string> {
  const sent = base?.record.participants.filter(({ sent, viaServer }) => sent.length > 0 || viaServer) ?? [];
  return new Set(sent.map(({ invitationId }) => invitationId));
}

function timeProblem(problems: FormProblems, form: AppointmentForm, rules: FormRules): string | undefined {
  const say = formMessages();
  if (problems.time === 'time-skipped') return say.skipped(form.time);
  if (problems.time === 'outside-hours') return say.hours(rules.codeHours);
  return problems.time && say.problem[problems.time];
}

type TakeNextTimeProps = {
  problems: FormProblems;
  form: AppointmentForm;
  rules: FormRules;
  onTake: (time: string) => void;
};

/** For a time in the hour that the clock is put forward over. */
function TakeNextTime({ problems, form, rules, onTake }: TakeNextTimeProps) {
  if (problems.time !== 'time-skipped') return null;
  const next = timeAfterSkip(form.day, form.time, rules.timeZone);
  return (
    <div class="row">
      <Button onClick={() => onTake(next)}>{formMessages().takeNext(next)}</Button>
    </div>
  );
}

type PractitionerFieldProps = {
  work: Work;
  chosen: UserId;
  onChange: (part: { practitionerId: UserId }) => void;
};

function PractitionerField({ work, chosen, onChange }: PractitionerFieldProps) {
  return (
    <Select
      label={formMessages().practitioner}
      name="practitioner"
      value={chosen}
      options={practitionerOptions(work, chosen)}
      onChange={(id) => onChange({ practitionerId: userId.parse(id) })}
    />
  );
}

/** Whoever it is with now is among them, even if they no longer hold consultations. */
function practitionerOptions(work: Work, chosen: UserId): { value: string; label: string }[] {
  const options = practitionersOf(work.session).map(({ id, name }) => ({ value: id as string, label: name }));
  if (options.some(({ value }) => value === chosen)) return options;
  return [{ value: chosen, label: work.session.userNames.get(chosen) ?? '' }, ...options];
}
