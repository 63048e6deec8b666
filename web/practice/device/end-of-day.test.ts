import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOfDay } from './end-of-day.ts';

test('a day ends at midnight where the practice is, in summer, in winter, and when the clocks change', () => {
  const ends = {
    '2026-07-01': '2026-07-01T22:00:00.000Z',
    '2026-12-01': '2026-12-01T23:00:00.000Z',
    '2026-03-29': '2026-03-29T22:00:00.000Z',
    '2026-10-25': '2026-10-25T23:00:00.000Z',
  };
  for (const [day, end] of Object.entries(ends)) {
    assert.equal(endOfDay(day, 'Europe/Berlin').toISOString(), end);
  }
  assert.equal(endOfDay('2026-07-01', 'Pacific/Auckland').toISOString(), '2026-07-01T12:00:00.000Z');
  assert.equal(endOfDay('2026-07-01', 'America/Los_Angeles').toISOString(), '2026-07-02T07:00:00.000Z');
  assert.equal(endOfDay('2026-07-01', 'Asia/Kolkata').toISOString(), '2026-07-01T18:30:00.000Z');
});
