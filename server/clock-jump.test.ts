import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { openTestPractice, type TestPractice } from './testing/test-practice.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { frame, newPlace, TestSocket } from './testing/test-signalling.ts';

const hourMs = 3_600_000;
/** How far the server's clock is from this process's, in which the practice's browser goes by it. */
let offsetMs = 0;
const serverNow = () => new Date(Date.now() + offsetMs);
let server: TestServer;

before(async () => {
  server = await startTestServer({ now: serverNow });
});
after(() => server.close());

function connect(): TestSocket {
  return new TestSocket(server.roomOrigin.replace('http', 'ws') + signallingPath, {
    origin: server.roomOrigin,
  });
}

async function host(practice: TestPractice) {
  const { ticket } = await practice.client.waitingRoom.hostTicket({});
  const socket = connect();
  socket.say({ kind: 'host', v: 1, ticket });
  return { socket, ticket, hosting: await socket.next('hosting') };
}

async function join(locator: string) {
  const socket = connect();
  socket.say({ kind: 'join', v: 1, locator, place: newPlace() });
  return { socket, joined: await socket.next('joined') };
}

for (const jump of [hourMs, -hourMs]) {
  const direction = jump > 0 ? 'forward' : 'back';

  test(`a clock that jumps an hour ${direction} disturbs nobody who waits, and lets in who comes`, async (t) => {
    // At noon there is an hour of the same day on both sides.
    offsetMs = new Date().setHours(12, 0, 0, 0) - Date.now();
    t.after(() => (offsetMs = 0));
    const practice = await openTestPractice({ ...server, context: { now: serverNow } });
    const { input, locators } = await practice.newAppointment();
    await practice.client.appointment.book(input);
    const later = await practice.newAppointment();
    await practice.client.appointment.book(later.input);
    const guest = await join(locators[0]!);
    const room = await host(practice);
    await guest.socket.next('host-present');

    offsetMs += jump;
    const { connection } = room.hosting.waiting[0]!;
    guest.socket.send(frame(0, 'still here'));
    assert.deepEqual(await room.socket.nextFrame(), frame(connection, 'still here'));
    await join(later.locators[0]!);
    assert.equal((await room.socket.next('arrived')).kind, 'arrived');
    const day = input.day;
    const { appointments } = await practice.client.appointment.list({ from: day, to: day });
    assert.equal(
      appointments.length,
      2,
      'the session is the same, and its requests are signed at the new time',
    );
    assert.deepEqual(await guest.socket.rest(), []);
    for (const { socket } of [guest, room]) socket.terminate();
  });
}

test('a browser whose clock the server’s has left is told the server’s time, and nothing is stored', async () => {
  const practice = await openTestPractice({ ...server, context: { now: () => new Date() } });
  const { input } = await practice.newAppointment();
  offsetMs = hourMs;
  try {
    await assert.rejects(
      practice.client.appointment.book(input),
      (error: Error & { code: string; data: { serverTimeMs: number } }) => {
        assert.equal(error.code, 'REQUEST_EXPIRED');
        assert.ok(Math.abs(error.data.serverTimeMs - serverNow().getTime()) < 60_000);
        return true;
      },
    );
  } finally {
    offsetMs = 0;
  }
  const { appointments } = await practice.client.appointment.list({ from: input.day, to: input.day });
  assert.deepEqual(appointments, []);
});
