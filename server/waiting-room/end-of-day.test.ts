import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOfDayIn } from './end-of-day.ts';

test('a day ends at midnight of the practice, also when the clocks change', () => {
  const end = (moment: string) => endOfDayIn('Europe/Berlin', new Date(moment)).toISOString();
  assert.equal(end('2026-11-26T10:00:00Z'), '2026-11-26T23:00:00.000Z');
  assert.equal(end('2026-03-28T23:00:00Z'), '2026-03-29T22:00:00.000Z'); // 23 hours
  assert.equal(end('2026-10-24T22:00:00Z'), '2026-10-25T23:00:00.000Z'); // 25 hours
  assert.equal(end('2026-11-26T22:59:59.999Z'), '2026-11-26T23:00:00.000Z');
});
