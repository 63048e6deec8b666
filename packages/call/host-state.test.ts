import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appointmentId, invitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ExpectedParticipant } from '@sprechzimmer/protocol/room-window.ts';
import {
  type HostEvent,
  type HostState,
  hostTransition,
  initialHostState,
  type OpenRoom,
  seatsOf,
} from './host-state.ts';

const id = (n: number) => invitationId.parse(`00000000-0000-4000-8000-00000000000${n}`);
const expected = (n: number, time: string): ExpectedParticipant => ({
  appointmentId: appointmentId.parse(id(n)),
  invitationId: id(n),
  name: `Erwartet ${n}`,
  role: 'patient',
  time,
  psk: '',
  from: 0,
  until: 1,
  compareWords: false,
});
/** 1, and 4 to 6 belong to the same appointment. */
const family = (n: number): ExpectedParticipant => ({
  ...expected(n, '10:30'),
  appointmentId: appointmentId.parse(id(1)),
  role: n === 5 ? 'interpreter' : 'relative',
});
const opened: HostEvent[] = [
  { kind: 'hosting' },
  { kind: 'expected', expected: [expected(1, '10:30'), expected(2, '09:00'), expected(3, '11:00')] },
];
const ready = (n: number, minutes: number): HostEvent => ({
  kind: 'peer',
  invitationId: id(n),
  event: {
    kind: 'ready',
    name: `Name ${n}`,
    readiness: { camera: 'on', microphone: 'on' },
    waitingSince: new Date(Date.UTC(2026, 10, 21, 9, minutes)),
  },
});
const calledIn = (n: number): HostEvent => ({ kind: 'called-in', invitationId: id(n), at: new Date(0) });
const peer = (n: number, event: Extract<HostEvent, { kind: 'peer' }>['event']): HostEvent => ({
  kind: 'peer',
  invitationId: id(n),
  event,
});

function after(...events: HostEvent[]): HostState {
  return events.reduce(hostTransition, initialHostState);
}

function open(...events: HostEvent[]): OpenRoom {
  const state = after(...opened, ...events);
  assert.ok(state.kind === 'open');
  return state;
}

test('who waits stands above who does not, the longest waiting first', () => {
  const order = (room: OpenRoom) => room.participants.map((one) => one.invitationId);
  assert.deepEqual(order(open()), [id(2), id(1), id(3)]);
  assert.deepEqual(order(open(ready(3, 5), ready(1, 9))), [id(3), id(1), id(2)]);
});

test('a name is there while its participant is, and no longer', () => {
  const [first] = open(ready(1, 5)).participants;
  assert.equal(first?.name, 'Name 1');
  const gone = open(ready(1, 5), peer(1, { kind: 'gone' }));
  assert.ok(gone.participants.every((one) => one.name === undefined && one.link === 'absent'));
});

test('a consultation whose participant is gone is interrupted, and ends only when someone ends it', () => {
  const room = open(ready(1, 5), calledIn(1), peer(1, { kind: 'gone' }));
  assert.equal(room.consultation?.link, 'interrupted');
  const back = hostTransition(hostTransition(room, ready(1, 5)), calledIn(1)) as OpenRoom;
  assert.equal(back.consultation?.link, 'connected');
  assert.deepEqual(back.consultation?.since, room.consultation?.since);
  const ended = hostTransition(back, {
    kind: 'seat-left',
    invitationId: id(1),
    by: 'participant',
  }) as OpenRoom;
  assert.equal(ended.consultation, undefined);
  assert.deepEqual(ended.lastEnded, { name: 'Name 1', by: 'participant' });
});

test('that a second browser tried is told until the consultation is over', () => {
  const during = open(ready(1, 5), peer(1, { kind: 'second-browser' }), calledIn(1));
  assert.ok(during.participants.some((one) => one.secondBrowser));
  const ended = hostTransition(during, { kind: 'ended' });
  assert.ok(ended.kind === 'open' && ended.participants.every((one) => !one.secondBrowser));
});

test('a red page of somebody in the queue waits until the consultation is over', () => {
  const during = open(ready(1, 5), calledIn(1), peer(2, { kind: 'insecure', reason: 'handshake' }));
  assert.equal(during.insecure, undefined);
  assert.equal(during.consultation?.name, 'Name 1');
  const ended = hostTransition(during, { kind: 'ended' }) as OpenRoom;
  assert.equal(ended.insecure?.expectedName, 'Erwartet 2');
  assert.equal((hostTransition(ended, { kind: 'insecure-dismissed' }) as OpenRoom).insecure, undefined);
});

test('a red page of the one in consultation ends it at once', () => {
  const room = open(ready(1, 5), calledIn(1), peer(1, { kind: 'insecure', reason: 'certificate' }));
  assert.equal(room.consultation, undefined);
  assert.equal(room.insecure?.reason, 'certificate');
});

test('who was broken off stays marked so when the connection is closed behind it, until they come anew', () => {
  const room = open(
    ready(1, 5),
    calledIn(1),
    peer(1, { kind: 'insecure', reason: 'words' }),
    peer(1, { kind: 'gone' }),
  );
  assert.equal(room.participants.find((one) => one.invitationId === id(1))?.link, 'insecure');
  const again = hostTransition(room, peer(1, { kind: 'connecting' })) as OpenRoom;
  assert.equal(again.participants.find((one) => one.invitationId === id(1))?.link, 'connecting');
});

test('an appointment that was cancelled goes from the queue, but never out of a consultation', () => {
  const cancelled: HostEvent = { kind: 'expected', expected: [expected(2, '09:00')] };
  assert.equal(open(ready(1, 5), cancelled).participants.length, 1);
  const talking = open(ready(1, 5), calledIn(1), cancelled);
  assert.deepEqual(talking.participants.map((one) => one.invitationId).toSorted(), [id(1), id(2)]);
});

test('what a participant answers to the consent text is known, and that it was taken back', () => {
  const consentOf = (...given: boolean[]) =>
    open(ready(1, 5), ...given.map((one) => peer(1, { kind: 'consent', given: one }))).participants[0]
      ?.consent;
  assert.equal(consentOf(), undefined);
  assert.equal(consentOf(false), 'missing');
  assert.equal(consentOf(false, true), 'given');
  assert.equal(consentOf(true, false), 'revoked');
  assert.equal(consentOf(true, false, false), 'revoked');
  assert.equal(consentOf(true, false, true), 'given');
});

test('a ticket that has run out closes the room, but not a consultation', () => {
  assert.equal(after(...opened, { kind: 'refused', code: 'ticket-invalid' }).kind, 'refused');
  const talking = open(ready(1, 5), calledIn(1), { kind: 'refused', code: 'ticket-invalid' });
  assert.equal(talking.online, false);
  assert.ok(talking.consultation);
  const ended = hostTransition(talking, { kind: 'ended' });
  assert.deepEqual(ended, { kind: 'refused', code: 'ticket-invalid' }, 'after it the door is closed');
});

const familyRoom = (...events: HostEvent[]): OpenRoom =>
  open(
    {
      kind: 'expected',
      expected: [expected(1, '10:30'), expected(2, '09:00'), family(4), family(5), family(6)],
    },
    ...[1, 2, 4, 5, 6].map((n) => ready(n, n)),
    calledIn(1),
    ...events,
  );
const seated = (room: OpenRoom) =>
  room.consultation ? seatsOf(room.consultation).map((seat) => seat.name) : [];
const leaves = (n: number): HostEvent => ({ kind: 'seat-left', invitationId: id(n), by: 'participant' });

test('others of the same appointment are let in one by one, up to three guests', () => {
  assert.deepEqual(seated(familyRoom(calledIn(4))), ['Name 1', 'Name 4']);
  assert.deepEqual(seated(familyRoom(calledIn(4), calledIn(5), calledIn(6))), ['Name 1', 'Name 4', 'Name 5']);
  assert.equal(familyRoom(calledIn(5)).consultation?.others[0]?.role, 'interpreter');
});

test('nobody of another appointment is let in to a consultation', () => {
  assert.deepEqual(seated(familyRoom(calledIn(2))), ['Name 1']);
});

test('who leaves leaves the others there, and with the last one it is over', () => {
  const two = familyRoom(calledIn(4), leaves(1));
  assert.deepEqual(seated(two), ['Name 4']);
  assert.deepEqual(two.consultation?.since, new Date(0), 'it is the same consultation');
  assert.equal(two.lastEnded, undefined);
  const none = familyRoom(calledIn(4), leaves(1), leaves(4));
  assert.equal(none.consultation, undefined);
  assert.deepEqual(none.lastEnded, { name: 'Name 4', by: 'participant' });
});

test('each guest has a line and devices of their own', () => {
  const room = familyRoom(calledIn(4), peer(4, { kind: 'gone' }));
  assert.equal(room.consultation?.link, 'connected');
  assert.equal(room.consultation?.others[0]?.link, 'interrupted');
  const back = [ready(4, 4), calledIn(4)].reduce(hostTransition, room) as OpenRoom;
  assert.equal(back.consultation?.others[0]?.link, 'connected');
  assert.equal(seated(back).length, 2, 'who is back has the seat they had');
});

test('a red page of one of several guests waits until the others have ended', () => {
  const room = familyRoom(calledIn(4), peer(1, { kind: 'insecure', reason: 'words' }));
  assert.deepEqual(seated(room), ['Name 4']);
  assert.equal(room.insecure, undefined);
  const ended = hostTransition(room, { kind: 'ended' }) as OpenRoom;
  assert.equal(ended.insecure?.reason, 'words');
});

test('ending ends for everybody', () => {
  const room = hostTransition(familyRoom(calledIn(4), calledIn(5)), { kind: 'ended' }) as OpenRoom;
  assert.deepEqual(seated(room), []);
  assert.deepEqual(room.lastEnded, { name: 'Name 1', by: 'host' });
});
