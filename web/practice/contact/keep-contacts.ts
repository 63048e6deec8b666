import type { ContactRecord } from '@sprechzimmer/protocol/contact.ts';
import type { ParticipantForm } from '../appointment/form.ts';
import { oneLine } from '../appointment/participant-problems.ts';
import type { Work } from '../work.ts';
import { contactsOf } from './contacts.ts';
import { contactMessages } from './messages.ts';

/**
 * Keeps those of an appointment's participants as contacts that the form has ticked. The appointment is saved by then:
 * a contact that could not be kept is told, and nothing else is held up.
 */
export async function keepContacts(work: Work, participants: ParticipantForm[]): Promise<void> {
  const contacts = contactsOf(work);
  const wanted = participants.filter(({ keepAsContact }) => keepAsContact);
  if (wanted.length === 0) return;
  try {
    await ready(contacts);
    for (const fields of wanted) {
      const record = recordOf(fields);
      if (!contacts.list.value.some((contact) => isSame(contact, record))) await contacts.add(record);
    }
  } catch {
    const say = contactMessages();
    work.say(say.notKept(wanted.map(({ name }) => oneLine(name)).join(', ')), { tone: 'warn' });
  }
}

/** Not a second entry for somebody who is there already. */
async function ready({ state, refresh }: ReturnType<typeof contactsOf>): Promise<void> {
  if (state.value !== 'ready') await refresh();
}

function recordOf({ name, email, telephone, language }: ParticipantForm): ContactRecord {
  return { name: oneLine(name), email: oneLine(email), telephone: oneLine(telephone), language };
}

function isSame(a: ContactRecord, b: ContactRecord): boolean {
  return a.name === b.name && a.email === b.email && a.telephone === b.telephone;
}
