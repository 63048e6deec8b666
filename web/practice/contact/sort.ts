import type { Contact } from './record.ts';

const collator = new Intl.Collator('de', { sensitivity: 'base', numeric: true });

/** By name as a telephone book has it; equal names by address. */
export function sortContacts(contacts: Contact[]): Contact[] {
  return contacts.toSorted(
    (a, b) =>
      collator.compare(a.name, b.name) || collator.compare(a.email, b.email) || (a.id < b.id ? -1 : 1),
  );
}
