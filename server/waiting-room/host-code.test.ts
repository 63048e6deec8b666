import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import {
  addHostCode,
  addInvitation,
  addPractitioner,
  frame,
  newPlace,
  startTestSignalling,
  type TestSignalling,
} from '../testing/test-signalling.ts';

let signalling: TestSignalling;

before(async () => {
  signalling = await startTestSignalling({ limits: { hostReturnMs: 150, hostCodeCheckMs: 100 } });
});
after(() => signalling.close());

async function appointmentWithHostCode() {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner);
  return { practitioner, invitation, hostCode: await addHostCode(signalling.context, invitation) };
}

const revoke = (id: string) => signalling.context.db.deleteFrom('host_code').where('id', '=', id).execute();

test('a host code opens its one appointment: the card, its participant, and nobody else’s frames', async () => {
  const { practitioner, invitation, hostCode } = await appointmentWithHostCode();
  const stranger = await signalling.join(await addInvitation(signalling.context, practitioner));
  const doctor = await signalling.host(practitioner);
  const guest = await signalling.join(invitation);
  await doctor.socket.next('arrived');

  const { socket, hosting } = await signalling.hostByCode(hostCode);
  assert.deepEqual(hosting, { kind: 'hosting', waiting: [], iceServers: [], card: hostCode.card });
  assert.equal(await guest.socket.closed(), closeCodes.restarting);
  const back = await signalling.join(invitation, guest.place);
  assert.equal(back.joined.hostPresent, true);
  const { connection, invitationId } = await socket.next('arrived');
  assert.equal(invitationId, invitation.id);

  back.socket.send(frame(0, 'for whoever holds the appointment'));
  stranger.socket.send(frame(0, 'for the doctor'));
  assert.deepEqual(await socket.nextFrame(), frame(connection, 'for whoever holds the appointment'));
  await doctor.socket.next('left');
  assert.deepEqual(await doctor.socket.nextFrame(), frame(1, 'for the doctor'));
  assert.deepEqual(await socket.rest(), []);
  assert.deepEqual(await doctor.socket.rest(), []);

  socket.send(frame(connection, 'for Anna'));
  assert.deepEqual(await back.socket.nextFrame(), frame(0, 'for Anna'));
  assert.deepEqual(await stranger.socket.rest(), [{ kind: 'host-present' }]);
});

test('when its host has left, the participant is back with the practitioner', async () => {
  const { practitioner, invitation, hostCode } = await appointmentWithHostCode();
  const { socket } = await signalling.hostByCode(hostCode);
  const guest = await signalling.join(invitation);
  await socket.next('arrived');
  socket.raw.close();
  await guest.socket.next('host-absent');
  assert.equal(await guest.socket.closed(), closeCodes.restarting);
  const doctor = await signalling.host(practitioner);
  assert.deepEqual(doctor.hosting.waiting, []);
  await signalling.join(invitation, guest.place);
  assert.equal((await doctor.socket.next('arrived')).invitationId, invitation.id);
});

test('a revoked host code closes the door that it opened, and opens none', async () => {
  const { invitation, hostCode } = await appointmentWithHostCode();
  const { socket } = await signalling.hostByCode(hostCode);
  await revoke(hostCode.id);
  assert.deepEqual(await socket.next('refused'), { kind: 'refused', code: 'code-unknown' });
  assert.equal(await socket.closed(), closeCodes.refused);

  const again = signalling.connect();
  again.say({ kind: 'host-code', v: 1, locator: hostCode.locator });
  assert.deepEqual(await again.next('refused'), { kind: 'refused', code: 'code-unknown' });
  const guest = await signalling.join(invitation);
  assert.equal(guest.joined.hostPresent, false);
});

test('a participant who joins after the code was revoked is never shown to its host', async () => {
  const slow = await startTestSignalling();
  try {
    const practitioner = await addPractitioner(slow.context);
    const invitation = await addInvitation(slow.context, practitioner);
    const hostCode = await addHostCode(slow.context, invitation);
    const { socket } = await slow.hostByCode(hostCode);
    await slow.context.db.deleteFrom('host_code').where('id', '=', hostCode.id).execute();
    const guest = await slow.join(invitation);
    assert.equal(guest.joined.hostPresent, false);
    assert.deepEqual(await socket.next('refused'), { kind: 'refused', code: 'code-unknown' });
    assert.equal(await socket.closed(), closeCodes.refused);
  } finally {
    await slow.close();
  }
});

test('a host code of another day is told the day and its card', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const invitation = await addInvitation(signalling.context, practitioner, '2031-01-15');
  const { locator, card } = await addHostCode(signalling.context, invitation);
  const socket = signalling.connect();
  socket.say({ kind: 'host-code', v: 1, locator });
  const refused = { kind: 'refused', code: 'not-today', day: '2031-01-15', card };
  assert.deepEqual(await socket.next('refused'), refused);
});

test('guessed host codes are counted like any others', async () => {
  const other = await startTestSignalling();
  try {
    const answers: string[] = [];
    for (let i = 0; i < 12; i++) {
      const socket = other.connect();
      socket.say({ kind: 'host-code', v: 1, locator: newPlace() });
      answers.push((await socket.next('refused')).code);
    }
    const expected = [...Array<string>(10).fill('code-unknown'), 'too-many-attempts', 'too-many-attempts'];
    assert.deepEqual(answers, expected);
  } finally {
    await other.close();
  }
});
