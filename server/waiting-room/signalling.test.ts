import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import {
  addInvitation,
  addInvitations,
  addPractitioner,
  frame,
  startTestSignalling,
  type TestSignalling,
} from '../testing/test-signalling.ts';

let signalling: TestSignalling;

before(async () => {
  signalling = await startTestSignalling({
    limits: { heartbeatMs: 200 },
    config: { stunUrls: ['stun:stun.example.org:3478'] },
  });
});
after(() => signalling.close());

async function practitionerWithInvitation() {
  const practitioner = await addPractitioner(signalling.context);
  return { practitioner, invitation: await addInvitation(signalling.context, practitioner) };
}

test('a participant is told its card and that nobody is there, then that the host comes and goes', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const { socket, joined } = await signalling.join(invitation);
  assert.deepEqual(joined, {
    kind: 'joined',
    invitationId: invitation.id,
    card: invitation.card,
    hostPresent: false,
    iceServers: [{ urls: ['stun:stun.example.org:3478'] }],
  });

  const host = await signalling.host(practitioner);
  await socket.next('host-present');
  assert.deepEqual(host.hosting.waiting, [{ connection: 1, invitationId: invitation.id }]);

  host.socket.raw.close();
  await socket.next('host-absent');
});

test('the host is told who arrives and leaves, of its own waiting room only', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const elsewhere = await practitionerWithInvitation();
  const host = await signalling.host(practitioner);

  const stranger = await signalling.join(elsewhere.invitation);
  const guest = await signalling.join(invitation);
  assert.equal(stranger.joined.hostPresent, false);
  assert.equal(guest.joined.hostPresent, true);

  const { connection, invitationId } = await host.socket.next('arrived');
  assert.equal(invitationId, invitation.id);
  guest.socket.raw.close();
  assert.deepEqual(await host.socket.next('left'), { kind: 'left', connection });
});

test('frames are relayed untouched but for the connection number', async () => {
  const practitioner = await addPractitioner(signalling.context);
  const [first, second] = await addInvitations(signalling.context, practitioner, 2);
  const host = await signalling.host(practitioner);
  const anna = await signalling.join(first!);
  const bert = await signalling.join(second!);
  const annasNumber = (await host.socket.next('arrived')).connection;
  const bertsNumber = (await host.socket.next('arrived')).connection;

  anna.socket.send(frame(bertsNumber, 'from Anna, who says she is Bert'));
  assert.deepEqual(await host.socket.nextFrame(), frame(annasNumber, 'from Anna, who says she is Bert'));
  bert.socket.send(frame(0, 'from Bert'));
  assert.deepEqual(await host.socket.nextFrame(), frame(bertsNumber, 'from Bert'));

  host.socket.send(frame(bertsNumber, 'for Bert'));
  host.socket.send(frame(annasNumber, 'for Anna'));
  assert.deepEqual(await anna.socket.nextFrame(), frame(0, 'for Anna'));
  assert.deepEqual(await bert.socket.nextFrame(), frame(0, 'for Bert'));
});

test('a frame to somebody who has just left, or to nobody, is lost without a sound', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const guest = await signalling.join(invitation);
  guest.socket.send(frame(0, 'nobody hears this'));
  const host = await signalling.host(practitioner);
  const [waiting] = host.hosting.waiting;
  guest.socket.raw.close();
  await host.socket.next('left');
  host.socket.send(frame(waiting!.connection, 'too late'));
  host.socket.say({ kind: 'drop', connection: waiting!.connection });
  assert.deepEqual(await host.socket.rest(), []);
});

test('a reload takes the place back, and the host sees one leave and one arrive', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const host = await signalling.host(practitioner);
  const old = await signalling.join(invitation);
  const { connection } = await host.socket.next('arrived');

  const reloaded = await signalling.join(invitation, old.place);
  assert.equal(await old.socket.closed(), closeCodes.replaced);
  assert.equal((await host.socket.next('left')).connection, connection);
  const arrived = await host.socket.next('arrived');
  assert.equal(arrived.invitationId, invitation.id);
  assert.notEqual(arrived.connection, connection);

  host.socket.send(frame(arrived.connection, 'hello again'));
  assert.deepEqual(await reloaded.socket.nextFrame(), frame(0, 'hello again'));
});

test('a second browser with the same code gets nothing, and the host is told', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const host = await signalling.host(practitioner);
  const first = await signalling.join(invitation);
  await host.socket.next('arrived');

  const second = signalling.connect();
  second.say({ kind: 'join', v: 1, locator: invitation.locator, place: 'A'.repeat(22) });
  assert.deepEqual(await second.next('refused'), { kind: 'refused', code: 'occupied' });
  assert.equal(await second.closed(), closeCodes.refused);
  assert.equal((await host.socket.next('turned-away')).invitationId, invitation.id);
  assert.deepEqual(await first.socket.rest(), []);
});

test('a second room window takes over from the first, and participants begin anew with it', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const guest = await signalling.join(invitation);
  const first = await signalling.host(practitioner);
  await guest.socket.next('host-present');

  const second = await signalling.host(practitioner);
  assert.equal(await first.socket.closed(), closeCodes.replaced);
  assert.equal(second.hosting.waiting.length, 1);
  await guest.socket.next('host-absent');
  await guest.socket.next('host-present');
});

test("the host ends a participant's connection", async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const host = await signalling.host(practitioner);
  const guest = await signalling.join(invitation);
  const { connection } = await host.socket.next('arrived');
  host.socket.say({ kind: 'drop', connection });
  assert.equal(await guest.socket.closed(), closeCodes.dropped);
  assert.equal((await host.socket.next('left')).connection, connection);
});

test('a dead line is noticed: the host is told, and so are participants when the host is dead', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const host = await signalling.host(practitioner);
  const mute = signalling.connect({ autoPong: false });
  mute.say({ kind: 'join', v: 1, locator: invitation.locator, place: 'A'.repeat(22) });
  await host.socket.next('arrived');
  await host.socket.next('left');
  assert.equal(await mute.closed(), 1006);

  const guest = await signalling.join(invitation);
  await host.socket.next('arrived');
  host.socket.raw.pause();
  await guest.socket.next('host-absent');
});

test('whoever answers pings stays', async () => {
  const { invitation } = await practitionerWithInvitation();
  const guest = await signalling.join(invitation);
  await delay(1_000);
  assert.deepEqual(await guest.socket.rest(), []);
});

test('a restart is announced to everyone', async () => {
  const other = await startTestSignalling();
  const practitioner = await addPractitioner(other.context);
  const guest = await other.join(await addInvitation(other.context, practitioner));
  const host = await other.host(practitioner);
  const asking = other.connect();
  asking.say({ kind: 'join', v: 1, locator: 'A'.repeat(22), place: 'A'.repeat(22) });
  await asking.rest();
  await other.closeSignalling();
  const codes = [guest.socket.closed(), host.socket.closed(), asking.closed()];
  assert.deepEqual(await Promise.all(codes), Array(3).fill(closeCodes.restarting));
  await other.close();
});
