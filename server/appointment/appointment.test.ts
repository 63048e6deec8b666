import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type AppointmentInput, maxHostCodes } from '@sprechzimmer/protocol/appointment.ts';
import { maxCardBytes } from '@sprechzimmer/protocol/invitation.ts';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import { addDays, calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import { allowUsers, openTestPractice, type TestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const moment = new Date('2026-11-20T23:30:00Z'); // past midnight in Berlin
const today = '2026-11-21';

let server: TestServer;
let practice: TestPractice;
let stranger: TestPractice;
let skewMs: number;

before(async () => {
  skewMs = moment.getTime() - Date.now();
  // No mail is due in this test; that there is a mail server is enough.
  const smtp = { url: 'smtps://localhost:1', from: 'praxis@example.org', tls: 'required' as const };
  server = await startTestServer({ config: { smtp }, now: () => new Date(Date.now() + skewMs) });
  [practice, stranger] = await Promise.all([openTestPractice(server), openTestPractice(server)]);
  await allowUsers(server, practice);
});
after(() => server.close());

async function book(changes?: Partial<AppointmentInput>): Promise<AppointmentInput> {
  const { input } = await practice.newAppointment(changes);
  await practice.client.appointment.book(input);
  return input;
}

async function stored(input: AppointmentInput) {
  const { appointments } = await practice.client.appointment.list({ from: input.day, to: input.day });
  return appointments.find((appointment) => appointment.id === input.id);
}

async function invitationIds(input: AppointmentInput): Promise<string[]> {
  const { db } = server.context;
  const rows = await db
    .selectFrom('invitation')
    .select('id')
    .where('appointment_id', '=', input.id)
    .execute();
  return rows.map((row) => row.id);
}

function codeOf(outcome: PromiseSettledResult<unknown>): string {
  return outcome.status === 'fulfilled' ? 'answered' : (outcome.reason as { code: string }).code;
}

test('a booked appointment comes back with its day, and its record unread', async () => {
  const input = await book();
  assert.equal(input.day, calendarDayIn('Europe/Berlin', moment));
  assert.deepEqual(await stored(input), {
    id: input.id,
    practitionerId: practice.userId,
    day: today,
    version: 1,
    generation: 1,
    sealed: input.sealed,
    heldAt: null,
    invitations: input.invitations.map(({ id }) => ({
      id,
      openedAt: null,
      arrivedAt: null,
      attendedAt: null,
      isHere: false,
      consent: null,
    })),
    deliveries: [],
  });
  assert.equal((await invitationIds(input)).length, 1);
});

test('the same booking sent again is answered like the first time, even at the same time', async () => {
  const { input } = await practice.newAppointment();
  const answers = await Promise.all(Array.from({ length: 5 }, () => practice.client.appointment.book(input)));
  assert.deepEqual(
    answers,
    Array.from({ length: 5 }, () => ({ version: 1 })),
  );
  assert.equal((await invitationIds(input)).length, 1);
});

test('an id, an invitation or a code in use is a conflict, and nothing of the booking stays', async () => {
  const first = await book();
  const [invitation] = first.invitations;
  assert.ok(invitation);
  const { input: fresh } = await practice.newAppointment();
  const [other] = fresh.invitations;
  assert.ok(other);
  const conflicting: Partial<AppointmentInput>[] = [
    { id: first.id },
    { invitations: [{ ...other, locatorHash: invitation.locatorHash }] },
    { invitations: [other, { ...other, id: invitation.id }] },
  ];
  for (const changes of conflicting) {
    await assert.rejects(practice.client.appointment.book({ ...fresh, ...changes }), {
      code: 'VERSION_CONFLICT',
    });
  }
  assert.equal(await stored(fresh), undefined);
  assert.equal((await stored(first))?.sealed, first.sealed);
});

test('a day that is over at the practice, or two years ahead, is bad input', async () => {
  for (const day of [addDays(today, -1), addDays(today, 732), '9999-12-31', '0000-01-01']) {
    await assert.rejects(book({ day }), { code: 'BAD_INPUT' }, day);
  }
  await book({ day: addDays(today, 731) });
});

test('the practitioner must be of the practice; a foreign one is like none', async () => {
  for (const practitionerId of [stranger.userId, randomUUID()]) {
    await assert.rejects(book({ practitionerId: practitionerId as UserId }), { code: 'NOT_FOUND' });
  }
});

test('a range is at most 62 days and not turned round', async () => {
  const { list } = practice.client.appointment;
  await list({ from: today, to: addDays(today, 61) });
  for (const to of [addDays(today, 62), addDays(today, -1)]) {
    await assert.rejects(list({ from: today, to }), { code: 'BAD_INPUT' });
  }
  await assert.rejects(list({ from: '0000-01-01', to: '0000-01-02' }), { code: 'BAD_INPUT' });
});

test('the largest appointment that the contract allows fits through', async () => {
  const { input } = await practice.newAppointment();
  const card = randomBytes(maxCardBytes).toString('base64url');
  const invitations = Array.from({ length: 9 }, () => ({
    id: randomUUID() as AppointmentInput['invitations'][number]['id'],
    locatorHash: randomBytes(32).toString('base64url'),
    card,
  }));
  const hostCodes = Array.from({ length: maxHostCodes }, () => ({
    id: randomUUID() as AppointmentInput['hostCodes'][number]['id'],
    locatorHash: randomBytes(32).toString('base64url'),
    card: randomBytes(8_192).toString('base64url'),
  }));
  const deliveries = invitations.map(({ id }) => ({
    id: randomUUID() as AppointmentInput['deliveries'][number]['id'],
    invitationId: id,
    channel: 'mail' as const,
    due: 'on-day' as const,
    to: 'a@example.org',
    subject: '字'.repeat(200),
    text: '字'.repeat(4_000),
    calendarFile: '字'.repeat(4_000),
    endsAt: moment.toISOString(),
  }));
  const sealed = randomBytes(65_536).toString('base64url');
  await practice.client.appointment.book({ ...input, sealed, invitations, hostCodes, deliveries });
});

test('rescheduling replaces day, record and invitations; codes that are not given again are gone', async () => {
  const input = await book();
  const { input: next } = await practice.newAppointment({ id: input.id, day: addDays(today, 3) });
  assert.deepEqual(await practice.client.appointment.reschedule({ ...next, version: 1 }), { version: 2 });
  assert.deepEqual(await stored(next), {
    ...(await stored(next)),
    day: addDays(today, 3),
    version: 2,
    sealed: next.sealed,
  });
  assert.deepEqual(
    await invitationIds(input),
    next.invitations.map((invitation) => invitation.id),
  );
});

test('a code that is given again stays good when only the record changes', async () => {
  const input = await book();
  const { input: next } = await practice.newAppointment({ id: input.id, invitations: input.invitations });
  await practice.client.appointment.reschedule({ ...next, version: 1 });
  assert.deepEqual(
    await invitationIds(input),
    input.invitations.map((invitation) => invitation.id),
  );
});

test('rescheduling sent again with the very same content is answered like the first time', async () => {
  const input = await book();
  const { input: next } = await practice.newAppointment({ id: input.id });
  for (let attempt = 0; attempt < 2; attempt++) {
    assert.deepEqual(await practice.client.appointment.reschedule({ ...next, version: 1 }), { version: 2 });
  }
});

test('of two who change the same version at once, one wins and the other is told', async () => {
  const input = await book();
  const versions = await Promise.all([0, 1, 2, 3].map(() => practice.newAppointment({ id: input.id })));
  const outcomes = await Promise.allSettled(
    versions.map((next) => practice.client.appointment.reschedule({ ...next.input, version: 1 })),
  );
  assert.deepEqual(outcomes.map(codeOf).sort(), [
    'VERSION_CONFLICT',
    'VERSION_CONFLICT',
    'VERSION_CONFLICT',
    'answered',
  ]);
  assert.equal((await stored(input))?.version, 2);
  assert.equal((await invitationIds(input)).length, 1);
});

test('rescheduling to a code of another appointment changes nothing', async () => {
  const [one, two] = [await book(), await book()];
  const { input: next } = await practice.newAppointment({ id: two.id, invitations: one.invitations });
  await assert.rejects(practice.client.appointment.reschedule({ ...next, version: 1 }), {
    code: 'VERSION_CONFLICT',
  });
  assert.equal((await stored(two))?.version, 1);
  assert.deepEqual(
    await invitationIds(two),
    two.invitations.map((invitation) => invitation.id),
  );
});

test('cancelling takes appointment and codes away; a second time there is nothing', async () => {
  const input = await book();
  const { cancel } = practice.client.appointment;
  await assert.rejects(cancel({ id: input.id, version: 2 }), { code: 'VERSION_CONFLICT' });
  await cancel({ id: input.id, version: 1 });
  assert.equal(await stored(input), undefined);
  assert.deepEqual(await invitationIds(input), []);
  await assert.rejects(cancel({ id: input.id, version: 1 }), { code: 'NOT_FOUND' });
});

test('another practice’s appointments are neither listed nor changed, and answer like ids that nobody has', async () => {
  const input = await book();
  const { client } = stranger;
  assert.deepEqual(await client.appointment.list({ from: today, to: today }), { appointments: [] });
  for (const id of [input.id, randomUUID() as AppointmentInput['id']]) {
    const { input: theirs } = await stranger.newAppointment({ id });
    const outcomes = await Promise.allSettled([
      client.appointment.cancel({ id, version: 1 }),
      client.appointment.reschedule({ ...theirs, version: 1 }),
    ]);
    for (const outcome of outcomes) {
      assert.equal(outcome.status, 'rejected');
      const { code, status, message, data } = outcome.reason;
      assert.deepEqual(
        { code, status, message, data },
        { code: 'NOT_FOUND', status: 404, message: 'There is no such thing here.', data: undefined },
      );
    }
  }
  assert.equal((await stored(input))?.version, 1);
});

test('a version that no column holds is bad input, a key that is not the newest a conflict', async () => {
  const input = await book();
  await assert.rejects(practice.client.appointment.cancel({ id: input.id, version: 2 ** 40 }), {
    code: 'BAD_INPUT',
  });
  await assert.rejects(book({ generation: 2 ** 40 }), { code: 'VERSION_CONFLICT' });
  await assert.rejects(book({ generation: 2 }), { code: 'VERSION_CONFLICT' });
});

test('an invitation that stays over a change keeps what is known of it; one that goes takes it along', async () => {
  const input = await book();
  const [kept] = input.invitations;
  assert.ok(kept);
  const { db } = server.context;
  const openedAt = new Date(moment);
  await db.updateTable('invitation').set({ opened_at: openedAt }).where('id', '=', kept.id).execute();
  const { input: added } = await practice.newAppointment({ id: input.id });
  const both = { ...added, invitations: [kept, ...added.invitations] };
  await practice.client.appointment.reschedule({ ...both, version: 1 });
  const traces = (await stored(input))?.invitations ?? [];
  assert.equal(traces.length, 2);
  assert.equal(traces.find(({ id }) => id === kept.id)?.openedAt, openedAt.toISOString());
  const { input: other } = await practice.newAppointment({ id: input.id });
  await practice.client.appointment.reschedule({ ...other, version: 2 });
  assert.deepEqual(
    await invitationIds(input),
    other.invitations.map(({ id }) => id),
  );
});

test('host codes live with their appointment’s version: given again they stay, left out they are gone', async () => {
  const hostCode = {
    id: randomUUID() as AppointmentInput['hostCodes'][number]['id'],
    locatorHash: randomBytes(32).toString('base64url'),
    card: randomBytes(60).toString('base64url'),
  };
  const input = await book({ hostCodes: [hostCode] });
  const codes = async () =>
    server.context.db
      .selectFrom('host_code')
      .where('appointment_id', '=', input.id)
      .select(['id', 'day'])
      .execute();
  assert.deepEqual(await codes(), [{ id: hostCode.id, day: today }]);
  const { input: next } = await practice.newAppointment({ id: input.id, hostCodes: [hostCode] });
  await practice.client.appointment.reschedule({ ...next, version: 1 });
  assert.equal((await codes()).length, 1);
  const { input: last } = await practice.newAppointment({ id: input.id });
  await practice.client.appointment.reschedule({ ...last, version: 2 });
  assert.deepEqual(await codes(), []);
});

test('a host code of another appointment cannot be taken over', async () => {
  const hostCode = {
    id: randomUUID() as AppointmentInput['hostCodes'][number]['id'],
    locatorHash: randomBytes(32).toString('base64url'),
    card: randomBytes(60).toString('base64url'),
  };
  await book({ hostCodes: [hostCode] });
  await assert.rejects(
    book({ hostCodes: [{ ...hostCode, locatorHash: randomBytes(32).toString('base64url') }] }),
    {
      code: 'VERSION_CONFLICT',
    },
  );
  await assert.rejects(book({ hostCodes: [{ ...hostCode, id: randomUUID() as typeof hostCode.id }] }), {
    code: 'VERSION_CONFLICT',
  });
});

test('a cancelled appointment can be given again as it was: taking the cancellation back', async () => {
  const input = await book();
  await practice.client.appointment.cancel({ id: input.id, version: 1 });
  assert.deepEqual(await practice.client.appointment.book(input), { version: 1 });
  assert.deepEqual(
    await invitationIds(input),
    input.invitations.map(({ id }) => id),
  );
});

test('a participant’s answer is shown until the record takes it, whatever day it is of, and a newer one again', async () => {
  const input = await book();
  const { db } = server.context;
  const [invitation] = input.invitations;
  assert.ok(invitation);
  const answer = async (sealed: Buffer) =>
    db
      .insertInto('consent')
      .values({ invitation_id: invitation.id, appointment_id: input.id, sealed, at: moment })
      .onConflict((conflict) => conflict.column('invitation_id').doUpdateSet({ sealed, is_taken: false }))
      .execute();
  const open = async () => (await practice.client.appointment.answered({})).appointments.map(({ id }) => id);
  const [first, second] = [randomBytes(60), randomBytes(60)];
  await answer(first);
  // The day is long past, and its invitation's row is gone.
  await db.updateTable('appointment').set({ day: '2026-11-01' }).where('id', '=', input.id).execute();
  await db.deleteFrom('invitation').where('appointment_id', '=', input.id).execute();
  assert.deepEqual(await open(), [input.id]);
  assert.deepEqual((await stranger.client.appointment.answered({})).appointments, []);

  const next = async (takenConsents: string[], version: number) => {
    const changed = await practice.newAppointment({ id: input.id, day: '2026-11-01', takenConsents });
    await practice.client.appointment.reschedule({ ...changed.input, version });
  };
  await next([first.toString('base64url')], 1);
  assert.deepEqual(await open(), []);
  await answer(second);
  await next([first.toString('base64url')], 2);
  assert.deepEqual(await open(), [input.id]);
  await next([second.toString('base64url')], 3);
  assert.deepEqual(await open(), []);
});
