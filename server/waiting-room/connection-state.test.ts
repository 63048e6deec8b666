import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import { type ConnectionEvent, type ConnectionState, nextConnectionState } from './connection-state.ts';
import { createRooms, type End } from './rooms.ts';

const end: End = { tell() {}, relay() {}, close() {} };
const rooms = createRooms({ hostReturnMs: 1, onCalledIn: () => {} });
const hostSeat = rooms.host('room', end);
const guest = { invitationId: 'a', appointmentId: 'b', place: 'p', hostCodeIds: [] };
const seat = rooms.join('room', guest, end);
assert.ok(seat !== 'occupied');

const states = {
  fresh: { kind: 'fresh' },
  asking: { kind: 'asking' },
  waiting: { kind: 'waiting', seat },
  hosting: { kind: 'hosting', seat: hostSeat },
  closed: { kind: 'closed', code: closeCodes.flood },
} satisfies Record<string, ConnectionState>;

const events = {
  asked: { kind: 'asked' },
  seated: { kind: 'seated', seat },
  opened: { kind: 'opened', seat: hostSeat },
  'frame-came': { kind: 'frame-came' },
  'host-asked': { kind: 'host-asked' },
  'guest-asked': { kind: 'guest-asked' },
  'deadline-passed': { kind: 'deadline-passed' },
  ended: { kind: 'ended', code: closeCodes.dropped },
} satisfies Record<string, ConnectionEvent>;

/** The state after each event; a number is the code of the closed state. */
const expected: Record<keyof typeof states, Record<keyof typeof events, string | number>> = {
  fresh: {
    asked: 'asking',
    seated: 4001,
    opened: 4001,
    'frame-came': 4001,
    'host-asked': 4001,
    'guest-asked': 4001,
    'deadline-passed': 4006,
    ended: 4005,
  },
  asking: {
    asked: 4001,
    seated: 'waiting',
    opened: 'hosting',
    'frame-came': 4001,
    'host-asked': 4001,
    'guest-asked': 4001,
    'deadline-passed': 'asking',
    ended: 4005,
  },
  waiting: {
    asked: 4001,
    seated: 4001,
    opened: 4001,
    'frame-came': 'waiting',
    'host-asked': 4001,
    'guest-asked': 'waiting',
    'deadline-passed': 'waiting',
    ended: 4005,
  },
  hosting: {
    asked: 4001,
    seated: 4001,
    opened: 4001,
    'frame-came': 'hosting',
    'host-asked': 'hosting',
    'guest-asked': 4001,
    'deadline-passed': 'hosting',
    ended: 4005,
  },
  closed: {
    asked: 4002,
    seated: 4002,
    opened: 4002,
    'frame-came': 4002,
    'host-asked': 4002,
    'guest-asked': 4002,
    'deadline-passed': 4002,
    ended: 4002,
  },
};

for (const [stateKind, state] of Object.entries(states)) {
  test(`a connection that is ${stateKind} answers each event as the table says`, () => {
    for (const [eventKind, event] of Object.entries(events)) {
      const next = nextConnectionState(state, event);
      const outcome = next.kind === 'closed' ? next.code : next.kind;
      const wanted = expected[stateKind as keyof typeof states][eventKind as keyof typeof events];
      assert.equal(outcome, wanted, `${stateKind}, ${eventKind}`);
    }
  });
}

test('a relayed frame makes no new state', () => {
  assert.equal(nextConnectionState(states.waiting, events['frame-came']), states.waiting);
  assert.equal(nextConnectionState(states.hosting, events['frame-came']), states.hosting);
});
