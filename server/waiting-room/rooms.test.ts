import assert from 'node:assert/strict';
import { test } from 'node:test';
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

function join(rooms: Rooms, invitationId: string, place = 'here', key = 'room') {
  const end = new RecordingEnd();
  const seat = rooms.join(key, { invitationId, place }, end);
  if (seat !== 'occupied') end.seat = seat;
  return { end, seat };
}

function host(rooms: Rooms, key = 'room') {
  const end = new RecordingEnd();
  const seat = rooms.host(key, end);
  end.seat = seat;
  return { end, seat };
}

function frame(connection: number, text: string): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(connection);
  return Buffer.concat([header, Buffer.from(text)]);
}

test('rooms that everybody has left are forgotten', () => {
  const rooms = createRooms();
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
  const rooms = createRooms();
  const old = join(rooms, 'a');
  const again = join(rooms, 'a');
  assert.equal(old.end.closedWith, closeCodes.replaced);
  assert.notEqual(again.seat, 'occupied');
  assert.deepEqual(rooms.counts(), { rooms: 1, hosts: 0, waiting: 1 });
  old.end.seat?.leave();
  assert.equal(rooms.counts().waiting, 1);
});

test('the leaving of a host that was replaced changes nothing for its successor', () => {
  const rooms = createRooms();
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
  const rooms = createRooms();
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
  const rooms = createRooms();
  const doctor = host(rooms);
  const fragile = join(rooms, 'a');
  const steady = join(rooms, 'b');
  fragile.end.tell = () => fragile.end.close(closeCodes.flood);
  doctor.seat.leave();
  assert.deepEqual(steady.end.heard, ['host-absent']);
  assert.deepEqual(rooms.counts(), { rooms: 1, hosts: 0, waiting: 1 });
});
