import { Button } from '@sprechzimmer/design/button.tsx';
import { CalendarPlus, Ellipsis, Pencil, Trash2, Video } from 'lucide';
import { localTime } from '../appointment/calendar-day.ts';
import { emptyForm } from '../appointment/form.ts';
import { newDraft } from '../appointment/save.ts';
import { startNow } from '../appointment/start-now.ts';
import { usualPractitioner } from '../user/users.ts';
import type { Work } from '../work.ts';
import { contactMessages } from './messages.ts';
import type { Contact } from './record.ts';

type ContactRowProps = {
  work: Work;
  contact: Contact;
  /** Whether its further functions are shown. */
  isOpen: boolean;
  onToggle: () => void;
  onEdit: () => void;
  onRemove: () => void;
};

/** One person, the usual next step, and the others behind a button. */
export function ContactRow({ work, contact, isOpen, onToggle, onEdit, onRemove }: ContactRowProps) {
  const say = contactMessages();
  const { id, name, email, telephone, language } = contact;
  const person = { name, email, telephone, language, contactId: id };

  function plan(): void {
    const { day } = localTime(work.clock.value, work.session.practice.timeZone);
    const form = emptyForm(day, usualPractitioner(work.session), person);
    work.say(undefined);
    work.views.open({ kind: 'form', editing: { draft: newDraft(), opened: form, form } });
  }
  return (
    <li class="contact">
      <div class="contact-who">
        <p>
          <strong dir="auto">{name}</strong>
        </p>
        <p class="quiet-text">
          {email && <span>{email}</span>}
          {telephone && <span>{telephone}</span>}
          {language !== 'de' && <span>{say.language[language]}</span>}
        </p>
      </div>
      <div class="contact-actions">
        <Button icon={CalendarPlus} aria-label={say.planFor(name)} onClick={plan}>
          {say.plan}
        </Button>
        <Button
          kind="quiet"
          icon={Ellipsis}
          aria-expanded={isOpen}
          aria-controls={`functions-${id}`}
          aria-label={say.functionsFor(name)}
          onClick={onToggle}
        >
          {say.functions}
        </Button>
      </div>
      <div id={`functions-${id}`} class="contact-functions" hidden={!isOpen}>
        <Button kind="quiet" icon={Video} onClick={() => void startNow(work, person)}>
          {say.call}
        </Button>
        <Button kind="quiet" icon={Pencil} onClick={onEdit}>
          {say.edit}
        </Button>
        <Button kind="quiet" icon={Trash2} class="button-danger-quiet" onClick={onRemove}>
          {say.remove}
        </Button>
      </div>
    </li>
  );
}
