import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../appointment/agenda.ts';
import { expectedOn } from './expected.ts';

const rules = { timeZone: 'Europe/Berlin', codeHours: { from: '00:00', until: '24:00' } };

function entry(day: string, time: string, name: string, practitionerId = 'me'): Entry {
  const participant = {
    invitationId: `${name}-id`,
    name,
    role: 'patient',
    telephone: '0931 1234',
    code: '',
    viaServer: name === 'B',
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
  const expected = expectedOn(
    '2026-11-26',
    'me',
    [
      entry('2026-11-26', '11:00', 'B'),
      entry('2026-11-26', '09:00', 'A'),
      entry('2026-11-27', '08:00', 'tomorrow'),
      entry('2026-11-26', '10:00', 'colleague', 'you'),
      { kind: 'unreadable', stored: { day: '2026-11-26', practitionerId: 'me' } } as unknown as Entry,
    ],
    rules,
  );
  const day = { from: Date.parse('2026-11-25T23:00Z'), until: Date.parse('2026-11-26T23:00Z') };
  const told = (name: string, time: string, compareWords: boolean) => ({
    appointmentId: `${name}-appointment`,
    invitationId: `${name}-id`,
    psk: `${name}-psk`,
    name,
    role: 'patient',
    telephone: '0931 1234',
    time,
    ...day,
    compareWords,
  });
  assert.deepEqual(expected, [told('A', '09:00', false), told('B', '11:00', true)]);
});

test('codes open for the whole day, 25 hours when the clock is put back, or for the operator’s hours of it', () => {
  const times = (day: string, codeHours: { from: string; until: string }) =>
    expectedOn(day, 'me', [entry(day, '10:00', 'A')], { ...rules, codeHours }).map(({ from, until }) =>
      [from, until].map((ms) => new Date(ms).toISOString()),
    )[0];
  assert.deepEqual(times('2026-10-25', rules.codeHours), [
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
  ]);
  assert.deepEqual(times('2027-03-28', { from: '06:00', until: '20:30' }), [
    '2027-03-28T04:00:00.000Z',
    '2027-03-28T18:30:00.000Z',
  ]);
});
