import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, calendarDayIn, daysBetween, isTimeZone } from './calendar-day.ts';

test('the day is the one on the practice’s wall', () => {
  const moment = new Date('2026-06-30T22:30:00Z');
  assert.equal(calendarDayIn('Europe/Berlin', moment), '2026-07-01');
  assert.equal(calendarDayIn('America/New_York', moment), '2026-06-30');
});

test('days are counted over months, leap days and clock changes', () => {
  assert.equal(addDays('2028-02-28', 1), '2028-02-29');
  assert.equal(addDays('2026-03-29', 1), '2026-03-30');
  assert.equal(addDays('2026-01-01', -1), '2025-12-31');
  assert.equal(daysBetween('2026-03-01', '2026-03-31'), 30);
  assert.equal(daysBetween('2026-03-02', '2026-03-01'), -1);
});

test('a time zone is a place, not an offset', () => {
  for (const name of ['Europe/Berlin', 'UTC', 'Asia/Kathmandu']) assert.equal(isTimeZone(name), true, name);
  for (const name of ['Europe/Atlantis', '+0100', '+01', '', '../UTC'])
    assert.equal(isTimeZone(name), false, name);
});
