import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { maxContacts, type SealedContact } from '@sprechzimmer/protocol/contact.ts';
import type { ContactId } from '@sprechzimmer/protocol/ids.ts';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

before(async () => {
  server = await startTestServer();
});
after(() => server.close());

function newContact(changes: Partial<SealedContact> = {}): SealedContact {
  const sealed = randomBytes(120).toString('base64url');
  return { id: randomUUID() as ContactId, version: 1, generation: 1, sealed, ...changes };
}

async function readAll({ client }: TestPractice): Promise<SealedContact[]> {
  const all: SealedContact[] = [];
  for (let after: ContactId | null = null; ;) {
    const page: Awaited<ReturnType<typeof client.contact.list>> = await client.contact.list({ after });
    all.push(...page.contacts);
    if (page.next === null) return all;
    after = page.next;
  }
}

/** Rows as many as it takes, past the API. */
async function fill(practiceId: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => ({
    id: randomUUID(),
    practice_id: practiceId,
    version: 1,
    generation: 1,
    sealed: randomBytes(8),
  }));
  for (let from = 0; from < count; from += 5_000) {
    await server.context.db
      .insertInto('contact')
      .values(rows.slice(from, from + 5_000))
      .execute();
  }
}

test('a contact is kept, changed and removed, and the server sees nothing but bytes', async () => {
  const practice = await openTestPractice(server);
  const { contact } = practice.client;
  const first = newContact();
  await contact.save(first);
  assert.deepEqual(await readAll(practice), [first]);
  const second = newContact({ id: first.id, version: 2 });
  await contact.save(second);
  assert.deepEqual(await readAll(practice), [second]);
  await assert.rejects(contact.remove({ id: first.id, version: 1 }), { code: 'VERSION_CONFLICT' });
  await contact.remove({ id: first.id, version: 2 });
  assert.deepEqual(await readAll(practice), []);
  await assert.rejects(contact.remove({ id: first.id, version: 2 }), { code: 'NOT_FOUND' });
});

test('the same sent again is answered like the first time, even at the same time', async () => {
  const practice = await openTestPractice(server);
  const first = newContact();
  await Promise.all(Array.from({ length: 5 }, () => practice.client.contact.save(first)));
  const second = newContact({ id: first.id, version: 2 });
  await Promise.all(Array.from({ length: 5 }, () => practice.client.contact.save(second)));
  assert.deepEqual(await readAll(practice), [second]);
});

test('of two who change the same version at once one is told', async () => {
  const practice = await openTestPractice(server);
  const first = newContact();
  await practice.client.contact.save(first);
  const changes = Array.from({ length: 6 }, () => newContact({ id: first.id, version: 2 }));
  const outcomes = await Promise.allSettled(changes.map((change) => practice.client.contact.save(change)));
  const saved = changes.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  assert.equal(saved.length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'VERSION_CONFLICT');
  }
  assert.deepEqual(await readAll(practice), saved);
});

test('another practice’s contacts are as if they were not there', async () => {
  const [practice, stranger] = [await openTestPractice(server), await openTestPractice(server)];
  const theirs = newContact();
  await practice.client.contact.save(theirs);
  const { contact } = stranger.client;
  assert.deepEqual(await readAll(stranger), []);
  await assert.rejects(contact.save(newContact({ id: theirs.id, version: 2 })), { code: 'NOT_FOUND' });
  await assert.rejects(contact.save(theirs), { code: 'VERSION_CONFLICT' });
  await assert.rejects(contact.remove({ id: theirs.id, version: 1 }), { code: 'NOT_FOUND' });
  assert.deepEqual((await contact.list({ after: theirs.id })).contacts, []);
  assert.deepEqual(await readAll(practice), [theirs]);
});

test('pages join without a gap, and the ten-thousand-and-first contact is refused', async () => {
  const practice = await openTestPractice(server);
  await fill(practice.practiceId, maxContacts - 1);
  const last = newContact();
  await practice.client.contact.save(last);
  const all = await readAll(practice);
  assert.equal(new Set(all.map(({ id }) => id)).size, maxContacts);
  await assert.rejects(practice.client.contact.save(newContact()), { code: 'BAD_INPUT' });
  await practice.client.contact.save(last);
  await practice.client.contact.save(newContact({ id: last.id, version: 2 }));
});

test('of many that come at once for the last place one is kept', async () => {
  const practice = await openTestPractice(server);
  await fill(practice.practiceId, maxContacts - 1);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => practice.client.contact.save(newContact())),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('nothing is kept under an old key, and a locked session gets and gives none', async () => {
  const practice = await openTestPractice(server);
  const { contact } = practice.client;
  await assert.rejects(contact.save(newContact({ generation: 2 })), { code: 'VERSION_CONFLICT' });
  await assert.rejects(contact.save(newContact({ sealed: 'A'.repeat(2_800) })), { code: 'BAD_INPUT' });
  await practice.client.practice.lock({});
  await assert.rejects(contact.list({ after: null }), { code: 'LOCKED' });
  await assert.rejects(contact.save(newContact()), { code: 'LOCKED' });
});
