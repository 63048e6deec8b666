import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import { startTestRedis, type TestRedis } from '../testing/test-redis.ts';
import {
  addInvitation,
  addInvitations,
  addPractitioner,
  frame,
  newPlace,
  startTestSignalling,
  type TestSignalling,
} from '../testing/test-signalling.ts';

const beatMs = 100;
let redis: TestRedis;
let here: TestSignalling;
let there: TestSignalling;

before(async () => {
  redis = await startTestRedis();
});
after(() => redis.close());
beforeEach(async () => {
  const bus = { redisUrl: redis.url, namespace: `rooms ${newPlace()}`, beatMs };
  here = await startTestSignalling({ bus });
  there = await startTestSignalling({ bus, beside: here });
});
afterEach(async () => {
  await there.close();
  await here.close();
});

async function practitionerWithInvitation() {
  const practitioner = await addPractitioner(here.context);
  return { practitioner, invitation: await addInvitation(here.context, practitioner) };
}

async function untilUp(...instances: TestSignalling[]): Promise<void> {
  while (!instances.every(({ context }) => context.bus?.isUp())) await delay(10);
}

test('who is there is known at every instance', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const { practiceId, userId } = practitioner;
  const seat = {
    practiceId,
    practitionerId: userId,
    appointmentId: invitation.appointmentId,
    invitationId: invitation.id,
  };
  const nobody = { ...seat, invitationId: 'nobody', practitionerId: 'nobody' };
  for (const { context } of [here, there]) {
    assert.equal(await context.isHosting(practitioner), false);
    assert.deepEqual(await context.whoIsHere([seat, nobody]), new Set());
  }
  await here.join(invitation);
  await there.host(practitioner);
  for (const { context } of [here, there]) {
    assert.equal(await context.isHosting(practitioner), true);
    assert.deepEqual(await context.whoIsHere([seat, nobody]), new Set([invitation.id]));
  }
});

test('codes that failed at one instance count at the others', async () => {
  for (let attempt = 0; attempt < 10; attempt++) {
    const socket = [here, there][attempt % 2]!.connect();
    socket.say({ kind: 'join', v: 1, locator: newPlace(), place: newPlace() });
    assert.equal((await socket.next('refused')).code, 'code-unknown');
  }
  for (const instance of [here, there]) {
    const socket = instance.connect();
    socket.say({ kind: 'join', v: 1, locator: newPlace(), place: newPlace() });
    assert.equal((await socket.next('refused')).code, 'too-many-attempts');
  }
});

test('what goes through Redis names nobody and opens nothing', async () => {
  const monitor = connect(Number(new URL(redis.url).port), '127.0.0.1');
  let seen = '';
  monitor.setEncoding('latin1').on('data', (data) => (seen += String(data)));
  monitor.write('MONITOR\r\n');
  while (!seen.includes('+OK')) await delay(10);
  const { practitioner, invitation } = await practitionerWithInvitation();
  const guest = await here.join(invitation);
  const host = await there.host(practitioner);
  const failing = here.connect();
  const wrong = newPlace();
  failing.say({ kind: 'join', v: 1, locator: wrong, place: newPlace() });
  await failing.next('refused');
  guest.socket.send(frame(0, 'sealed'));
  await host.socket.nextFrame();
  while (!seen.includes('sealed') || !seen.includes('count ')) await delay(10);
  monitor.destroy();
  // The monitor's own lines begin with the address of whoever asks Redis: the servers.
  const said = seen.replaceAll(/\[\d+ 127\.0\.0\.1:\d+\]/g, '');
  for (const secret of [invitation.locator, wrong, host.ticket, '127.0.0.1']) {
    assert.ok(!said.includes(secret), secret);
  }
});

test('frames arrive once, untouched and in order, both ways', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const guest = await here.join(invitation);
  const host = await there.host(practitioner);
  await guest.socket.next('host-present');
  const { connection } = host.hosting.waiting[0]!;
  for (let number = 0; number < 200; number++) {
    guest.socket.send(frame(0, `up ${number}`));
    host.socket.send(frame(connection, `down ${number}`));
  }
  for (let number = 0; number < 200; number++) {
    assert.deepEqual(await host.socket.nextFrame(), frame(connection, `up ${number}`));
    assert.deepEqual(await guest.socket.nextFrame(), frame(0, `down ${number}`));
  }
});

test('an instance that is stopped sends everybody to the others, where they find each other', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const guest = await here.join(invitation);
  const host = await there.host(practitioner);
  await here.closeSignalling();
  assert.equal(await host.socket.closed(), closeCodes.restarting);
  assert.equal(await guest.socket.closed(), closeCodes.restarting);
  await there.host(practitioner);
  assert.equal((await there.join(invitation, guest.place)).joined.hostPresent, true);
});

test('without Redis nobody is sent away or told anything; with it again, who was linked comes in anew', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const alone = await practitionerWithInvitation();
  const guest = await here.join(invitation);
  const host = await there.host(practitioner);
  await guest.socket.next('host-present');
  const undisturbed = await here.join(alone.invitation);
  const itsHost = await here.host(alone.practitioner);
  await undisturbed.socket.next('host-present');

  const { port } = new URL(redis.url);
  await redis.close();
  await delay(8 * beatMs);
  for (const { socket } of [guest, host, undisturbed, itsHost]) assert.deepEqual(await socket.rest(), []);
  const early = there.connect();
  const stranger = await practitionerWithInvitation();
  early.say({ kind: 'join', v: 1, locator: stranger.invitation.locator, place: newPlace() });
  assert.equal(await early.closed(), closeCodes.restarting, 'to be tried again, and nothing wrong is said');

  redis = await startTestRedis({ port: Number(port) });
  assert.equal(await host.socket.closed(), closeCodes.restarting);
  await untilUp(here, there);
  await there.host(practitioner);
  await guest.socket.next('host-absent');
  await guest.socket.next('host-present');
  assert.deepEqual(await undisturbed.socket.rest(), []);
  assert.deepEqual(await itsHost.socket.rest(), []);
});

test('a room that somebody else has claimed meanwhile is left to them, and its people follow', async () => {
  const { practitioner, invitation } = await practitionerWithInvitation();
  const guest = await here.join(invitation);
  // As after a Redis that came back empty, where the other instance was first.
  const key = `${practitioner.practiceId}/${practitioner.userId}`;
  here.context.bus!.release([key]);
  assert.deepEqual(await there.context.bus!.claim([key]), [there.context.bus!.id]);
  await there.host(practitioner);
  process.kill(redis.pid, 'SIGSTOP');
  await delay(8 * beatMs);
  process.kill(redis.pid, 'SIGCONT');
  assert.equal(await guest.socket.closed(), closeCodes.restarting);
  await untilUp(here, there);
  await there.host(practitioner);
  assert.equal((await here.join(invitation, guest.place)).joined.hostPresent, true);
});

test('one seat is taken by one of many who try at two instances at once', async () => {
  const { practitioner } = await practitionerWithInvitation();
  const [invitation] = await addInvitations(here.context, practitioner, 1);
  const answers = await Promise.all(
    Array.from({ length: 10 }, async (_, number) => {
      const socket = [here, there][number % 2]!.connect();
      socket.say({ kind: 'join', v: 1, locator: invitation!.locator, place: newPlace() });
      return socket.next('joined').then(
        () => 'joined',
        (error: Error) => error.message,
      );
    }),
  );
  assert.equal(answers.filter((answer) => answer === 'joined').length, 1);
  assert.equal(answers.filter((answer) => answer.includes('"occupied"')).length, 9);
});
