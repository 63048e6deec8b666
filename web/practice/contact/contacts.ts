import { type ReadonlySignal, signal } from '@preact/signals';
import { type ContactRecord, maxContacts } from '@sprechzimmer/protocol/contact.ts';
import { type ContactId, contactId } from '@sprechzimmer/protocol/ids.ts';
import { ApiError } from '../api.ts';
import { withNewestKey } from '../membership/with-newest-key.ts';
import type { Work } from '../work.ts';
import { asContact, type Contact, isSameContact, openContact, sealContact } from './record.ts';
import { sortContacts } from './sort.ts';

/** The practice's people, opened in this browser's memory and nowhere else. */
export type Contacts = {
  /** By name; it grows while they are fetched. */
  list: ReadonlySignal<Contact[]>;
  /** loading: some may be missing still. */
  state: ReadonlySignal<'asleep' | 'loading' | 'ready' | 'failed'>;
  failure: ReadonlySignal<unknown>;
  /** How many no key of this device opens. */
  unreadable: ReadonlySignal<number>;
  /** Fetches them when they are wanted: for the first time, after a failure, and after a while for colleagues' changes. */
  wake: () => void;
  /** Fetches them anew. */
  refresh: () => Promise<void>;
  /**
   * @param id the same over repeated attempts: one whose answer was lost makes no second contact
   * @throws ApiError
   */
  add: (record: ContactRecord, id?: ContactId) => Promise<Contact>;
  /** @throws ApiError VERSION_CONFLICT when somebody else has changed the contact; NOT_FOUND when it is gone */
  change: (contact: Contact, record: ContactRecord) => Promise<Contact>;
  /** @throws ApiError VERSION_CONFLICT */
  remove: (contact: Contact) => Promise<void>;
};

/** After this long a colleague's changes are looked for. */
const staleMs = 30_000;

const stores = new WeakMap<Work, Contacts>();

/** The contacts of a signed-in user's work; they end with it. */
export function contactsOf(work: Work): Contacts {
  const known = stores.get(work);
  if (known) return known;
  const contacts = createContacts(work);
  stores.set(work, contacts);
  return contacts;
}

export function newContactId(): ContactId {
  return contactId.parse(crypto.randomUUID());
}

export function isFull({ list }: Contacts): boolean {
  return list.value.length >= maxContacts;
}

type ContactsWork = Pick<Work, 'client' | 'session' | 'reload'>;

function createContacts(work: Work): Contacts {
  const list = signal<Contact[]>([]);
  const state = signal<'asleep' | 'loading' | 'ready' | 'failed'>('asleep');
  const failure = signal<unknown>(undefined);
  const unreadable = signal(0);

  let loadedAt = 0;
  let changes = 0;
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    // What is there stays on the page while it is fetched anew.
    if (state.value !== 'ready') state.value = 'loading';
    const before = changes;
    try {
      const { readable, unreadableCount } = await readAll(work, (some) => {
        if (list.value.length < some.length) list.value = sortContacts(some);
      });
      // What was changed here meanwhile may have been read before or after.
      if (changes !== before) return await load();
      list.value = sortContacts(readable);
      unreadable.value = unreadableCount;
      loadedAt = Date.now();
      state.value = 'ready';
    } catch (error) {
      failure.value = error;
      state.value = 'failed';
    }
  }
  function refresh(): Promise<void> {
    loading ??= load().finally(() => (loading = undefined));
    return loading;
  }
  function put(contact: Contact): Contact {
    changes += 1;
    list.value = sortContacts([...list.value.filter(({ id }) => id !== contact.id), contact]);
    return contact;
  }
  async function save(id: ContactId, version: number, record: ContactRecord): Promise<Contact> {
    try {
      await withNewestKey(work, async () =>
        work.client.contact.save(await sealContact(work.session, { id, version }, record)),
      );
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'VERSION_CONFLICT') throw error;
      // Perhaps it is this very change, whose answer was lost.
      await refresh();
      const stored = list.value.find((contact) => contact.id === id);
      if (stored?.version !== version || !isSameContact(stored, record)) throw error;
      return stored;
    }
    return put(asContact({ id, version }, record));
  }
  return {
    list,
    state,
    failure,
    unreadable,
    wake() {
      if (state.value !== 'ready' || Date.now() - loadedAt > staleMs) void refresh();
    },
    refresh,
    add: (record, id = newContactId()) => save(id, 1, record),
    change: (contact, record) => save(contact.id, contact.version + 1, record),
    async remove({ id, version }) {
      try {
        await work.client.contact.remove({ id, version });
      } catch (error) {
        // Gone is gone, whoever did it.
        if (!(error instanceof ApiError) || error.code !== 'NOT_FOUND') throw error;
      }
      changes += 1;
      list.value = list.value.filter((contact) => contact.id !== id);
    },
  };
}

/** Page by page. A key that is not here yet is fetched once. */
async function readAll(
  work: ContactsWork,
  onPage: (some: Contact[]) => void,
): Promise<{ readable: Contact[]; unreadableCount: number }> {
  const readable: Contact[] = [];
  let unreadableCount = 0;
  let after: ContactId | null = null;
  let hasReloaded = false;
  do {
    const page: Awaited<ReturnType<Work['client']['contact']['list']>> = await work.client.contact.list({
      after,
    });
    const isKeyMissing = page.contacts.some(({ generation }) => !work.session.recordKeys.has(generation));
    if (isKeyMissing && !hasReloaded) {
      hasReloaded = true;
      await work.reload();
    }
    const { session } = work;
    const opened = await Promise.all(page.contacts.map((stored) => openContact(session, stored)));
    readable.push(...opened.filter((contact) => contact !== undefined));
    unreadableCount += opened.filter((contact) => contact === undefined).length;
    onPage(readable);
    after = page.next;
  } while (after !== null);
  return { readable, unreadableCount };
}
