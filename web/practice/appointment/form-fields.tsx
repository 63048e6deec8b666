import { Select, TextArea, TextField } from '@sprechzimmer/design/fields.tsx';
import { type UserId, userId } from '@sprechzimmer/protocol/ids.ts';
import { messages } from '../messages.ts';
import { practitionersOf } from '../user/users.ts';
import type { Work } from '../work.ts';
import { addDays, localTime } from './calendar-day.ts';
import { type AppointmentForm, farthestDays, type FormProblems } from './form.ts';

const durations = ['10', '15', '20', '30', '45', '60', '90'];

type FormFieldsProps = { work: Work; form: AppointmentForm; problems: FormProblems };

export function FormFields({ work, form, problems }: FormFieldsProps) {
  const say = messages().form;
  const change = (part: Partial<AppointmentForm>) => work.views.type({ ...form, ...part });
  const problem = (field: keyof AppointmentForm) => {
    const found = problems[field];
    return found && say.problem[found];
  };
  const today = localTime(work.clock.value, work.session.practice.timeZone).day;
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
      <div class="form-pair">
        <TextField
          label={say.time}
          type="time"
          name="time"
          value={form.time}
          onInput={(time) => change({ time })}
          problem={problem('time')}
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
      {form.practitionerId !== undefined && (
        <PractitionerField work={work} chosen={form.practitionerId} onChange={change} />
      )}
      <TextField
        label={say.name}
        hint={say.nameHint}
        name="participant"
        autocomplete="off"
        value={form.name}
        onInput={(name) => change({ name })}
        problem={problem('name')}
      />
      <TextField
        label={say.contact}
        aside={messages().optional}
        hint={say.contactHint}
        name="contact"
        autocomplete="off"
        spellcheck={false}
        value={form.contact}
        onInput={(contact) => change({ contact })}
        problem={problem('contact')}
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

type PractitionerFieldProps = {
  work: Work;
  chosen: UserId;
  onChange: (part: { practitionerId: UserId }) => void;
};

function PractitionerField({ work, chosen, onChange }: PractitionerFieldProps) {
  return (
    <Select
      label={messages().form.practitioner}
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
