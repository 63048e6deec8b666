import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { Change } from '../membership/change.ts';
import { removeUser } from '../membership/remove-user.ts';
import { deletePractice } from '../retention/delete-practice.ts';
import {
  addHostCode,
  addInvitation,
  addPractitioner,
  startTestSignalling,
  type TestPractitioner,
  type TestSignalling,
  type TestSocket,
} from '../testing/test-signalling.ts';

const checkMs = 100;

let signalling: TestSignalling;

before(async () => {
  signalling = await startTestSignalling({ limits: { practitionerCheckMs: checkMs } });
});
after(() => signalling.close());

/** A practitioner whose window is open, and a patient who waits there. */
async function openRoom() {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const host = await signalling.host(practitioner);
  const guest = await signalling.join(invitation);
  await host.socket.next('arrived');
  return { practitioner, invitation, host, guest };
}

async function addColleague({ practiceId, ...of }: TestPractitioner): Promise<TestPractitioner> {
  const userId = randomUUID();
  const user = { id: userId, practice_id: practiceId, email: `${userId}@praxis.example`, is_main: false };
  await signalling.context.db
    .insertInto('practice_user')
    .values({ ...user, password_hash: 'none' })
    .execute();
  return { ...of, practiceId, userId };
}

async function remove({ practiceId, userId }: TestPractitioner, successor: TestPractitioner): Promise<void> {
  const users = new Map([[successor.userId, { role: 'practitioner' }]]);
  await removeUser({
    db: signalling.context.db,
    practiceId,
    now: new Date(),
    action: { kind: 'remove-user', userId },
    extras: { successorId: successor.userId },
    after: { users },
  } as unknown as Change<'remove-user'>);
}

async function assertRefused(socket: TestSocket, code: string): Promise<void> {
  assert.deepEqual(await socket.next('refused'), { kind: 'refused', code });
  assert.equal(await socket.closed(), closeCodes.refused);
}

/** What a page does that is sent away with "restarting". */
async function comeBack({ locator }: { locator: string }, place: string): Promise<TestSocket> {
  const socket = signalling.connect();
  socket.say({ kind: 'join', v: 1, locator, place });
  return socket;
}

test('when a practice is deleted its room windows close, and who waits is told that the code is not valid', async () => {
  const { practitioner, invitation, host, guest } = await openRoom();
  const neighbour = await openRoom();
  await deletePractice(signalling.context.db, practitioner.practiceId, 'by-practice');

  await assertRefused(host.socket, 'ticket-invalid');
  assert.equal(await guest.socket.closed(), closeCodes.restarting);
  await assertRefused(await comeBack(invitation, guest.place), 'code-unknown');
  const again = signalling.connect();
  again.say({ kind: 'host', v: 1, ticket: host.ticket });
  await assertRefused(again, 'ticket-invalid');

  assert.deepEqual(await neighbour.host.socket.rest(), []);
  assert.deepEqual(await neighbour.guest.socket.rest(), []);
});

test('so does the window of a host code, and its patient is told the same', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  const { socket } = await signalling.hostByCode(await addHostCode(signalling.context, invitation));
  const guest = await signalling.join(invitation);
  await socket.next('arrived');
  await deletePractice(signalling.context.db, practitioner.practiceId, 'operator');

  await assertRefused(socket, 'code-unknown');
  await guest.socket.next('host-absent');
  assert.equal(await guest.socket.closed(), closeCodes.restarting);
  await assertRefused(await comeBack(invitation, guest.place), 'code-unknown');
});

test('during the seven days in which it can be taken back, everybody stays where they are', async () => {
  const { practitioner, host, guest } = await openRoom();
  const [requested_at, due_at] = [new Date(), new Date(Date.now() + 60_000)];
  const { practiceId: practice_id } = practitioner;
  const deletion = { practice_id, requested_at, due_at };
  await signalling.context.db.insertInto('practice_deletion').values(deletion).execute();
  await new Promise((resolve) => setTimeout(resolve, 3 * checkMs));
  assert.deepEqual(await host.socket.rest(), []);
  assert.deepEqual(await guest.socket.rest(), []);
});

test('who waits for a practitioner who is removed is with the one who takes over', async () => {
  const { practitioner, invitation, host, guest } = await openRoom();
  const successor = await addColleague(practitioner);
  const taking = await signalling.host(successor);
  await remove(practitioner, successor);

  assert.equal(await guest.socket.closed(), closeCodes.restarting);
  const back = await signalling.join(invitation, guest.place);
  assert.equal(back.joined.hostPresent, true);
  assert.equal((await taking.socket.next('arrived')).invitationId, invitation.id);
  assert.equal(await host.socket.closed(), closeCodes.refused);
});
