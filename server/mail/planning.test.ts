import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { DeliveryInput } from '@sprechzimmer/protocol/delivery.ts';
import { newDelivery, readDelivery } from '../testing/test-deliveries.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { openContent, sealContent } from './seal-content.ts';

let server: TestServer;
let practice: TestPractice;
let stranger: TestPractice;
const moment = new Date('2027-03-20T12:00:00Z');

before(async () => {
  // Nothing listens there: what is planned stays.
  const smtp = { url: 'smtp://127.0.0.1:1', from: 'post@praxis.example', tls: 'required' as const };
  const sms = { url: 'http://127.0.0.1:1/', token: 't' };
  server = await startTestServer({ config: { smtp, sms }, now: () => moment });
  [practice, stranger] = await Promise.all([openTestPractice(server), openTestPractice(server)]);
  await Promise.all([allowUsers(server, practice), allowUsers(server, stranger)]);
});
after(() => server.close());

async function newAppointment(day: string, ...changes: Partial<DeliveryInput>[]): Promise<AppointmentInput> {
  const { input } = await practice.newAppointment({ day });
  const invitationId = input.invitations[0]?.id ?? null;
  const deliveries = changes.map((change) => newDelivery(moment, { invitationId, due: 'on-day', ...change }));
  return { ...input, deliveries };
}

async function book(day: string, ...changes: Partial<DeliveryInput>[]): Promise<AppointmentInput> {
  const input = await newAppointment(day, ...changes);
  await practice.client.appointment.book(input);
  return input;
}

async function dueAt(id = ''): Promise<string | undefined> {
  return (await readDelivery(server.context.db, id))?.due_at.toISOString();
}

async function setMailTime(mailTime: string): Promise<void> {
  await practice.client.practice.setMailTime({ mailTime });
}

test('the hour is the practice’s own, on both nights of a clock change, at both ends of the day', async () => {
  const expected = [
    ['07:00', '2027-03-27', '2027-03-27T06:00:00.000Z'],
    ['07:00', '2027-03-29', '2027-03-29T05:00:00.000Z'],
    ['02:30', '2027-03-28', '2027-03-28T01:30:00.000Z'], // there is no half past two
    ['02:30', '2027-10-31', '2027-10-31T00:30:00.000Z'], // there are two
    ['00:00', '2027-03-28', '2027-03-27T23:00:00.000Z'],
    ['23:59', '2027-03-28', '2027-03-28T21:59:00.000Z'],
    ['23:59', '2027-10-31', '2027-10-31T22:59:00.000Z'],
  ] as const;
  for (const [mailTime, day, due] of expected) {
    await setMailTime(mailTime);
    const { deliveries } = await book(day, {});
    assert.equal(await dueAt(deliveries[0]?.id), due, `${day} ${mailTime}`);
  }
});

test('what waits for its day moves along with the hour; what was for at once, or another practice’s, does not', async () => {
  await setMailTime('07:00');
  const { deliveries } = await book('2027-03-28', {}, { channel: 'sms', due: 'now', to: '+4930123456' });
  const [onDay, atOnce] = deliveries.map(({ id }) => id);
  const before = await dueAt(atOnce);
  await stranger.client.practice.setMailTime({ mailTime: '09:00' });
  assert.equal(await dueAt(onDay), '2027-03-28T05:00:00.000Z');
  await setMailTime('02:30');
  assert.equal(await dueAt(onDay), '2027-03-28T01:30:00.000Z');
  assert.equal(await dueAt(atOnce), before);
  assert.equal((await practice.client.practice.session({})).practice.mailTime, '02:30');
});

test('only the main user sets the hour', async () => {
  const member = await practice.addUser('practitioner');
  await assert.rejects(member.client.practice.setMailTime({ mailTime: '08:00' }), { code: 'FORBIDDEN' });
});

test('what waits is sealed: neither address nor link can be read in the database', async () => {
  const { deliveries } = await book('2027-03-25', {
    to: 'canary@beispiel.example',
    text: 'https://x/#CANARY',
  });
  const row = await readDelivery(server.context.db, deliveries[0]?.id ?? '');
  assert.equal(row?.state, 'waiting');
  assert.doesNotMatch(row.content?.toString('latin1') ?? '', /canary|beispiel|https/i);
  const columns = JSON.stringify({ ...row, content: null });
  assert.doesNotMatch(columns, /canary|beispiel/i);
});

test('a sealed content opens only in its own place and unchanged', () => {
  const key = randomBytes(32);
  const place = { deliveryId: randomUUID(), practiceId: randomUUID() };
  const { to, subject, text, calendarFile, endsAt } = newDelivery(moment);
  const sealed = sealContent(key, place, { to, subject, text, calendarFile, endsAt });
  assert.deepEqual(openContent(key, place, sealed), { to, subject, text, calendarFile, endsAt });
  for (const elsewhere of [
    { ...place, deliveryId: randomUUID() },
    { ...place, practiceId: randomUUID() },
  ]) {
    assert.throws(() => openContent(key, elsewhere, sealed));
  }
  assert.throws(() => openContent(randomBytes(32), place, sealed));
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    assert.throws(() => openContent(key, place, changed), `byte ${index}`);
  }
  assert.throws(() => openContent(key, place, sealed.subarray(0, 20)));
});

test('an appointment that is booked again, or changed without a word about it, keeps its message once', async () => {
  const input = await book('2027-03-25', {});
  const [delivery] = input.deliveries;
  await practice.client.appointment.book(input);
  const keepDeliveries = [delivery?.id ?? assert.fail()];
  const next = { ...input, version: 1, keepDeliveries };
  await practice.client.appointment.reschedule(next); // the very same message once more
  await practice.client.appointment.reschedule({ ...next, version: 2, deliveries: [] });
  const { appointments } = await practice.client.appointment.list({ from: input.day, to: input.day });
  const stored = appointments.find(({ id }) => id === input.id)?.deliveries ?? [];
  assert.deepEqual(
    stored.map(({ id, state, channel, reason }) => ({ id, state, channel, reason })),
    [{ id: delivery?.id, state: 'waiting', channel: 'mail', reason: null }],
  );
});

test('moved or cancelled, what waited is gone; the notice stays', async () => {
  const { db } = server.context;
  const moved = await book('2027-03-25', {});
  const { input: next } = await practice.newAppointment({ id: moved.id, day: '2027-03-26' });
  await practice.client.appointment.reschedule({ ...next, version: 1 });
  assert.equal(await readDelivery(db, moved.deliveries[0]?.id ?? ''), undefined);

  const dropped = await book('2027-03-25', {});
  await practice.client.appointment.reschedule({ ...dropped, deliveries: [], version: 1 });
  assert.equal(await readDelivery(db, dropped.deliveries[0]?.id ?? ''), undefined);

  const cancelled = await book('2027-03-25', {});
  const notice = newDelivery(moment, { invitationId: null });
  await practice.client.appointment.cancel({ id: cancelled.id, version: 1, deliveries: [notice] });
  assert.equal(await readDelivery(db, cancelled.deliveries[0]?.id ?? ''), undefined);
  assert.equal((await readDelivery(db, notice.id))?.appointment_id, null);
});

test('an address that is none is refused, and with it the whole appointment', async () => {
  const wrong: Partial<DeliveryInput>[] = [
    'erika',
    'erika@',
    'a@b.example, c@d.example',
    'a@b.example;c@d.example',
    'Erika <a@b.example>',
    'a@b.example>',
    'a b@c.example',
    `${'a'.repeat(250)}@b.example`,
  ].map((to) => ({ to }));
  const numbers = ['030 123456', '+49 30 123456', '+0301234', '+491', `+49${'1'.repeat(20)}`, 'a@b.example'];
  wrong.push(...numbers.map((to) => ({ channel: 'sms' as const, to })));
  const smuggled = [
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example\n',
    'a@b.example\u0000',
    'a@b.example\u2028',
  ];
  wrong.push(...smuggled.map((to) => ({ to })), { subject: 'Termin\r\nBcc: c@d.example' });
  wrong.push({ text: '' }, { text: 'x'.repeat(4_001) }, { endsAt: 'morgen' });
  for (const changes of wrong) {
    const input = await newAppointment('2027-03-25', changes);
    await assert.rejects(
      practice.client.appointment.book(input),
      { code: 'BAD_INPUT' },
      JSON.stringify(changes),
    );
    const { appointments } = await practice.client.appointment.list({ from: input.day, to: input.day });
    assert.ok(appointments.every(({ id }) => id !== input.id));
  }
});

test('a domain with an umlaut is understood', async () => {
  const { deliveries } = await book('2027-03-25', { to: 'info@praxis-müller.example' });
  const row = await readDelivery(server.context.db, deliveries[0]?.id ?? '');
  const place = { deliveryId: row?.id ?? '', practiceId: practice.practiceId };
  const key = server.context.config.serverKey ?? assert.fail();
  assert.equal(
    openContent(key, place, row?.content ?? assert.fail()).to,
    'info@xn--praxis-mller-klb.example',
  );
});

test('an invitation of another appointment or practice, or a notice for later, is bad input', async () => {
  const other = await book('2027-03-25');
  const { input: theirs } = await stranger.newAppointment({ day: '2027-03-25' });
  await stranger.client.appointment.book(theirs);
  for (const invitationId of [other.invitations[0]?.id, theirs.invitations[0]?.id, null]) {
    const input = await newAppointment('2027-03-25', { invitationId: invitationId ?? null });
    await assert.rejects(practice.client.appointment.book(input), { code: 'BAD_INPUT' });
  }
  const [invitation] = other.invitations;
  const deliveries = [newDelivery(moment, { invitationId: invitation?.id ?? null })];
  const cancel = practice.client.appointment.cancel({ id: other.id, version: 1, deliveries });
  await assert.rejects(cancel, { code: 'BAD_INPUT' });
});

test('two messages to one participant the same way, or an id that is in use elsewhere, are a conflict', async () => {
  const twice = await newAppointment('2027-03-25', {}, {});
  await assert.rejects(practice.client.appointment.book(twice), { code: 'VERSION_CONFLICT' });
  const taken = await book('2027-03-25', {});
  const { input } = await stranger.newAppointment({ day: '2027-03-25' });
  const invitationId = input.invitations[0]?.id ?? null;
  const deliveries = [newDelivery(moment, { id: taken.deliveries[0]?.id ?? assert.fail(), invitationId })];
  await assert.rejects(stranger.client.appointment.book({ ...input, deliveries }), {
    code: 'VERSION_CONFLICT',
  });
});

test('a plan without server mail or SMS says so', async () => {
  const { db } = server.context;
  await db.updateTable('practice').set({ plan: 'basis' }).where('id', '=', practice.practiceId).execute();
  try {
    for (const changes of [{}, { channel: 'sms' as const, to: '+4930123456' }]) {
      const input = await newAppointment('2027-03-25', changes);
      await assert.rejects(practice.client.appointment.book(input), { code: 'PLAN_LIMIT' });
    }
  } finally {
    await allowUsers(server, practice);
  }
});

test('troubles are told to the practice, newest first, until somebody has read of them or they are old', async () => {
  const { db } = server.context;
  const { deliveries, ...input } = await book('2027-03-25', {}, { channel: 'sms', to: '+4930123456' });
  const [first, second] = deliveries.map(({ id }) => id);
  const notice = newDelivery(moment, { invitationId: null });
  const cancelled = await book('2027-03-25');
  await practice.client.appointment.cancel({ id: cancelled.id, version: 1, deliveries: [notice] });
  const minutes = [first, second, notice.id].entries();
  for (const [index, id] of minutes) {
    const changed_at = new Date(moment.getTime() + index * 60_000);
    const end = { state: 'refused', reason: 'address', content: null, changed_at };
    await db
      .updateTable('delivery')
      .set(end)
      .where('id', '=', id ?? '')
      .execute();
  }
  const ids = async (client = practice.client) =>
    (await client.delivery.troubles({})).troubles.map((trouble) => trouble.id);
  assert.deepEqual(await ids(), [notice.id, second, first]);
  assert.deepEqual(await ids(stranger.client), []);
  const { troubles } = await practice.client.delivery.troubles({});
  assert.deepEqual([troubles[0]?.appointmentId, troubles[0]?.day], [null, null]);
  assert.deepEqual([troubles[2]?.appointmentId, troubles[2]?.day], [input.id, '2027-03-25']);

  const id = second ?? assert.fail();
  for (const unknown of [id, randomUUID() as typeof id]) {
    await assert.rejects(stranger.client.delivery.dismiss({ id: unknown }), { code: 'NOT_FOUND' });
  }
  await practice.client.delivery.dismiss({ id });
  await practice.client.delivery.dismiss({ id });
  assert.deepEqual(await ids(), [notice.id, first]);
  const old = new Date(moment.getTime() - 14 * 86_400_000);
  await db.updateTable('delivery').set({ changed_at: old }).where('id', '=', notice.id).execute();
  assert.deepEqual(await ids(), [first]);
});
