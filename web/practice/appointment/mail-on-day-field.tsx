import { Select } from '@sprechzimmer/design/fields.tsx';
import type { Work } from '../work.ts';
import type { MailOnDay, ParticipantForm } from './form.ts';
import { formMessages } from './form-messages.ts';
import { formRules } from './form-rules.ts';

const choices = ['no', 'link', 'without-code'] as const satisfies MailOnDay[];

type MailOnDayFieldProps = {
  work: Work;
  person: ParticipantForm;
  onChange: (mailOnDay: MailOnDay) => void;
};

/** Whether the server mails the invitation; where it cannot, or has no address, there is nothing to choose. */
export function MailOnDayField({ work, person, onChange }: MailOnDayFieldProps) {
  const say = formMessages();
  if (!work.session.view.practice.channels.includes('mail') || person.email.trim() === '') return null;
  return (
    <Select
      label={say.mailOnDay}
      name="mailOnDay"
      value={person.mailOnDay ?? formRules(work).mailOnDay}
      options={choices.map((value) => ({ value, label: say.mailOnDays[value] }))}
      onChange={onChange}
    />
  );
}
