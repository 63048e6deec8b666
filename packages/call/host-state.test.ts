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
} from './host-state.ts';

const id = (n: number) => invitationId.parse(`00000000-0000-4000-8000-00000000000${n}`);
const expected = (n: number, time: string): ExpectedParticipant => ({
  appointmentId: appointmentId.parse(id(n)),
  invitationId: id(n),
  name: `Erwartet ${n}`,
  time,
  psk: '',
  from: 0,
  until: 1,
  compareWords: false,
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
  const ended = hostTransition(back, { kind: 'ended', by: 'participant' }) as OpenRoom;
  assert.equal(ended.consultation, undefined);
  assert.deepEqual(ended.lastEnded, { name: 'Name 1', by: 'participant' });
});

test('that a second browser tried is told until the consultation is over', () => {
  const during = open(ready(1, 5), peer(1, { kind: 'second-browser' }), calledIn(1));
  assert.ok(during.participants.some((one) => one.secondBrowser));
  const ended = hostTransition(during, { kind: 'ended', by: 'host' });
  assert.ok(ended.kind === 'open' && ended.participants.every((one) => !one.secondBrowser));
});

test('a red page of somebody in the queue waits until the consultation is over', () => {
  const during = open(ready(1, 5), calledIn(1), peer(2, { kind: 'insecure', reason: 'handshake' }));
  assert.equal(during.insecure, undefined);
  assert.equal(during.consultation?.name, 'Name 1');
  const ended = hostTransition(during, { kind: 'ended', by: 'host' }) as OpenRoom;
  assert.equal(ended.insecure?.expectedName, 'Erwartet 2');
  assert.equal((hostTransition(ended, { kind: 'insecure-dismissed' }) as OpenRoom).insecure, undefined);
});

test('a red page of the one in consultation ends it at once', () => {
  const room = open(ready(1, 5), calledIn(1), peer(1, { kind: 'insecure', reason: 'certificate' }));
  assert.equal(room.consultation, undefined);
  assert.equal(room.insecure?.reason, 'certificate');
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
  const ended = hostTransition(talking, { kind: 'ended', by: 'host' });
  assert.deepEqual(ended, { kind: 'refused', code: 'ticket-invalid' }, 'after it the door is closed');
});
