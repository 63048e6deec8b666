import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysFromGrid, gridTimes, slotFromGrid } from './grid-time.ts';

const nights = [
  { day: '2027-03-28', time: '01:30' },
  { day: '2027-03-28', time: '03:30' },
  { day: '2026-10-25', time: '02:30' },
  { day: '2026-11-26', time: '23:40' },
];

test('the grid shows the hour on the wall of the practice, also when the clock is changed', () => {
  for (const { day, time } of nights) {
    assert.equal(gridTimes({ day, time, durationMinutes: 20 }).start, `${day}T${time}:00Z`);
  }
  assert.equal(
    gridTimes({ day: '2026-11-26', time: '23:40', durationMinutes: 20 }).end,
    '2026-11-27T00:00:00Z',
  );
});

test('what comes back from the grid is what was put into it', () => {
  for (const { day, time } of nights) {
    const slot = { day, time, durationMinutes: 20 };
    const { start, end } = gridTimes(slot);
    assert.deepEqual(slotFromGrid(new Date(start), new Date(end)), slot);
  }
});

test('a week over a change of the clock has seven days', () => {
  const days = daysFromGrid(new Date('2027-03-22T00:00:00Z'), new Date('2027-03-29T00:00:00Z'));
  assert.deepEqual(days, { from: '2027-03-22', to: '2027-03-28' });
});
