import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../appointment/agenda.ts';
import { expectedOn } from './expected.ts';

function entry(day: string, time: string, name: string, practitionerId = 'me'): Entry {
  const participant = {
    invitationId: `${name}-id`,
    name,
    contact: '',
    code: '',
    locator: '',
    psk: `${name}-psk`,
  };
  return {
    kind: 'readable',
    stored: { id: `${name}-appointment`, practitionerId, day, version: 1, generation: 1, sealed: '' },
    record: { time, durationMinutes: 20, note: 'geheim', participants: [participant] },
  } as unknown as Entry;
}

test('the room window learns who comes to this practitioner today, by hour, and no notes', () => {
  const expected = expectedOn('2026-11-26', 'me', [
    entry('2026-11-26', '11:00', 'B'),
    entry('2026-11-26', '09:00', 'A'),
    entry('2026-11-27', '08:00', 'tomorrow'),
    entry('2026-11-26', '10:00', 'colleague', 'you'),
    { kind: 'unreadable', stored: { day: '2026-11-26', practitionerId: 'me' } } as unknown as Entry,
  ]);
  assert.deepEqual(expected, [
    { appointmentId: 'A-appointment', invitationId: 'A-id', name: 'A', time: '09:00', psk: 'A-psk' },
    { appointmentId: 'B-appointment', invitationId: 'B-id', name: 'B', time: '11:00', psk: 'B-psk' },
  ]);
});
