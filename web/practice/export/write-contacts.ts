import { openContact } from '../contact/record.ts';
import { tableHead, tableLines } from '../table-file.ts';
import type { Writing } from './export-practice.ts';
import { openList } from './json-list.ts';
import { exportMessages } from './messages.ts';
import { contactPages } from './pages.ts';

/** @returns how many */
export async function writeContacts({ work, archive, json, unreadable, wrote }: Writing): Promise<number> {
  const say = exportMessages();
  const table = archive.open(say.contactsName);
  table.write(tableHead(say.contactColumns));
  const list = openList(json, 'contacts');
  let written = 0;
  for await (const page of contactPages(work)) {
    const opened = await Promise.all(
      page.map(async (stored) => {
        const contact = await openContact(work.session, stored);
        if (!contact) unreadable.push({ kind: 'contact', id: stored.id });
        return contact;
      }),
    );
    const contacts = opened
      .filter((contact) => contact !== undefined)
      .map(({ id, name, email, telephone, language }) => ({ id, name, email, telephone, language }));
    list.add(contacts);
    table.write(
      tableLines(contacts.map(({ name, email, telephone, language }) => [name, email, telephone, language])),
    );
    written += contacts.length;
    wrote(page.length);
  }
  list.end();
  table.end();
  return written;
}
