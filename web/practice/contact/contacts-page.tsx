import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, LiveText, Title } from '@sprechzimmer/design/page.tsx';
import { UserPlus } from 'lucide';
import { useEffect } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { Said } from '../said.tsx';
import type { Work } from '../work.ts';
import { ContactForm } from './contact-form.tsx';
import { ContactRow } from './contact-row.tsx';
import { contactsOf, isFull, newContactId } from './contacts.ts';
import { contactMessages } from './messages.ts';
import type { Contact } from './record.ts';
import { matcher } from './search.ts';

/** The people whom the practice invites again. */
export function ContactsPage({ work }: { work: Work }) {
  const contacts = contactsOf(work);
  const query = useSignal('');
  const editing = useSignal<Contact | 'new' | undefined>(undefined);
  useEffect(contacts.wake, []);
  if (editing.value !== undefined) {
    const contact = editing.value === 'new' ? undefined : editing.value;
    return <ContactForm work={work} contact={contact} onDone={() => (editing.value = undefined)} />;
  }
  const say = contactMessages();
  const isEmpty = contacts.state.value === 'ready' && contacts.list.value.length === 0;
  const add = () => {
    work.say(undefined);
    editing.value = 'new';
  };
  return (
    <>
      <div class="contacts-head">
        <Title>{say.title}</Title>
        {!isEmpty && !isFull(contacts) && (
          <Button kind="primary" icon={UserPlus} onClick={add}>
            {say.add}
          </Button>
        )}
      </div>
      <Said work={work} />
      {isFull(contacts) && <Notice tone="warn">{say.full}</Notice>}
      {isEmpty ? (
        <Empty onAdd={add} />
      ) : (
        <>
          <div class="contacts-search">
            <TextField
              label={say.search}
              hint={say.searchHint}
              type="search"
              autocomplete="off"
              value={query.value}
              onInput={(text) => (query.value = text)}
            />
          </div>
          <ContactList work={work} query={query.value} onEdit={(contact) => (editing.value = contact)} />
        </>
      )}
      <Fetching work={work} />
    </>
  );
}

function Empty({ onAdd }: { onAdd: () => void }) {
  const say = contactMessages();
  return (
    <Card>
      <h2>{say.emptyTitle}</h2>
      <p>{say.empty}</p>
      <p class="quiet-text">{say.noFile}</p>
      <Button kind="primary" icon={UserPlus} onClick={onAdd}>
        {say.add}
      </Button>
    </Card>
  );
}

const step = 50;

type ContactListProps = { work: Work; query: string; onEdit: (contact: Contact) => void };

function ContactList({ work, query, onEdit }: ContactListProps) {
  const say = contactMessages();
  const { list, state } = contactsOf(work);
  const shown = useSignal(step);
  const open = useSignal<string | undefined>(undefined);
  const leaving = useSignal<Contact | undefined>(undefined);
  useEffect(() => {
    shown.value = step;
  }, [query]);
  const found = search(list.value, query);
  const isReady = state.value === 'ready';
  return (
    <>
      <LiveText class="quiet-text">{isReady && say.count(found.length, list.value.length)}</LiveText>
      {isReady && found.length === 0 && <p>{say.nobody}</p>}
      {found.length > 0 && (
        <ul class="contact-list">
          {found.slice(0, shown.value).map((contact) => (
            <ContactRow
              key={contact.id}
              work={work}
              contact={contact}
              isOpen={open.value === contact.id}
              onToggle={() => (open.value = open.value === contact.id ? undefined : contact.id)}
              onEdit={() => onEdit(contact)}
              onRemove={() => (leaving.value = contact)}
            />
          ))}
        </ul>
      )}
      {found.length > shown.value && <Button onClick={() => (shown.value += step)}>{say.more}</Button>}
      {leaving.value && (
        <RemoveContact work={work} contact={leaving.value} onDone={() => (leaving.value = undefined)} />
      )}
    </>
  );
}

function search(contacts: Contact[], query: string): Contact[] {
  if (query.trim() === '') return contacts;
  const fits = matcher(query);
  return contacts.filter(({ key }) => fits(key));
}

type RemoveContactProps = { work: Work; contact: Contact; onDone: () => void };

/** Deletes after a question, and can be taken back all the same. */
function RemoveContact({ work, contact, onDone }: RemoveContactProps) {
  const say = contactMessages();
  const busy = useSignal(false);
  const contacts = contactsOf(work);
  const { name, email, telephone, language } = contact;
  const restoredId = newContactId();

  async function undo(): Promise<void> {
    try {
      await contacts.add({ name, email, telephone, language }, restoredId);
      work.say(say.restored(name));
    } catch (error) {
      work.say(failureSentence(error), {
        tone: 'bad',
        offers: [{ label: say.again, choose: () => void undo() }],
      });
    }
  }
  async function remove(): Promise<void> {
    busy.value = true;
    try {
      await contacts.remove(contact);
      work.say(say.removed(name), { offers: [{ label: say.undo, choose: () => void undo() }] });
    } catch (error) {
      await contacts.refresh();
      work.say(failureSentence(error), { tone: 'bad' });
    }
    onDone();
  }
  return (
    <ConfirmDialog
      title={say.removeTitle(name)}
      confirm={say.removeConfirm}
      cancel={say.removeKeep}
      busy={busy.value ? say.removing : undefined}
      danger
      onConfirm={() => void remove()}
      onCancel={onDone}
    >
      {say.removeText}
    </ConfirmDialog>
  );
}

/** What is to be said of the list itself: that it comes, that it did not, that some of it is closed. */
function Fetching({ work }: { work: Work }) {
  const say = contactMessages();
  const { state, failure, unreadable, refresh } = contactsOf(work);
  return (
    <>
      <LiveText>{state.value === 'loading' && <p class="quiet-text">{say.loading}</p>}</LiveText>
      <div role="alert">
        {state.value === 'failed' && (
          <Notice tone="bad" actions={<Button onClick={() => void refresh()}>{say.again}</Button>}>
            {failureSentence(failure.value)}
          </Notice>
        )}
      </div>
      {unreadable.value > 0 && <Notice tone="warn">{say.unreadable(unreadable.value)}</Notice>}
    </>
  );
}
