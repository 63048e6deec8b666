import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSkipped, localInstant, localInstants } from './local-instant.ts';

const berlin = 'Europe/Berlin';
const iso = (instants: number[]) => instants.map((instant) => new Date(instant).toISOString());

test('a time of day is one instant, in summer and in winter', () => {
  assert.deepEqual(iso(localInstants('2026-11-26', '10:30', berlin)), ['2026-11-26T09:30:00.000Z']);
  assert.deepEqual(iso(localInstants('2026-07-01', '10:30', berlin)), ['2026-07-01T08:30:00.000Z']);
  assert.deepEqual(iso(localInstants('2026-07-01', '10:30', 'Asia/Kathmandu')), ['2026-07-01T04:45:00.000Z']);
});

test('the night the clock is put forward has no half past two, and means half past three then', () => {
  assert.equal(isSkipped('2027-03-28', '02:30', berlin), true);
  assert.equal(localInstant('2027-03-28', '02:30', berlin).toISOString(), '2027-03-28T01:30:00.000Z');
  assert.equal(isSkipped('2027-03-28', '01:59', berlin), false);
  assert.equal(isSkipped('2027-03-28', '03:00', berlin), false);
});

test('the night the clock is put back has half past two twice, and means the first', () => {
  const both = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'];
  assert.deepEqual(iso(localInstants('2026-10-25', '02:30', berlin)), both);
  assert.equal(localInstant('2026-10-25', '02:30', berlin).toISOString(), both[0]);
});

test('a day begins and ends at its own midnight, however long it is', () => {
  const hours = (day: string, next: string) =>
    (localInstant(next, '00:00', berlin).getTime() - localInstant(day, '00:00', berlin).getTime()) /
    3_600_000;
  assert.equal(hours('2026-10-25', '2026-10-26'), 25);
  assert.equal(hours('2027-03-28', '2027-03-29'), 23);
  assert.equal(
    localInstant('2026-10-25', '24:00', berlin).getTime(),
    localInstant('2026-10-26', '00:00', berlin).getTime(),
  );
});

test('a zone whose clocks change at midnight skips the first hour of that day', () => {
  assert.equal(isSkipped('2026-04-24', '00:30', 'Africa/Cairo'), true);
});
