import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import { createRooms, type End, type HostSeat, type Rooms, type Seat } from './rooms.ts';

/** An end that keeps what it was told, and gives its seat back when it is closed, as a connection does. */
class RecordingEnd implements End {
  readonly heard: string[] = [];
  closedWith: number | undefined;
  seat: Seat | HostSeat | undefined;

  tell(message: ServerMessage): void {
    this.heard.push(message.kind);
  }
  relay(frame: Buffer): void {
    this.heard.push(`${frame.readUInt32BE(0)} ${frame.subarray(4).toString()}`);
  }
  close(code: number): void {
    this.closedWith = code;
    this.seat?.leave();
  }
}

function join(
  rooms: Rooms,
  invitationId: string,
  place = 'here',
  key = 'room',
  appointmentId = 'appointment',
) {
  const end = new RecordingEnd();
  const guest = { invitationId, appointmentId, place, hostCodeIds: ['code'] };
  const seat = rooms.join(key, guest, end);
  if (seat !== 'occupied') end.seat = seat;
  return { end, seat };
}

function host(rooms: Rooms, key = 'room') {
  const end = new RecordingEnd();
  const seat = rooms.host(key, end);
  end.seat = seat;
  return { end, seat };
}

function hostByCode(rooms: Rooms, hostCodeId = 'code', appointmentId = 'appointment') {
  const end = new RecordingEnd();
  const seat = rooms.hostByCode('room', { hostCodeId, appointmentId }, end);
  end.seat = seat;
  return { end, seat };
}

function frame(connection: number, text: string): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(connection);
  return Buffer.concat([header, Buffer.from(text)]);
}

test('rooms that everybody has left are forgotten', () => {
  const rooms = createRooms({ hostReturnMs: 10, onCalledIn: () => {} });
  const anna = join(rooms, 'a');
  const doctor = host(rooms);
  assert.deepEqual(rooms.counts(), { rooms: 1, hosts: 1, waiting: 1 });
  anna.end.seat?.leave();
  anna.end.seat?.leave();
  assert.deepEqual(rooms.counts(), { rooms: 1, hosts: 1, waiting: 0 });
  doctor.seat.leave();
  assert.deepEqual(rooms.counts(), { rooms: 0, hosts: 0, waiting: 0 });
});

test('the same place takes its seat over also when it is alone in the room', () => {
  const rooms = createRooms({ hostReturnMs: 10, onCalledIn: () => {} });
  const old = join(rooms, 'a');
  const again = join(rooms, 'a');
  assert.equal(old.end.closedWith, closeCodes.replaced);
  assert.notEqual(again.seat, 'occupied');
  assert.deepEqual(rooms.counts(), { rooms: 1, hosts: 0, waiting: 1 });
  old.end.seat?.leave();
  assert.equal(rooms.counts().waiting, 1);
});

test('the leaving of a host that was replaced changes nothing for its successor', () => {
  const rooms = createRooms({ hostReturnMs: 10, onCalledIn: () => {} });
  const anna = join(rooms, 'a');
  const first = host(rooms);
  const second = host(rooms);
  assert.equal(first.end.closedWith, closeCodes.replaced);
  first.seat.leave();
  assert.equal(rooms.counts().hosts, 1);
  assert.deepEqual(anna.end.heard, ['host-present', 'host-absent', 'host-present']);
  assert.equal(second.seat.relay(frame(1, 'hello')), true);
  assert.equal(anna.end.heard.at(-1), '0 hello');
});

test('a host reaches the numbers of its own room only', () => {
  const rooms = createRooms({ hostReturnMs: 10, onCalledIn: () => {} });
  const doctor = host(rooms);
  const colleague = host(rooms, 'next door');
  join(rooms, 'a');
  const bert = join(rooms, 'b', 'here', 'next door');
  const carla = join(rooms, 'c', 'here', 'next door');
  assert.equal(doctor.seat.relay(frame(2, 'hello')), false);
  assert.equal(doctor.seat.drop(2), false);
  assert.equal(doctor.seat.relay(frame(0, 'hello')), false);
  assert.deepEqual([bert.end.heard, carla.end.heard, carla.end.closedWith], [[], [], undefined]);
  assert.equal(colleague.seat.drop(2), true);
  assert.equal(carla.end.closedWith, closeCodes.dropped);
  assert.equal(colleague.seat.drop(2), true, 'it was there a moment ago');
});

test('an end that gives up while the room is told of something leaves the room in order', () => {
  const rooms = createRooms({ hostReturnMs: 10, onCalledIn: () => {} });
  const doctor = host(rooms);
  const fragile = join(rooms, 'a');
  const steady = join(rooms, 'b');
  fragile.end.tell = () => fragile.end.close(closeCodes.flood);
  doctor.seat.leave();
  assert.deepEqual(steady.end.heard, ['host-absent']);
  assert.deepEqual(rooms.counts(), { rooms: 1, hosts: 0, waiting: 1 });
});

test('a host code brings its own appointment over, and the practitioner keeps everybody else', () => {
  const rooms = createRooms({ hostReturnMs: 10_000, onCalledIn: () => {} });
  const doctor = host(rooms);
  const anna = join(rooms, 'a');
  const bert = join(rooms, 'b', 'here', 'room', 'another appointment');
  const elsewhere = hostByCode(rooms);
  assert.equal(anna.end.closedWith, closeCodes.restarting);
  assert.deepEqual([bert.end.closedWith, doctor.end.closedWith], [undefined, undefined]);
  assert.deepEqual(elsewhere.seat.waiting(), []);

  const again = join(rooms, 'a');
  assert.deepEqual(elsewhere.end.heard, ['arrived']);
  assert.equal(again.seat !== 'occupied' && again.seat.hostPresent(), true);
  join(rooms, 'c', 'here', 'room', 'another appointment');
  assert.deepEqual(elsewhere.end.heard, ['arrived']);
  assert.deepEqual(doctor.end.heard, ['arrived', 'arrived', 'left', 'arrived']);
  assert.equal(elsewhere.seat.relay(frame(2, 'hello')), false, 'a number of the other room');
  assert.equal(rooms.isHosted('room'), true);
  assert.equal(rooms.isSeated('room', { appointmentId: 'appointment', invitationId: 'a' }), true);
});

test('an appointment’s host who comes back soon finds its participants, one who does not has left', async () => {
  const rooms = createRooms({ hostReturnMs: 30, onCalledIn: () => {} });
  const first = hostByCode(rooms);
  const anna = join(rooms, 'a');
  first.seat.leave();
  const second = hostByCode(rooms);
  await delay(60);
  assert.deepEqual(anna.end.heard, ['host-absent', 'host-present']);
  assert.equal(anna.end.closedWith, undefined);

  second.seat.leave();
  await delay(60);
  assert.equal(anna.end.closedWith, closeCodes.restarting);
  assert.deepEqual(rooms.counts(), { rooms: 0, hosts: 0, waiting: 0 });
  const doctor = host(rooms);
  join(rooms, 'a');
  assert.deepEqual(doctor.end.heard, ['arrived']);
});

test('the same invitation is in once, in whichever room it sits', () => {
  const rooms = createRooms({ hostReturnMs: 10_000, onCalledIn: () => {} });
  hostByCode(rooms);
  const anna = join(rooms, 'a');
  assert.equal(join(rooms, 'a', 'another browser').seat, 'occupied');
  const reloaded = join(rooms, 'a');
  assert.equal(anna.end.closedWith, closeCodes.replaced);
  assert.notEqual(reloaded.seat, 'occupied');
});

test('whoever joins after a host code was revoked is not seen by its host, who is sent away', () => {
  const rooms = createRooms({ hostReturnMs: 10_000, onCalledIn: () => {} });
  const doctor = host(rooms);
  const stranger = hostByCode(rooms, 'revoked code');
  const anna = join(rooms, 'a');
  assert.deepEqual(stranger.end.heard, ['refused']);
  assert.equal(stranger.end.closedWith, closeCodes.refused);
  assert.deepEqual(doctor.end.heard, ['arrived']);
  assert.equal(anna.end.closedWith, undefined);
});

test('a second host code of an appointment takes over from the first', () => {
  const rooms = createRooms({ hostReturnMs: 10_000, onCalledIn: () => {} });
  const first = hostByCode(rooms, 'an older code');
  const second = hostByCode(rooms);
  assert.equal(first.end.closedWith, closeCodes.replaced);
  const anna = join(rooms, 'a');
  assert.deepEqual(second.end.heard, ['arrived']);
  assert.equal(anna.seat !== 'occupied' && anna.seat.hostPresent(), true);
});
