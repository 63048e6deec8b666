import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { Secret, TOTP } from 'otpauth';
import { deletionGraceDays } from '@sprechzimmer/protocol/retention.ts';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { TestMember } from '../testing/test-members.ts';
import { allowUsers, openTestPractice, testPassword, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { sweep } from './sweep.ts';

const dayMs = 86_400_000;
const maxDays = 60;

let server: TestServer;
let practice: TestPractice;
let ahead = 0;

before(async () => {
  server = await startTestServer({
    now: () => new Date(Date.now() + ahead),
    config: { retentionMaxDays: maxDays },
  });
});
after(() => server.close());
beforeEach(async () => {
  ahead = 0;
  practice = await openTestPractice(server);
});

const today = () => calendarDayIn('Europe/Berlin', server.context.now());

/** Appointments of so many days ago; negative: of days to come. */
async function addAppointments(of: TestMember, daysAgo: number[]): Promise<void> {
  const shared = { practice_id: of.practiceId, practitioner_id: of.userId, version: 1, generation: 1 };
  const sealed = randomBytes(8);
  const rows = daysAgo.map((days) => ({ ...shared, id: randomUUID(), day: addDays(today(), -days), sealed }));
  await server.context.db.insertInto('appointment').values(rows).execute();
}

async function kindsOf(of: TestMember): Promise<string[]> {
  const { events } = await of.client.securityEvent.list({ before: null });
  return events.map(({ kind }) => kind);
}

test('what a shorter retention deletes is told first, then it is deleted at once, and both logs have it', async () => {
  const { client } = practice;
  await addAppointments(practice, [59, 31, 30, 29, 0, -3]);
  assert.deepEqual(await client.retention.view({}), { days: maxDays, maxDays });
  assert.deepEqual(await client.retention.preview({ days: 30 }), {
    appointments: 2,
    oldest: addDays(today(), -59),
    newest: addDays(today(), -31),
    keptFrom: addDays(today(), -30),
  });
  const set = (days: number, confirmed: number, password = testPassword) =>
    client.retention.set({ days, confirmed, password });
  await assert.rejects(set(30, 2, 'ein falsches Passwort'), { code: 'SIGN_IN_REFUSED' });
  await assert.rejects(set(30, 1), { code: 'VERSION_CONFLICT' });
  await assert.rejects(set(maxDays + 1, 6), { code: 'BAD_INPUT' });
  await assert.rejects(set(91, 6), { code: 'BAD_INPUT' });
  await assert.rejects(set(0, 6), { code: 'BAD_INPUT' });
  assert.equal((await client.export.appointments({ after: null })).appointments.length, 6);

  assert.deepEqual(await set(30, 2), { deleted: 2 });
  assert.deepEqual(await client.retention.view({}), { days: 30, maxDays });
  assert.equal((await client.export.appointments({ after: null })).appointments.length, 4);
  assert.equal((await kindsOf(practice))[0], 'retention-changed');
  const { deletions } = await client.retention.deletions({ before: null });
  assert.deepEqual(
    deletions.map(({ kind, rule, count, oldest, newest }) => [kind, rule, count, oldest, newest]),
    [['appointment', 'retention', 2, addDays(today(), -59), addDays(today(), -31)]],
  );
  assert.deepEqual(await set(maxDays, 0), { deleted: 0 });
  assert.equal((await sweep(server.context)).appointments, 0);
});

test('nobody but the main user sees or changes retention, log, export or the practice’s end', async () => {
  await allowUsers(server, practice);
  const { client } = await practice.addUser('practitioner');
  const password = testPassword;
  for (const refused of [
    () => client.retention.view({}),
    () => client.retention.preview({ days: 30 }),
    () => client.retention.set({ days: 30, confirmed: 0, password }),
    () => client.retention.deletions({ before: null }),
    () => client.practiceDeletion.contents({}),
    () => client.practiceDeletion.request({ password }),
    () => client.practiceDeletion.undo({}),
    () => client.export.begin({ password }),
    () => client.export.appointments({ after: null }),
    () => client.export.counts({}),
  ]) {
    await assert.rejects(refused(), { code: 'FORBIDDEN' });
  }
});

test('a practice reads its own lines of the deletion log and no other’s, page by page', async () => {
  const other = await openTestPractice(server);
  const { db } = server.context;
  const at = server.context.now();
  const line = { at, kind: 'contact', rule: 'by-practice' };
  const lines = Array.from({ length: 130 }, (_, index) => ({
    ...line,
    practice_id: practice.practiceId,
    count: index + 1,
    day: addDays(today(), -index),
  }));
  await db.insertInto('deletion_log').values(lines).execute();
  const foreign = { ...line, practice_id: other.practiceId, count: 7, day: today() };
  await db.insertInto('deletion_log').values(foreign).execute();
  const first = (await practice.client.retention.deletions({ before: null })).deletions;
  const rest = (await practice.client.retention.deletions({ before: first.at(-1)?.id ?? null })).deletions;
  assert.deepEqual([first.length, rest.length], [100, 30]);
  assert.deepEqual(
    [...first, ...rest].map(({ count }) => count),
    Array.from({ length: 130 }, (_, index) => 130 - index),
  );
  await assert.rejects(practice.client.retention.deletions({ before: '1 or 1=1' }), { code: 'BAD_INPUT' });
});

test('a cancelled appointment, a removed contact and a removed device are in the deletion log', async () => {
  const { client } = practice;
  const { input } = await practice.newAppointment();
  await client.appointment.book(input);
  await client.appointment.cancel({ id: input.id, version: 1, deliveries: [] });
  const sealed = randomBytes(40).toString('base64url');
  const contact = { id: randomUUID() as never, version: 1, generation: 1, sealed };
  await client.contact.save(contact);
  await assert.rejects(client.contact.remove({ id: contact.id, version: 2 }), { code: 'VERSION_CONFLICT' });
  await client.contact.remove({ id: contact.id, version: 1 });
  const device = await practice.addDevice();
  await practice.append({ kind: 'remove-device', deviceId: device.deviceId });
  const { deletions } = await client.retention.deletions({ before: null });
  assert.deepEqual(
    deletions.map(({ kind, rule, count, oldest }) => `${kind} ${rule} ${count} ${oldest}`),
    ['device by-practice 1 null', 'contact by-practice 1 null', `appointment by-practice 1 ${input.day}`],
  );
});

test('the end of a practice takes the password, can be taken back for seven days, and then takes everything', async () => {
  const { client, email } = practice;
  await addAppointments(practice, [3, 0, -20]);
  await server.context.db
    .insertInto('consultation_count')
    .values({
      practice_id: practice.practiceId,
      practitioner_id: practice.userId,
      month: `${today().slice(0, 7)}-01`,
      consultations: 5,
    })
    .execute();
  const counts = { users: 1, devices: 1, contacts: 0, appointments: 3 };
  const contents = { ...counts, comingAppointments: 2, consultations: 5 };
  assert.deepEqual(await client.practiceDeletion.contents({}), contents);
  const dueOf = async () => (await client.practice.session({})).practice.deletionDueAt;
  await assert.rejects(client.practiceDeletion.request({ password: 'ein falsches Passwort' }), {
    code: 'SIGN_IN_REFUSED',
  });
  assert.equal(await dueOf(), null);

  const { dueAt } = await client.practiceDeletion.request({ password: testPassword });
  assert.ok(Math.abs(Date.parse(dueAt) - Date.now() - deletionGraceDays * dayMs) < 60_000);
  ahead = dayMs;
  await practice.signIn();
  assert.deepEqual(await client.practiceDeletion.request({ password: testPassword }), { dueAt });
  assert.equal(await dueOf(), dueAt);
  await client.practiceDeletion.undo({});
  await client.practiceDeletion.undo({});
  assert.equal(await dueOf(), null);
  assert.deepEqual(
    (await kindsOf(practice)).filter((kind) => kind.startsWith('deletion')),
    ['deletion-undone', 'deletion-requested'],
  );
  ahead = 8 * dayMs;
  await sweep(server.context);
  await practice.signIn();

  await client.practiceDeletion.request({ password: testPassword });
  ahead += deletionGraceDays * dayMs - 60_000;
  await sweep(server.context);
  await practice.signIn();
  ahead += 120_000;
  await sweep(server.context);
  await assert.rejects(client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  await assert.rejects(practice.signIn(), { code: 'SIGN_IN_REFUSED' });
  const { db } = server.context;
  assert.deepEqual(await db.selectFrom('practice_user').where('email', '=', email).selectAll().execute(), []);
});

test('a user with a second factor ends no practice without it', async () => {
  const { client } = practice;
  const { secret } = await client.secondFactor.beginTotp({ password: testPassword });
  const codeIn = (steps: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
  await client.secondFactor.confirmTotp({ code: codeIn(0) });
  const request = (code?: string) =>
    client.practiceDeletion.request({
      password: testPassword,
      ...(code && { secondFactor: { kind: 'totp', code } }),
    });
  await assert.rejects(request(), { code: 'SECOND_FACTOR_NEEDED' });
  await assert.rejects(request('000000'), { code: 'SECOND_FACTOR_NEEDED' });
  assert.equal((await client.practice.session({})).practice.deletionDueAt, null);
  ahead = 30_000;
  await request(codeIn(1));
  assert.notEqual((await client.practice.session({})).practice.deletionDueAt, null);
});

test('guesses at the password that ends a practice are refused after ten', async () => {
  const guess = () => practice.client.practiceDeletion.request({ password: 'ein falsches Passwort' });
  for (let count = 0; count < 10; count++) await assert.rejects(guess(), { code: 'SIGN_IN_REFUSED' });
  await assert.rejects(guess(), { code: 'TOO_MANY_ATTEMPTS' });
  await assert.rejects(practice.client.practiceDeletion.request({ password: testPassword }), {
    code: 'TOO_MANY_ATTEMPTS',
  });
});

test('an export begins with the password, is told to all, and its pages join without a gap', async () => {
  const other = await openTestPractice(server);
  await addAppointments(other, [1, 2, 3]);
  const { client } = practice;
  await assert.rejects(client.export.begin({ password: 'ein falsches Passwort' }), {
    code: 'SIGN_IN_REFUSED',
  });
  assert.ok(!(await kindsOf(practice)).includes('data-exported'));
  await client.export.begin({ password: testPassword });
  assert.equal((await kindsOf(practice))[0], 'data-exported');

  // Several on one day, and a page that ends within a day.
  await addAppointments(
    practice,
    Array.from({ length: 450 }, (_, index) => (index % 50) - 25),
  );
  const seen: string[] = [];
  let after: Awaited<ReturnType<typeof client.export.appointments>>['next'] = null;
  let pages = 0;
  do {
    const page: Awaited<ReturnType<typeof client.export.appointments>> = await client.export.appointments({
      after,
    });
    seen.push(...page.appointments.map(({ day, id }) => `${day} ${id}`));
    after = page.next;
    pages += 1;
  } while (after !== null);
  assert.deepEqual([seen.length, new Set(seen).size, pages], [450, 450, 3]);
  assert.deepEqual(seen, seen.toSorted());
  assert.deepEqual(await client.export.counts({}), { consultations: [], cases: [] });
});
