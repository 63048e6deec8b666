import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import { openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const moment = new Date('2026-11-20T23:30:00Z'); // past midnight in Berlin
const today = '2026-11-21';

let server: TestServer;

before(async () => {
  const skewMs = moment.getTime() - Date.now();
  server = await startTestServer({ now: () => new Date(Date.now() + skewMs) });
});
after(() => server.close());

type Limits = { max_participants?: number; max_consultations_per_month?: number };

async function giveLimits(practice: TestPractice, limits: Limits): Promise<void> {
  const plan = { max_users: null, max_participants: null, max_consultations_per_month: null, ...limits };
  const id = `test-${randomUUID().slice(0, 8)}`;
  await server.context.db
    .insertInto('plan')
    .values({ id, ...plan })
    .execute();
  await server.context.db
    .updateTable('practice')
    .set({ plan: id })
    .where('id', '=', practice.practiceId)
    .execute();
}

async function withPeople(practice: TestPractice, count: number, changes: Partial<AppointmentInput> = {}) {
  const { input } = await practice.newAppointment(changes);
  const [first] = input.invitations;
  assert.ok(first);
  const others = Array.from({ length: count - 1 }, () => ({
    ...first,
    id: randomUUID() as typeof first.id,
    locatorHash: randomBytes(32).toString('base64url'),
  }));
  return { ...input, invitations: [first, ...others] };
}

async function book(practice: TestPractice, day: string): Promise<AppointmentInput> {
  const { input } = await practice.newAppointment({ day });
  await practice.client.appointment.book(input);
  return input;
}

test('more people than the plan has are refused, and no appointment stays', async () => {
  const practice = await openTestPractice(server);
  await giveLimits(practice, { max_participants: 2 });
  const { appointment } = practice.client;
  await appointment.book(await withPeople(practice, 2));
  await assert.rejects(appointment.book(await withPeople(practice, 3)), { code: 'PLAN_LIMIT' });
  const { appointments } = await appointment.list({ from: today, to: today });
  assert.equal(appointments.length, 1);
});

test('an appointment of a wider plan may be moved with all its people, and gets no more of them', async () => {
  const practice = await openTestPractice(server);
  await giveLimits(practice, {});
  const { appointment } = practice.client;
  const booked = await withPeople(practice, 3);
  await appointment.book(booked);
  await giveLimits(practice, { max_participants: 1 });
  await appointment.reschedule({ ...booked, day: '2026-11-22', version: 1 });
  const more = { ...(await withPeople(practice, 4, { id: booked.id })), version: 2 };
  await assert.rejects(appointment.reschedule(more), { code: 'PLAN_LIMIT' });
  await appointment.reschedule({ ...booked, invitations: booked.invitations.slice(0, 2), version: 2 });
});

test('a past appointment takes a note, also when its plan has become smaller and its codes are gone', async () => {
  const practice = await openTestPractice(server);
  await giveLimits(practice, {});
  const booked = await withPeople(practice, 3);
  await practice.client.appointment.book(booked);
  await giveLimits(practice, { max_participants: 1 });
  const { db } = server.context;
  await db.updateTable('appointment').set({ day: '2026-11-10' }).where('id', '=', booked.id).execute();
  await db.deleteFrom('invitation').where('appointment_id', '=', booked.id).execute();
  await practice.client.appointment.reschedule({ ...booked, day: '2026-11-10', version: 1 });
});

test('a month that is full takes no new appointment; other months do', async () => {
  const practice = await openTestPractice(server);
  await giveLimits(practice, { max_consultations_per_month: 3 });
  const { practiceId, userId } = practice;
  const counted = { practice_id: practiceId, practitioner_id: userId, month: '2026-11-01', consultations: 1 };
  await server.context.db.insertInto('consultation_count').values(counted).execute();
  const first = await book(practice, today);
  await book(practice, '2026-11-30');
  await assert.rejects(book(practice, '2026-11-24'), { code: 'PLAN_LIMIT' });
  const december = await book(practice, '2026-12-01');
  // What is booked may be moved, and a lost answer is given again.
  await practice.client.appointment.reschedule({ ...december, day: '2026-11-29', version: 1 });
  await practice.client.appointment.book(first);
  await practice.client.appointment.cancel({ id: first.id, version: 1, deliveries: [] });
  await practice.client.appointment.cancel({ id: december.id, version: 2, deliveries: [] });
  await book(practice, '2026-11-24');
});

test('of many who want the last place of a month one gets it', async () => {
  const practice = await openTestPractice(server);
  await giveLimits(practice, { max_consultations_per_month: 2 });
  await book(practice, today);
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => book(practice, '2026-11-25')));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'PLAN_LIMIT');
  }
});

test('past days that nobody came to do not use up the month', async () => {
  const practice = await openTestPractice(server);
  await giveLimits(practice, { max_consultations_per_month: 1 });
  const { id } = await book(practice, today);
  await server.context.db
    .updateTable('appointment')
    .set({ day: '2026-11-20' })
    .where('id', '=', id)
    .execute();
  await book(practice, today);
});
