import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import {
  newPracticeKey,
  openRecord,
  recordKey,
  sealRecord,
  unwrapAtDevice,
} from '@sprechzimmer/crypto/practice-key.ts';
import { verifyLog } from '@sprechzimmer/membership/log.ts';
import type { SealedContact } from '@sprechzimmer/protocol/contact.ts';
import type { ContactId } from '@sprechzimmer/protocol/ids.ts';
import type { AnyRecord, ResealedRecord } from '@sprechzimmer/protocol/records.ts';
import { newestTestKey, type TestMember, testWrap } from '../testing/test-members.ts';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

before(async () => {
  server = await startTestServer();
});
after(() => server.close());

/** A new key for everyone whom the log knows. */
async function newKey(practice: TestPractice, at: TestMember = practice) {
  const { log } = await at.client.practice.session({});
  const { membership } = await verifyLog(log, practice.practiceId);
  const generation = membership.generation + 1;
  const key = newPracticeKey();
  const receivers = [
    ...[...membership.devices.values()].map(({ keys }) => ({ to: keys.id, agreeKey: keys.agreeKey })),
    { to: 'recovery' as const, agreeKey: membership.recovery.agreeKey },
  ];
  const wraps = receivers.map((to) => testWrap(practice.practiceId, key, generation, to));
  return { generation, key, wraps: await Promise.all(wraps) };
}

async function renew(practice: TestPractice): Promise<number> {
  const { generation, key, wraps } = await newKey(practice);
  await practice.append({ kind: 'renew-key', generation }, { wraps });
  practice.practiceKeys.set(generation, key);
  return generation;
}

/** The same records under the newest key, as a client makes them: opened with the old one first. */
async function sealAnew(practice: TestPractice, records: AnyRecord[], generation: number) {
  return Promise.all(
    records.map(async (record): Promise<ResealedRecord> => {
      const place = { practiceId: practice.practiceId, ...record };
      const value = await openRecord(
        await keyOf(practice, record.generation),
        fromBase64url(record.sealed),
        place,
      );
      const sealed = await sealRecord(await keyOf(practice, generation), value, { ...place, generation });
      return { ...record, generation, fromGeneration: record.generation, sealed: toBase64url(sealed) };
    }),
  );
}

async function keyOf(practice: TestPractice, generation: number): Promise<CryptoKey> {
  const key = practice.practiceKeys.get(generation);
  assert.ok(key, `no key of generation ${generation}`);
  return recordKey(key);
}

/** What a client does, from wherever it was interrupted. @returns in how many steps */
async function finish(practice: TestPractice, generation: number): Promise<number> {
  for (let step = 0; ; step++) {
    const { records, remaining } = await practice.client.membership.staleRecords({});
    if (remaining === 0) return step;
    await practice.client.membership.reseal({ records: await sealAnew(practice, records, generation) });
  }
}

async function bookMany(practice: TestPractice, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const { input } = await practice.newAppointment();
    await practice.client.appointment.book(input);
  }
}

async function bookSealedWithNewest(practice: TestPractice): Promise<void> {
  const { generation, key } = newestTestKey(practice.practiceKeys);
  const { input } = await practice.newAppointment();
  const place = {
    practiceId: practice.practiceId,
    kind: 'appointment',
    id: input.id,
    version: 1,
    generation,
  };
  const sealed = toBase64url(await sealRecord(await recordKey(key), { name: 'later' }, place));
  await practice.client.appointment.book({ ...input, generation, sealed });
}

/** Every record of the practice opens with the key of its generation. @returns the generations */
async function openAll(practice: TestPractice): Promise<Set<number>> {
  const { practiceId } = practice;
  const { profiles } = await practice.client.practice.session({});
  const { db } = server.context;
  const rows = await db.selectFrom('appointment').where('practice_id', '=', practiceId).selectAll().execute();
  const contacts = await db.selectFrom('contact').where('practice_id', '=', practiceId).selectAll().execute();
  const records = [
    ...profiles,
    ...contacts.map((row) => ({ ...row, kind: 'contact', sealed: row.sealed.toString('base64url') })),
    ...rows.map((row) => ({ ...row, kind: 'appointment', sealed: row.sealed.toString('base64url') })),
  ];
  for (const { kind, id, version, generation, sealed } of records) {
    const place = { practiceId, kind, id, version, generation };
    await openRecord(await keyOf(practice, generation), fromBase64url(sealed), place);
  }
  return new Set(records.map(({ generation }) => generation));
}

async function wrapGenerations(practice: TestPractice): Promise<number[][]> {
  const { wraps } = await practice.client.practice.session({});
  const { db } = server.context;
  const recovery = await db
    .selectFrom('recovery_key_wrap')
    .where('practice_id', '=', practice.practiceId)
    .orderBy('generation')
    .select('generation')
    .execute();
  return [wraps.map(({ generation }) => generation), recovery.map(({ generation }) => generation)];
}

test('after a renewal all records are sealed anew, and the old key’s wraps go with the last one', async () => {
  const practice = await openTestPractice(server);
  await bookMany(practice, 130);
  assert.equal(await renew(practice), 2);
  assert.deepEqual(await wrapGenerations(practice), [
    [1, 2],
    [1, 2],
  ]);
  assert.equal((await practice.client.practice.session({})).staleRecords, 134);
  assert.equal(await finish(practice, 2), 2);
  assert.deepEqual(await wrapGenerations(practice), [[2], [2]]);
  assert.deepEqual(await openAll(practice), new Set([2]));
});

/** Sealed with the newest key, as the practice app does it. */
async function saveContacts(practice: TestPractice, count: number): Promise<SealedContact[]> {
  const { generation, key } = newestTestKey(practice.practiceKeys);
  const contacts: SealedContact[] = [];
  for (let index = 0; index < count; index++) {
    const target = { id: randomUUID() as ContactId, version: 1, generation };
    const place = { practiceId: practice.practiceId, kind: 'contact', ...target };
    const record = { name: `Kontakt ${index}`, email: '', telephone: '', language: 'de' };
    const sealed = toBase64url(await sealRecord(await recordKey(key), record, place));
    contacts.push({ ...target, sealed });
    await practice.client.contact.save({ ...target, sealed });
  }
  return contacts;
}

test('contacts are sealed anew with the rest, and what was changed meanwhile stays', async () => {
  const practice = await openTestPractice(server);
  const contacts = await saveContacts(practice, 120);
  await renew(practice);
  assert.equal((await practice.client.practice.session({})).staleRecords, 124);
  const { records } = await practice.client.membership.staleRecords({});
  const late = await sealAnew(practice, records, 2);
  const [record] = records.filter(({ kind }) => kind === 'contact');
  assert.ok(record);
  await assert.rejects(practice.client.contact.save({ ...record, id: record.id, version: 2 }), {
    code: 'VERSION_CONFLICT',
  });
  const place = {
    practiceId: practice.practiceId,
    kind: 'contact',
    id: record.id,
    version: 2,
    generation: 2,
  };
  const sealed = toBase64url(await sealRecord(await keyOf(practice, 2), { name: 'changed' }, place));
  await practice.client.contact.save({ ...place, id: record.id, sealed });
  await practice.client.membership.reseal({ records: late });
  await finish(practice, 2);
  assert.deepEqual(await openAll(practice), new Set([2]));
  assert.deepEqual(await wrapGenerations(practice), [[2], [2]]);
  const page = await practice.client.contact.list({ after: null });
  assert.equal(page.contacts.length, contacts.length);
  assert.equal(page.contacts.find(({ id }) => id === record.id)?.sealed, sealed);
});

test('a removed device with everything it saved opens nothing that lies there afterwards, nor what is written later', async () => {
  const practice = await openTestPractice(server);
  await bookMany(practice, 3);
  const removed = await practice.addDevice();
  const saved = new Map(practice.practiceKeys);
  const savedWraps = (await practice.client.practice.session({})).wraps;
  await practice.append({ kind: 'remove-device', deviceId: removed.deviceId });
  await finish(practice, await renew(practice));
  await bookSealedWithNewest(practice);

  const { db } = server.context;
  const rows = await db
    .selectFrom('appointment')
    .where('practice_id', '=', practice.practiceId)
    .selectAll()
    .execute();
  assert.equal(rows.length, 4);
  assert.deepEqual([...saved.keys()], [1]);
  for (const { id, version, generation, sealed } of rows) {
    const place = { practiceId: practice.practiceId, kind: 'appointment', id, version };
    for (const key of saved.values()) {
      for (const claimed of [generation, 1]) {
        const opening = openRecord(await recordKey(key), new Uint8Array(sealed), {
          ...place,
          generation: claimed,
        });
        await assert.rejects(opening, { code: 'cannot-open' });
      }
    }
  }
  const { wraps } = await practice.client.practice.session({});
  for (const { wrap, generation } of [...wraps, ...savedWraps]) {
    for (const claimed of [generation, 2]) {
      const context = [practice.practiceId, removed.deviceId, String(claimed)];
      await assert.rejects(unwrapAtDevice(fromBase64url(wrap), removed.keys.agree, context), {
        code: 'cannot-open',
      });
    }
  }
  await assert.rejects(removed.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  await assert.rejects(removed.signIn({ takeOver: true }), { code: 'SIGN_IN_REFUSED' });
});

test('interrupted at any step, another device goes on, and no record is lost or mixed up', async () => {
  const practice = await openTestPractice(server);
  await bookMany(practice, 5);
  const second = await practice.addDevice();
  await renew(practice);
  for (const count of [1, 2, 3]) {
    const { records } = await practice.client.membership.staleRecords({});
    const resealed = await sealAnew(practice, records.slice(0, count), 2);
    const { remaining } = await practice.client.membership.reseal({ records: resealed });
    // The answer was lost: the same again changes nothing.
    assert.deepEqual(await practice.client.membership.reseal({ records: resealed }), { remaining });
    assert.deepEqual(await openAll(practice), new Set([1, 2]));
  }
  await second.signIn({ takeOver: true });
  await finish({ ...practice, client: second.client }, 2);
  await practice.signIn({ takeOver: true });
  assert.deepEqual(await openAll(practice), new Set([2]));
});

test('a second renewal before the first is through leaves each record its own key until it is sealed anew', async () => {
  const practice = await openTestPractice(server);
  await bookMany(practice, 3);
  await renew(practice);
  const { records } = await practice.client.membership.staleRecords({});
  const late = await sealAnew(practice, records.slice(0, 2), 2);
  await practice.client.membership.reseal({ records: late.slice(0, 1) });
  await renew(practice);
  assert.deepEqual((await wrapGenerations(practice))[0], [1, 2, 3]);
  await assert.rejects(practice.client.membership.reseal({ records: late }), { code: 'VERSION_CONFLICT' });
  await finish(practice, 3);
  assert.deepEqual(await openAll(practice), new Set([3]));
  assert.deepEqual(await wrapGenerations(practice), [[3], [3]]);
});

test('a record that changes meanwhile keeps what was written, and the old keys go all the same', async () => {
  const practice = await openTestPractice(server);
  const { input } = await practice.newAppointment();
  await practice.client.appointment.book(input);
  await renew(practice);
  const { records } = await practice.client.membership.staleRecords({});
  const resealed = await sealAnew(practice, records, 2);
  const { input: changed } = await practice.newAppointment({ id: input.id });
  await practice.client.appointment.reschedule({ ...changed, version: 1 });
  assert.deepEqual(await practice.client.membership.reseal({ records: resealed }), { remaining: 0 });
  const { appointments } = await practice.client.appointment.list({ from: input.day, to: input.day });
  assert.equal(appointments[0]?.sealed, changed.sealed);

  await bookMany(practice, 1);
  await renew(practice);
  const again = await practice.client.membership.staleRecords({});
  const [last] = again.records;
  const others = again.records.filter((record) => record.kind !== 'appointment');
  assert.equal(last?.kind, 'appointment');
  await practice.client.membership.reseal({ records: await sealAnew(practice, others, 3) });
  for (const record of again.records.filter(({ kind }) => kind === 'appointment')) {
    const { id, version } = record;
    await practice.client.appointment.cancel({ id, version });
  }
  assert.deepEqual(await practice.client.membership.staleRecords({}), { records: [], remaining: 0 });
  assert.deepEqual(await wrapGenerations(practice), [[3], [3]]);
});

test('nothing is written with an older key, or with one that is still to come', async () => {
  const practice = await openTestPractice(server);
  const { input: old } = await practice.newAppointment();
  const { input: stored } = await practice.newAppointment();
  await practice.client.appointment.book(stored);
  const { profiles } = await practice.client.practice.session({});
  const [profile] = profiles;
  assert.ok(profile);
  await renew(practice);
  const { appointment, profile: profileApi } = practice.client;
  await assert.rejects(appointment.book(old), { code: 'VERSION_CONFLICT' });
  await assert.rejects(appointment.reschedule({ ...stored, version: 1 }), { code: 'VERSION_CONFLICT' });
  await assert.rejects(profileApi.save({ ...profile, version: 2 }), { code: 'VERSION_CONFLICT' });
  await assert.rejects(appointment.book({ ...old, generation: 3 }), { code: 'VERSION_CONFLICT' });
});

test('writers and a renewal at the same time leave no record with a key whose wraps are gone', async () => {
  const practice = await openTestPractice(server);
  const inputs = await Promise.all(Array.from({ length: 20 }, () => practice.newAppointment()));
  const { generation, key, wraps } = await newKey(practice);
  const entry = await practice.sign({ kind: 'renew-key', generation });
  practice.practiceKeys.set(generation, key);
  await Promise.all([
    ...inputs.map(({ input }) => practice.client.appointment.book(input).catch(() => {})),
    practice.client.membership.append({ entry, wraps, profiles: [] }),
  ]);
  await finish(practice, generation);
  assert.deepEqual(await openAll(practice), new Set([2]));
});

test('a renewal must reach exactly the devices of the log and the sheet', async () => {
  const practice = await openTestPractice(server);
  await practice.addDevice();
  const { wraps, generation } = await newKey(practice);
  const renewal = { kind: 'renew-key' as const, generation };
  const stranger = randomUUID() as TestMember['deviceId'];
  const wrong = [
    wraps.slice(1),
    wraps.filter(({ to }) => to !== 'recovery'),
    wraps.map((wrap) => ({ ...wrap, generation: 1 })),
    wraps.map((wrap, index) => (index === 0 ? { ...wrap, to: stranger } : wrap)),
    [...wraps, ...wraps.slice(0, 1)],
  ];
  for (const these of wrong) {
    await assert.rejects(practice.append(renewal, { wraps: these }), { code: 'BAD_INPUT' });
  }
  await assert.rejects(practice.append({ ...renewal, generation: 3 }, { wraps }), { code: 'FORBIDDEN' });
  await practice.append(renewal, { wraps });
});

test('records of another practice are neither shown nor sealed anew', async () => {
  const [practice, stranger] = [await openTestPractice(server), await openTestPractice(server)];
  await bookMany(practice, 1);
  await renew(practice);
  await renew(stranger);
  const { records } = await practice.client.membership.staleRecords({});
  const resealed = await sealAnew(practice, records, 2);
  const before = await stranger.client.membership.staleRecords({});
  assert.ok(before.records.every(({ id }) => !records.some((record) => record.id === id)));
  assert.deepEqual(await stranger.client.membership.reseal({ records: resealed }), {
    remaining: before.remaining,
  });
  assert.deepEqual(await practice.client.membership.staleRecords({}), { records, remaining: records.length });
});

test('a new sheet takes the place of the old one', async () => {
  const practice = await openTestPractice(server);
  const { log } = await practice.client.practice.session({});
  const { membership } = await verifyLog(log, practice.practiceId);
  const key = practice.practiceKeys.get(1);
  assert.ok(key);
  const to = { to: 'recovery' as const, agreeKey: membership.recovery.agreeKey };
  const wraps = [await testWrap(practice.practiceId, key, 1, to)];
  const locatorHash = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
  const recovery = { locatorHash, sealedKeys: 'AAAA' };
  const action = { kind: 'renew-recovery' as const, recovery: membership.recovery };
  await assert.rejects(practice.append(action, { recovery }), { code: 'BAD_INPUT' });
  await practice.append(action, { recovery, wraps });
  const sheet = await server.context.db
    .selectFrom('recovery_sheet')
    .where('practice_id', '=', practice.practiceId)
    .select('locator_hash')
    .executeTakeFirstOrThrow();
  assert.equal(sheet.locator_hash.toString('base64url'), locatorHash);
});
