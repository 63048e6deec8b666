import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from './duration.ts';

test('a duration is told in the units that matter', () => {
  const minute = 60_000;
  assert.equal(formatDuration(400, 'de'), '0 Sekunden');
  assert.equal(formatDuration(40_300, 'de'), '40 Sekunden');
  assert.equal(formatDuration(minute, 'de'), '1 Minute');
  assert.equal(formatDuration(12.4 * minute, 'en'), '12 minutes');
  assert.equal(formatDuration(59_700, 'de'), '1 Minute');
  assert.equal(formatDuration(95 * minute, 'de'), '95 Minuten');
});
