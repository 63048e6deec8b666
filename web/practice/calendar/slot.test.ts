import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { Entry } from '../appointment/agenda.ts';
import { overlapping, slotProblem } from './slot.ts';

const timeZone = 'Europe/Berlin';
const me = 'me' as UserId;

function entry(id: string, day: string, time: string, durationMinutes: number, who = 'me'): Entry {
  return {
    kind: 'readable',
    stored: { id, practitionerId: who, day },
    record: { time, durationMinutes },
  } as unknown as Entry;
}

function others(entries: Entry[], day: string, time: string, durationMinutes: number, except?: string) {
  const found = overlapping(entries, { day, time, durationMinutes, practitionerId: me }, timeZone, except);
  return found.map(({ stored }) => stored.id);
}

test('appointments overlap when one begins before the other ends', () => {
  const day = '2026-11-26';
  const entries = [entry('a', day, '10:00', 30), entry('b', day, '10:30', 30), entry('c', day, '10:20', 5)];
  assert.deepEqual(others(entries, day, '10:15', 10), ['a', 'c']);
  assert.deepEqual(others(entries, day, '09:00', 240), ['a', 'b', 'c']);
});

test('one that begins as the other ends is no double booking', () => {
  const day = '2026-11-26';
  const entries = [entry('a', day, '10:00', 30)];
  assert.deepEqual(others(entries, day, '10:30', 30), []);
  assert.deepEqual(others(entries, day, '09:30', 30), []);
});

test('a colleague, another day, and the appointment itself do not count', () => {
  const day = '2026-11-26';
  const entries = [
    entry('a', day, '10:00', 30, 'colleague'),
    entry('b', '2026-11-27', '10:00', 30),
    entry('c', day, '10:00', 30),
    { kind: 'unreadable', stored: { id: 'd', practitionerId: 'me', day } } as unknown as Entry,
  ];
  assert.deepEqual(others(entries, day, '10:00', 30, 'c'), []);
});

test('an appointment that ends at midnight does not reach into the next day', () => {
  const entries = [entry('late', '2026-11-26', '23:30', 30), entry('early', '2026-11-27', '00:00', 30)];
  assert.deepEqual(others(entries, '2026-11-26', '23:45', 15), ['late']);
  assert.deepEqual(others(entries, '2026-11-27', '00:15', 15), ['early']);
});

test('in the night when the clock is put forward, an hour that is not there does not separate', () => {
  const day = '2027-03-28'; // 02:00 is followed by 03:00
  const entries = [entry('a', day, '01:30', 60)];
  assert.deepEqual(others(entries, day, '03:00', 20), ['a'], '60 minutes from 01:30 last until 03:30');
  assert.deepEqual(others(entries, day, '03:30', 20), []);
});

test('in the night when the clock is put back, the hour that comes twice does separate', () => {
  const day = '2026-10-25'; // 03:00 is followed by 02:00 once
  const entries = [entry('a', day, '02:00', 60)];
  assert.deepEqual(others(entries, day, '02:30', 20), ['a'], 'both mean the first of the two');
  assert.deepEqual(others(entries, day, '03:00', 20), []);
  assert.deepEqual(others([entry('b', day, '01:30', 90)], day, '03:00', 20), []);
});

test('an appointment is put nowhere where it could not be held', () => {
  const rules = {
    timeZone,
    now: new Date('2026-11-26T12:00:00+01:00'),
    codeHours: { from: '06:00', until: '24:00' },
  };
  const problem = (day: string, time: string, durationMinutes = 20) =>
    slotProblem({ day, time, durationMinutes }, rules);
  assert.equal(problem('2026-11-26', '06:00'), undefined, 'earlier today is still today');
  assert.equal(problem('2026-11-25', '18:00'), 'day-past');
  assert.equal(problem('2029-11-26', '18:00'), 'day-too-far');
  assert.equal(problem('2026-11-26', '23:50'), 'past-midnight');
  assert.equal(problem('2026-11-26', '23:40'), undefined, 'until midnight');
  assert.equal(problem('2026-11-26', '10:00', 0), 'too-short');
  assert.equal(problem('2026-11-26', '10:00', 485), 'too-long');
  assert.equal(problem('2026-11-26', '05:55'), 'outside-hours');
  assert.equal(slotProblem({ day: '2027-03-28', time: '02:30', durationMinutes: 20 }, rules), 'time-skipped');
});
