import { useSignal } from '@preact/signals';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { CircleAlert } from 'lucide';
import { useEffect, useId } from 'preact/hooks';
import type { Work } from '../work.ts';
import { contactsOf } from './contacts.ts';
import { contactMessages } from './messages.ts';
import type { Contact } from './record.ts';
import { matcher } from './search.ts';

const maxSuggestions = 6;

type PersonFieldProps = {
  work: Work;
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  value: string;
  onInput: (name: string) => void;
  onChoose: (contact: Contact) => void;
};

/**
 * A name, with those of the practice's contacts that fit it below: a combobox whose list may be ignored (WAI-ARIA, "list
 * autocomplete with manual selection").
 */
export function PersonField({ work, label, hint, problem, value, onInput, onChoose }: PersonFieldProps) {
  const id = useId();
  const say = contactMessages();
  const contacts = contactsOf(work);
  const isOpen = useSignal(false);
  const chosen = useSignal(-1);
  useEffect(contacts.wake, []);
  const found = isOpen.value ? suggest(contacts.list.value, value) : [];
  const describedBy = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');

  function choose(contact: Contact): void {
    isOpen.value = false;
    chosen.value = -1;
    onChoose(contact);
  }
  function step(by: number): void {
    isOpen.value = true;
    if (found.length > 0) chosen.value = (chosen.value + by + found.length + 1) % (found.length + 1);
    if (chosen.value === found.length) chosen.value = -1;
  }
  function press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const contact = found[chosen.value];
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(chosen.value === -1 ? found.length : -1);
    else if (event.key === 'Enter' && contact) choose(contact);
    else if (event.key === 'Escape' && found.length > 0) isOpen.value = false;
    else return;
    event.preventDefault();
  }

  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div class="person-input">
        <input
          id={id}
          class="input"
          type="text"
          dir="auto"
          name="participant"
          autocomplete="off"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          {...(found[chosen.value] ? { 'aria-activedescendant': `${id}-${chosen.value}` } : {})}
          {...(describedBy ? { 'aria-describedby': describedBy } : {})}
          {...(problem ? { 'aria-invalid': 'true' as const } : {})}
          value={value}
          onInput={(event) => {
            isOpen.value = true;
            chosen.value = -1;
            onInput(event.currentTarget.value);
          }}
          onKeyDown={press}
          onBlur={() => (isOpen.value = false)}
        />
        <Suggestions id={id} found={found} chosen={chosen.value} onChoose={choose} />
      </div>
      <p class="unseen" role="status">
        {found.length > 0 && say.suggestions(found.length)}
      </p>
      <div aria-live="polite">
        {problem && (
          <p class="field-problem" id={`${id}-problem`}>
            <Icon node={CircleAlert} />
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}

type SuggestionsProps = {
  /** Of the field. */
  id: string;
  found: Contact[];
  chosen: number;
  onChoose: (contact: Contact) => void;
};

function Suggestions({ id, found, chosen, onChoose }: SuggestionsProps) {
  return (
    <ul
      id={`${id}-list`}
      class="suggestions"
      role="listbox"
      aria-label={contactMessages().title}
      hidden={found.length === 0}
      // The field keeps the focus: a press here must not take it.
      onPointerDown={(event) => event.preventDefault()}
    >
      {found.map((contact, index) => (
        <li
          key={contact.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          onClick={() => onChoose(contact)}
        >
          <bdi>{contact.name}</bdi>
          <span class="quiet-text">{contact.email || contact.telephone}</span>
        </li>
      ))}
    </ul>
  );
}

/** From the first letter on. */
function suggest(contacts: Contact[], typed: string): Contact[] {
  if (typed.trim() === '') return [];
  const fits = matcher(typed);
  const found: Contact[] = [];
  for (const contact of contacts) {
    if (fits(contact.key)) found.push(contact);
    if (found.length === maxSuggestions) break;
  }
  return found;
}
