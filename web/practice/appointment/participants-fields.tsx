import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { Checkbox, Select, TextField } from '@sprechzimmer/design/fields.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import { maxParticipants } from '@sprechzimmer/protocol/appointment.ts';
import { participantRoles } from '@sprechzimmer/protocol/participant-role.ts';
import { invitationLanguages } from '@sprechzimmer/protocol/invitation.ts';
import { BookUser, UserPlus, X } from 'lucide';
import { PersonField } from '../contact/person-field.tsx';
import type { Contact } from '../contact/record.ts';
import { messages } from '../messages.ts';
import { PlanRequest } from '../settings/plan-request.tsx';
import type { Work } from '../work.ts';
import { type FormProblems, newParticipant, type ParticipantForm } from './form.ts';
import { formMessages } from './form-messages.ts';
import { formRules } from './form-rules.ts';
import { MailOnDayField } from './mail-on-day-field.tsx';
import type { ParticipantProblems } from './participant-problems.ts';

type ParticipantsFieldsProps = {
  work: Work;
  people: ParticipantForm[];
  problems: FormProblems;
  /** Whose invitation is on its way already, by their invitation's id. */
  invited: ReadonlySet<string>;
  onChange: (people: ParticipantForm[]) => void;
};

/** Who comes to an appointment, each with what their invitation needs. */
export function ParticipantsFields({ work, people, problems, invited, onChange }: ParticipantsFieldsProps) {
  const say = formMessages();
  const leaving = useSignal<ParticipantForm | undefined>(undefined);
  const replace = (next: ParticipantForm) =>
    onChange(people.map((person) => (person.key === next.key ? next : person)));
  const remove = ({ key }: ParticipantForm) => {
    leaving.value = undefined;
    onChange(people.filter((person) => person.key !== key));
  };
  const askToRemove = (person: ParticipantForm) => {
    if (person.invitationId && invited.has(person.invitationId)) leaving.value = person;
    else remove(person);
  };
  return (
    <div class="people">
      {people.length > 1 && <h2>{say.people}</h2>}
      {people.map((person, index) => (
        <PersonFields
          key={person.key}
          work={work}
          person={person}
          number={people.length > 1 ? index + 1 : undefined}
          problems={problems.participants?.[person.key] ?? {}}
          onChange={replace}
          onRemove={people.length > 1 ? () => askToRemove(person) : undefined}
        />
      ))}
      {problems.people && (
        <p class="field-problem" role="alert">
          {say.problem[problems.people]}
        </p>
      )}
      <AddPerson work={work} people={people} onChange={onChange} />
      {leaving.value && (
        <ConfirmDialog
          title={say.removeTitle(leaving.value.name)}
          confirm={say.removeConfirm}
          cancel={say.removeKeep}
          danger
          onConfirm={() => leaving.value && remove(leaving.value)}
          onCancel={() => (leaving.value = undefined)}
        >
          {say.removeText}
        </ConfirmDialog>
      )}
    </div>
  );
}

function AddPerson({
  work,
  people,
  onChange,
}: Pick<ParticipantsFieldsProps, 'work' | 'people' | 'onChange'>) {
  const say = formMessages();
  const most = formRules(work).maxParticipants;
  if (people.length < most) {
    return (
      <Button
        icon={UserPlus}
        onClick={() => onChange([...people, newParticipant('relative', people[0]?.language)])}
      >
        {say.addPerson}
      </Button>
    );
  }
  if (most === maxParticipants) return <p class="quiet-text">{say.peopleMost(most)}</p>;
  return (
    <div class="plan-limit">
      <p class="quiet-text">{say.peopleFull(most)}</p>
      {work.session.user.isMain ? (
        <PlanRequest work={work} requested={say.requested} kind="quiet" />
      ) : (
        <p class="quiet-text">{say.askMain}</p>
      )}
    </div>
  );
}

type PersonFieldsProps = {
  work: Work;
  person: ParticipantForm;
  /** Where there are several. */
  number: number | undefined;
  problems: ParticipantProblems;
  onChange: (person: ParticipantForm) => void;
  onRemove: (() => void) | undefined;
};

function PersonFields({ work, person, number, problems, onChange, onRemove }: PersonFieldsProps) {
  const say = formMessages();
  const change = (part: Partial<ParticipantForm>) => onChange({ ...person, ...part });
  const problem = (field: keyof ParticipantProblems) => {
    const found = problems[field];
    return found && say.personProblem[found];
  };
  const legend = number === undefined ? say.people : say.person(number);
  return (
    <fieldset class="person stack">
      <legend class={number === undefined ? 'unseen' : 'person-legend'}>{legend}</legend>
      <PersonField
        work={work}
        label={number === undefined ? say.forWhom : say.name}
        hint={number === undefined || number === 1 ? say.nameHint : undefined}
        value={person.name}
        onInput={(name) => change({ name })}
        onChoose={(contact) => onChange(withContact(person, contact))}
        problem={problem('name')}
      />
      {(number !== undefined || person.role !== 'patient') && (
        <Select
          label={say.role}
          name="role"
          value={person.role}
          options={participantRoles.map((role) => ({ value: role, label: say.roles[role] }))}
          onChange={(role) => change({ role })}
        />
      )}
      <TextField
        label={say.email}
        aside={messages().optional}
        type="email"
        name="email"
        autocomplete="off"
        spellcheck={false}
        value={person.email}
        onInput={(email) => change({ email })}
        problem={problem('email')}
      />
      <div class="form-pair">
        <TextField
          label={say.telephone}
          aside={messages().optional}
          type="tel"
          name="telephone"
          autocomplete="off"
          value={person.telephone}
          onInput={(telephone) => change({ telephone })}
          problem={problem('telephone')}
        />
        <Select
          label={say.language}
          name="language"
          value={person.language}
          options={invitationLanguages.map((each) => ({ value: each, label: say.languages[each] }))}
          onChange={(language) => change({ language })}
        />
      </div>
      <MailOnDayField work={work} person={person} onChange={(mailOnDay) => change({ mailOnDay })} />
      <div class="person-foot">
        {person.contactId ? (
          <State icon={BookUser}>{say.fromContacts}</State>
        ) : (
          <Checkbox
            label={say.keepAsContact}
            checked={person.keepAsContact}
            onChange={(keepAsContact) => change({ keepAsContact })}
          />
        )}
        {onRemove && (
          <Button kind="quiet" icon={X} aria-label={say.removeWhom(person.name.trim())} onClick={onRemove}>
            {say.remove}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function withContact(person: ParticipantForm, contact: Contact): ParticipantForm {
  const { id, name, email, telephone, language } = contact;
  return { ...person, name, email, telephone, language, contactId: id, keepAsContact: false };
}
