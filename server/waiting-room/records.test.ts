import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import {
  addInvitation,
  addInvitations,
  addPractitioner,
  startTestSignalling,
  type TestInvitation,
  type TestPractitioner,
  type TestSignalling,
} from '../testing/test-signalling.ts';
import { countConsultation } from './count-consultation.ts';

let signalling: TestSignalling;
let nowMs = Date.parse('2026-11-26T09:00:00Z');

before(async () => {
  signalling = await startTestSignalling({ now: () => new Date(nowMs) });
});
after(() => signalling.close());

const rowOf = ({ id }: TestInvitation) =>
  signalling.context.db
    .selectFrom('invitation')
    .innerJoin('appointment', 'appointment.id', 'invitation.appointment_id')
    .select(['arrived_at', 'attended_at', 'held_at'])
    .where('invitation.id', '=', id)
    .executeTakeFirstOrThrow();

const countsOf = ({ practiceId }: TestPractitioner) =>
  signalling.context.db
    .selectFrom('consultation_count')
    .select(['practitioner_id', 'month', 'consultations'])
    .where('practice_id', '=', practiceId)
    .orderBy('month')
    .execute();

/** What is kept beside the socket is there a moment later. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 4_000;
  while (!(await condition())) {
    assert.ok(performance.now() < deadlineMs, 'it does not come about');
    await delay(10);
  }
}

test('when a participant first came and was first called in is kept', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const host = await signalling.host(practitioner);
  const guest = await signalling.join(invitation);
  const { connection } = await host.socket.next('arrived');
  const arrived = new Date(nowMs);
  await until(async () => (await rowOf(invitation)).arrived_at !== null);
  assert.deepEqual(await rowOf(invitation), { arrived_at: arrived, attended_at: null, held_at: null });

  nowMs += 60_000;
  const calledIn = new Date(nowMs);
  host.socket.say({ kind: 'called-in', connection });
  await until(async () => (await rowOf(invitation)).held_at !== null);
  nowMs += 60_000;
  await signalling.join(invitation, guest.place);
  await host.socket.next('left');
  const again = await host.socket.next('arrived');
  host.socket.say({ kind: 'called-in', connection: again.connection });
  host.socket.say({ kind: 'called-in', connection: again.connection });
  await host.socket.rest();
  const kept = { arrived_at: arrived, attended_at: calledIn, held_at: calledIn };
  assert.deepEqual(await rowOf(invitation), kept);
});

test('an appointment counts once, however many take part and however often it is said at once', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const { context } = signalling;
  const [patient, interpreter] = await addInvitations(context, practitioner, 2);
  const calls = [patient!, interpreter!, patient!, interpreter!].flatMap(({ id, appointmentId }) =>
    [1, 2, 3].map(() => countConsultation(context, { invitationId: id, appointmentId })),
  );
  await Promise.all(calls);
  const month = '2026-11-01';
  const practitioner_id = practitioner.userId;
  assert.deepEqual(await countsOf(practitioner), [{ practitioner_id, month, consultations: 1 }]);
  assert.ok((await rowOf(interpreter!)).attended_at);

  const others = await Promise.all([1, 2, 3].map(() => addInvitation(context, practitioner)));
  await Promise.all(
    others.map(({ id, appointmentId }) => countConsultation(context, { invitationId: id, appointmentId })),
  );
  assert.deepEqual(await countsOf(practitioner), [{ practitioner_id, month, consultations: 4 }]);
});

test('a consultation belongs to the month that the practice’s calendar shows', async () => {
  const { context } = signalling;
  const before = nowMs;
  const months: Record<string, string[]> = {};
  for (const zone of ['Pacific/Kiritimati', 'Europe/Berlin', 'America/Los_Angeles']) {
    const practitioner = await addPractitioner(context, zone);
    for (const moment of ['2026-11-30T22:59:59Z', '2026-11-30T23:00:00Z']) {
      nowMs = Date.parse(moment);
      const { id, appointmentId } = await addInvitation(context, practitioner);
      await countConsultation(context, { invitationId: id, appointmentId });
    }
    months[zone] = (await countsOf(practitioner)).map(
      ({ month, consultations }) => `${month} ${consultations}`,
    );
  }
  nowMs = before;
  assert.deepEqual(months, {
    'Pacific/Kiritimati': ['2026-12-01 2'],
    'Europe/Berlin': ['2026-11-01 1', '2026-12-01 1'],
    'America/Los_Angeles': ['2026-11-01 2'],
  });
});

test('nobody counts for a participant who is not there, and a number never given ends the host’s socket', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const host = await signalling.host(practitioner);
  const guest = await signalling.join(invitation);
  const { connection } = await host.socket.next('arrived');
  guest.socket.raw.close();
  await host.socket.next('left');
  host.socket.say({ kind: 'called-in', connection });
  assert.deepEqual(await host.socket.rest(), []);
  host.socket.say({ kind: 'called-in', connection: connection + 1 });
  assert.equal(await host.socket.closed(), closeCodes.outOfOrder);
  assert.deepEqual(await countsOf(practitioner), []);
});

test('a participant calls nobody in, and a host consents to nothing', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const guest = await signalling.join(await addInvitation(signalling.context, practitioner));
  guest.socket.say({ kind: 'called-in', connection: 1 });
  assert.equal(await guest.socket.closed(), closeCodes.outOfOrder);
  const host = await signalling.host(practitioner);
  host.socket.say({ kind: 'consent', sealed: 'AAAA' });
  assert.equal(await host.socket.closed(), closeCodes.outOfOrder);
});

test('a consent is kept for the participant’s own invitation, the newest answer in the place of the last', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const [invitation, other] = await addInvitations(signalling.context, practitioner, 2);
  const { socket } = await signalling.join(invitation!);
  await signalling.join(other!);
  const answers = [randomBytes(200), randomBytes(200)];
  for (const answer of answers) {
    socket.say({ kind: 'consent', sealed: answer.toString('base64url') });
    await socket.next('consent-kept');
    // The practice has read the first one: the next is news to it.
    if (answer === answers[0])
      await signalling.context.db.updateTable('consent').set({ is_taken: true }).execute();
  }
  const kept = await signalling.context.db
    .selectFrom('consent')
    .selectAll()
    .where('appointment_id', '=', invitation!.appointmentId)
    .execute();
  assert.deepEqual(kept, [
    {
      invitation_id: invitation!.id,
      appointment_id: invitation!.appointmentId,
      sealed: answers[1],
      at: new Date(nowMs),
      is_taken: false,
    },
  ]);
});

test('a consent that is too long ends the socket', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const { socket } = await signalling.join(await addInvitation(signalling.context, practitioner));
  socket.say({ kind: 'consent', sealed: 'A'.repeat(1_000) });
  assert.equal(await socket.closed(), closeCodes.malformed);
});

test('with the database away nothing is kept, nobody is disturbed, and it is kept when said again', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const host = await signalling.host(practitioner);
  const guest = await signalling.join(invitation);
  const { connection } = await host.socket.next('arrived');
  const { schema } = signalling.context.db;
  await schema.alterTable('consultation_count').renameTo('away').execute();
  await schema.alterTable('consent').renameTo('away_too').execute();
  host.socket.say({ kind: 'called-in', connection });
  guest.socket.say({ kind: 'consent', sealed: 'AAAA' });
  const failures = () => signalling.logLines.filter((line) => line.includes('was not kept')).length;
  await until(async () => failures() === 2);
  assert.deepEqual(await host.socket.rest(), []);
  assert.deepEqual(await guest.socket.rest(), []);

  await schema.alterTable('away').renameTo('consultation_count').execute();
  await schema.alterTable('away_too').renameTo('consent').execute();
  host.socket.say({ kind: 'called-in', connection });
  guest.socket.say({ kind: 'consent', sealed: 'AAAA' });
  await guest.socket.next('consent-kept');
  await until(async () => (await countsOf(practitioner)).length === 1);
});
