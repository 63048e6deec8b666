import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactRecord, SealedContact } from '@sprechzimmer/protocol/contact.ts';
import { ApiError, type PracticeClient } from '../api.ts';
import { newParticipant, type ParticipantForm } from '../appointment/form.ts';
import type { SaidMore, Work } from '../work.ts';
import { openPractice } from '../testing/open-practice.ts';
import { contactsOf, newContactId } from './contacts.ts';
import { keepContacts } from './keep-contacts.ts';

const { session } = await openPractice();
const muster: ContactRecord = { name: 'Frau Muster', email: '', telephone: '030 1', language: 'de' };

/** The server's rows, two on a page, and two colleagues' work with them. */
function openServer() {
  const rows = new Map<string, SealedContact>();
  const line = { isCut: false, losesAnswers: false };
  const said: string[] = [];
  function check(): void {
    if (line.isCut) throw new ApiError('OFFLINE');
  }
  const contact = {
    async list({ after }: { after: string | null }) {
      check();
      const left = [...rows.values()]
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .filter(({ id }) => after === null || id > after);
      const contacts = left.slice(0, 2);
      return { contacts, next: left.length > 2 ? (contacts.at(-1)?.id ?? null) : null };
    },
    async save(sealed: SealedContact) {
      check();
      const before = rows.get(sealed.id);
      if (sealed.version > 1 && !before) throw new ApiError('NOT_FOUND');
      if (sealed.version !== (before?.version ?? 0) + 1) throw new ApiError('VERSION_CONFLICT');
      rows.set(sealed.id, sealed);
      if (line.losesAnswers) throw new ApiError('OFFLINE');
      return {};
    },
    async remove({ id, version }: { id: string; version: number }) {
      check();
      const before = rows.get(id);
      if (!before) throw new ApiError('NOT_FOUND');
      if (before.version !== version) throw new ApiError('VERSION_CONFLICT');
      rows.delete(id);
      return {};
    },
  };
  const client = { contact } as unknown as PracticeClient;
  const newWork = () =>
    ({
      client,
      session,
      reload: async () => undefined,
      say: (sentence: string, more: SaidMore) => said.push(`${more.tone}: ${sentence}`),
    }) as unknown as Work;
  return { rows, line, said, newWork };
}

async function fetched(work: Work) {
  const contacts = contactsOf(work);
  await contacts.refresh();
  assert.equal(contacts.state.value, 'ready');
  return contacts;
}

const names = ({ list }: ReturnType<typeof contactsOf>) => list.value.map(({ name }) => name);

test('contacts are fetched page by page, opened here, and stand by name', async () => {
  const { rows, newWork } = openServer();
  const mine = contactsOf(newWork());
  for (const name of ['Zoë', 'Änne', 'Bert', 'anton', 'علي']) await mine.add({ ...muster, name });
  for (const { sealed } of rows.values()) assert.ok(!atob(toBase64(sealed)).includes('Bert'));
  const theirs = await fetched(newWork());
  assert.deepEqual(names(theirs), ['Änne', 'anton', 'Bert', 'Zoë', 'علي']);
  assert.equal(theirs.unreadable.value, 0);
});

test('one that no key opens is counted, and hides none of the others', async () => {
  const { rows, newWork } = openServer();
  const mine = contactsOf(newWork());
  await mine.add(muster);
  const broken = await mine.add({ ...muster, name: 'Kaputt' });
  const stored = rows.get(broken.id);
  assert.ok(stored);
  rows.set(broken.id, { ...stored, version: 2 });
  const theirs = await fetched(newWork());
  assert.deepEqual(names(theirs), ['Frau Muster']);
  assert.equal(theirs.unreadable.value, 1);
});

test('a change on top of an old version is refused, and succeeds on top of the newest', async () => {
  const { newWork } = openServer();
  const mine = contactsOf(newWork());
  const first = await mine.add(muster);
  const theirs = await fetched(newWork());
  const [seen] = theirs.list.value;
  assert.ok(seen);
  await theirs.change(seen, { ...muster, telephone: '030 2' });
  await assert.rejects(mine.change(first, { ...muster, telephone: '030 3' }), { code: 'VERSION_CONFLICT' });
  await assert.rejects(mine.remove(first), { code: 'VERSION_CONFLICT' });
  await mine.refresh();
  const [current] = mine.list.value;
  assert.equal(current?.telephone, '030 2');
  assert.ok(current);
  await mine.change(current, { ...muster, telephone: '030 3' });
  assert.equal(mine.list.value[0]?.version, 3);
});

test('what somebody else has deleted is deleted', async () => {
  const { newWork } = openServer();
  const mine = contactsOf(newWork());
  const first = await mine.add(muster);
  const theirs = await fetched(newWork());
  await mine.remove(first);
  const [seen] = theirs.list.value;
  assert.ok(seen);
  await theirs.remove(seen);
  assert.deepEqual([names(mine), names(theirs)], [[], []]);
});

test('an attempt whose answer was lost is found to have arrived', async () => {
  const { rows, line, newWork } = openServer();
  const mine = contactsOf(newWork());
  const id = newContactId();
  line.losesAnswers = true;
  await assert.rejects(mine.add(muster, id), { code: 'OFFLINE' });
  line.losesAnswers = false;
  const kept = await mine.add(muster, id);
  assert.equal(rows.size, 1);
  line.losesAnswers = true;
  await assert.rejects(mine.change(kept, { ...muster, telephone: '030 2' }), { code: 'OFFLINE' });
  line.losesAnswers = false;
  const changed = await mine.change(kept, { ...muster, telephone: '030 2' });
  assert.deepEqual([changed.version, changed.telephone], [2, '030 2']);
});

test('two who fetch at once fetch once, and what is shown stays while it is fetched anew', async () => {
  const { newWork } = openServer();
  const mine = contactsOf(newWork());
  await mine.add(muster);
  const theirs = contactsOf(newWork());
  assert.equal(theirs.refresh(), theirs.refresh());
  await theirs.refresh();
  await mine.add({ ...muster, name: 'Zwei' });
  const again = theirs.refresh();
  assert.deepEqual([theirs.state.value, names(theirs)], ['ready', ['Frau Muster']]);
  await again;
  assert.deepEqual(names(theirs), ['Frau Muster', 'Zwei']);
});

test('what is added while the list is fetched stays on it', async () => {
  const { newWork } = openServer();
  const mine = contactsOf(newWork());
  await mine.add(muster);
  const fetching = mine.refresh();
  await mine.add({ ...muster, name: 'Anna' });
  await fetching;
  assert.deepEqual(names(mine), ['Anna', 'Frau Muster']);
});

test('without a line the list stays as it was and says so', async () => {
  const { line, newWork } = openServer();
  const mine = contactsOf(newWork());
  await mine.add(muster);
  line.isCut = true;
  await mine.refresh();
  assert.equal(mine.state.value, 'failed');
  assert.deepEqual(names(mine), ['Frau Muster']);
  line.isCut = false;
  await mine.refresh();
  assert.equal(mine.state.value, 'ready');
});

test('a participant is kept as a contact once, and a failure is told without holding anything up', async () => {
  const { rows, line, said, newWork } = openServer();
  const person: ParticipantForm = {
    ...newParticipant('patient'),
    name: ' Frau  Muster ',
    keepAsContact: true,
  };
  const other: ParticipantForm = { ...newParticipant('relative'), name: 'Nicht gemerkt' };
  const work = newWork();
  await keepContacts(work, [person, other]);
  await keepContacts(newWork(), [person]);
  assert.equal(rows.size, 1);
  assert.deepEqual(names(contactsOf(work)), ['Frau Muster']);
  assert.deepEqual(said, []);
  line.isCut = true;
  await keepContacts(newWork(), [{ ...person, name: 'Frau Neu' }]);
  assert.equal(said.length, 1);
  assert.match(said.join(), /^warn: .*Frau Neu/);
});

function toBase64(base64url: string): string {
  return base64url.replaceAll('-', '+').replaceAll('_', '/');
}
