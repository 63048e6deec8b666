import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayIn, formatDay, formatTimeOfDay, timeOfDayIn } from './dates.ts';

test('a day is said with its weekday in both languages', () => {
  assert.equal(formatDay('2026-11-26', 'de'), 'Donnerstag, 26. November');
  assert.equal(formatDay('2026-11-26', 'en'), 'Thursday 26 November');
  assert.equal(formatDay('2026-11-26', 'de', { year: true }), 'Donnerstag, 26. November 2026');
});

test('a time of day loses its leading nought and gets its word', () => {
  assert.equal(formatTimeOfDay('09:05', 'de'), '9:05 Uhr');
  assert.equal(formatTimeOfDay('00:30', 'de'), '0:30 Uhr');
  assert.equal(formatTimeOfDay('10:30', 'en'), '10:30');
});

test('day and time of an instant are those of the given time zone, across midnight', () => {
  const lateEvening = new Date('2026-11-26T23:30:00Z');
  assert.equal(dayIn('Europe/Berlin', lateEvening), '2026-11-27');
  assert.equal(timeOfDayIn('Europe/Berlin', lateEvening), '00:30');
  assert.equal(dayIn('America/New_York', lateEvening), '2026-11-26');
});
