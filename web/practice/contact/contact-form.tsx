import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Select, TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import type { ContactRecord } from '@sprechzimmer/protocol/contact.ts';
import { invitationLanguages } from '@sprechzimmer/protocol/invitation.ts';
import { useState } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { formMessages } from '../appointment/form-messages.ts';
import {
  oneLine,
  participantProblems,
  type ParticipantProblems,
} from '../appointment/participant-problems.ts';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { contactsOf, newContactId } from './contacts.ts';
import { contactMessages } from './messages.ts';
import type { Contact } from './record.ts';

type ContactFormProps = {
  work: Work;
  /** Absent: a new one. */
  contact: Contact | undefined;
  onDone: () => void;
};

/** One contact, new or changed. A failed save leaves everything as typed. */
export function ContactForm({ work, contact, onDone }: ContactFormProps) {
  const say = contactMessages();
  const contacts = contactsOf(work);
  const base = useSignal(contact);
  const [newId] = useState(newContactId);
  const record = useSignal<ContactRecord>(fieldsOf(contact));
  const asked = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const wish = tidy(record.value);
  const problems = asked.value ? (participantProblems(wish) ?? {}) : {};

  async function save(): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      if (base.value) await contacts.change(base.value, wish);
      else await contacts.add(wish, newId);
      work.say(say.saved(wish.name));
      onDone();
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }
  function submit(form: HTMLFormElement): void {
    asked.value = true;
    if (participantProblems(wish)) focusFirstProblem(form);
    else void save();
  }
  return (
    <Card class="contact-form">
      <Title>{contact ? say.titleEdit : say.titleNew}</Title>
      <p class="quiet-text">{say.lead}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy.value) submit(event.currentTarget);
        }}
      >
        <ContactFields
          record={record.value}
          problems={problems}
          onChange={(part) => (record.value = { ...record.value, ...part })}
        />
        <div role="alert">
          {failure.value !== undefined && (
            <SaveFailure
              work={work}
              failure={failure.value}
              base={base.value}
              onKeep={(current) => {
                base.value = current;
                void save();
              }}
              onLoad={(current) => {
                base.value = current;
                record.value = fieldsOf(current);
                failure.value = undefined;
              }}
            />
          )}
        </div>
        <div class="form-actions">
          <Button type="submit" kind="primary" busy={busy.value ? messages().confirm.busy : undefined}>
            {say.save}
          </Button>
          <Button kind="quiet" onClick={onDone}>
            {messages().cancel}
          </Button>
        </div>
      </form>
    </Card>
  );
}

type ContactFieldsProps = {
  record: ContactRecord;
  problems: ParticipantProblems;
  onChange: (part: Partial<ContactRecord>) => void;
};

function ContactFields({ record, problems, onChange }: ContactFieldsProps) {
  const say = contactMessages();
  const sayForm = formMessages();
  const optional = messages().optional;
  return (
    <>
      <TextField
        label={say.name}
        autocomplete="off"
        value={record.name}
        onInput={(name) => onChange({ name })}
        problem={problems.name === 'name-missing' ? say.nameMissing : sentence(problems.name)}
      />
      <TextField
        label={say.email}
        aside={optional}
        type="email"
        autocomplete="off"
        spellcheck={false}
        value={record.email}
        onInput={(email) => onChange({ email })}
        problem={sentence(problems.email)}
      />
      <TextField
        label={say.telephone}
        aside={optional}
        type="tel"
        autocomplete="off"
        value={record.telephone}
        onInput={(telephone) => onChange({ telephone })}
        problem={sentence(problems.telephone)}
      />
      <Select
        label={say.languageLabel}
        value={record.language}
        options={invitationLanguages.map((each) => ({ value: each, label: sayForm.languages[each] }))}
        onChange={(language) => onChange({ language })}
      />
    </>
  );
}

type SaveFailureProps = {
  work: Work;
  failure: unknown;
  base: Contact | undefined;
  onKeep: (current: Contact | undefined) => void;
  onLoad: (current: Contact) => void;
};

/** When somebody else was quicker, the person decides whose text stays. */
function SaveFailure({ work, failure, base, onKeep, onLoad }: SaveFailureProps) {
  const say = contactMessages();
  const contacts = contactsOf(work);
  const code = failure instanceof ApiError ? failure.code : undefined;
  if (!base || (code !== 'VERSION_CONFLICT' && code !== 'NOT_FOUND')) {
    return <Notice tone="bad">{failureSentence(failure)}</Notice>;
  }
  const findCurrent = async () => {
    await contacts.refresh();
    return contacts.list.value.find(({ id }) => id === base.id);
  };
  if (code === 'NOT_FOUND') {
    const actions = <Button onClick={() => onKeep(undefined)}>{say.goneKeep}</Button>;
    return (
      <Notice tone="warn" actions={actions}>
        {say.gone}
      </Notice>
    );
  }
  const actions = (
    <>
      <Button onClick={() => void findCurrent().then(onKeep)}>{say.conflictKeep}</Button>
      <Button kind="quiet" onClick={() => void findCurrent().then((current) => current && onLoad(current))}>
        {say.conflictLoad}
      </Button>
    </>
  );
  return (
    <Notice tone="warn" actions={actions}>
      {say.conflict}
    </Notice>
  );
}

function sentence(problem: ParticipantProblems[keyof ParticipantProblems]): string | undefined {
  return problem && formMessages().personProblem[problem];
}

function fieldsOf(contact: Contact | undefined): ContactRecord {
  const { name = '', email = '', telephone = '', language = 'de' } = contact ?? {};
  return { name, email, telephone, language };
}

function tidy({ name, email, telephone, language }: ContactRecord): ContactRecord {
  return { name: oneLine(name), email: oneLine(email), telephone: oneLine(telephone), language };
}
