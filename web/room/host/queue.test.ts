import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { OpenRoom, WaitingParticipant } from '@sprechzimmer/call/host-state.ts';
import { presumedMedia } from '@sprechzimmer/call/participant-state.ts';
import type { AppointmentId, InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { minutesBetween, namesDiffer, queueOf } from './queue.ts';

const person = (expectedName: string, more: Partial<WaitingParticipant> = {}): WaitingParticipant => ({
  invitationId: randomUUID() as InvitationId,
  appointmentId: randomUUID() as AppointmentId,
  role: 'patient',
  expectedName,
  time: '10:30',
  link: 'absent',
  secondBrowser: false,
  ...more,
});
const room = (participants: WaitingParticipant[], more: Partial<OpenRoom> = {}): OpenRoom => ({
  kind: 'open',
  online: true,
  participants,
  insecureLater: [],
  ...more,
});

test('next is the first who can be called in; the rest stay in the order they came in', () => {
  const [a, b, c, d] = [
    person('A', { link: 'connecting' }),
    person('B', { link: 'ready' }),
    person('C', { link: 'ready' }),
    person('D'),
  ];
  const queue = queueOf(room([a, b, c, d]));
  assert.equal(queue.next, b);
  assert.deepEqual(queue.others, [a, c]);
  assert.deepEqual(queue.expected, [d]);
  assert.equal(queue.count, 3);
});

test('whoever is in consultation is not in the queue', () => {
  const a = person('A', { link: 'ready' });
  const b = person('B', { link: 'ready' });
  const remote = presumedMedia;
  const consultation = {
    invitationId: a.invitationId,
    name: 'A',
    role: 'patient' as const,
    since: new Date(0),
    link: 'connected' as const,
    remote,
    others: [],
  };
  const queue = queueOf(room([a, b], { consultation }));
  assert.equal(queue.next, b);
  assert.equal(queue.count, 1);
});

test('of those who wait, who belongs to the running consultation can be let in to it', () => {
  const a = person('A', { link: 'ready' });
  const sister = person('Sister', { link: 'ready', appointmentId: a.appointmentId });
  const late = person('Late', { link: 'connecting', appointmentId: a.appointmentId });
  const seat = { invitationId: a.invitationId, name: 'A', role: a.role, link: 'connected' as const };
  const consultation = { ...seat, remote: presumedMedia, since: new Date(0), others: [] };
  const during = room([a, sister, late, person('B', { link: 'ready' })], { consultation });
  assert.deepEqual(queueOf(during).joinable, [sister]);
  assert.deepEqual(queueOf(room([a, sister])).joinable, []);
});

test('a broken-off connection is shown and not counted as waiting', () => {
  const queue = queueOf(room([person('A', { link: 'insecure' })]));
  assert.equal(queue.others.length, 1);
  assert.equal(queue.count, 0);
});

test('a name that differs only in spaces and capitals is the same', () => {
  assert.equal(namesDiffer(person('Erika Muster', { name: ' erika  muster' })), false);
  assert.equal(namesDiffer(person('Erika Muster', { name: 'Hans Muster' })), true);
  assert.equal(namesDiffer(person('Erika Muster')), false);
});

test('waiting time counts whole minutes and never below nought', () => {
  assert.equal(minutesBetween(new Date(0), new Date(179_000)), 2);
  assert.equal(minutesBetween(new Date(5_000), new Date(0)), 0);
});
