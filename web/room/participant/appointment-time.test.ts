import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hourOf, startOf } from './appointment-time.ts';
import { messages } from './messages.ts';

const berlin = { start: '2026-11-26T10:30', timeZone: 'Europe/Berlin' };

test('whoever has the practice’s time reads one hour, and whoever is abroad also their own', () => {
  const hour = (zone: string) => hourOf(berlin, messages(), 'de', zone);
  assert.equal(hour('Europe/Berlin'), '10:30 Uhr');
  assert.equal(hour('Europe/Rome'), '10:30 Uhr');
  assert.equal(hour('America/New_York'), '10:30 Uhr (bei Ihnen 4:30 Uhr)');
  assert.equal(hour('Asia/Kolkata'), '10:30 Uhr (bei Ihnen 15:00 Uhr)');
});

test('where another day is written, the day is said as well', () => {
  const hour = (start: string, zone: string) => hourOf({ ...berlin, start }, messages(), 'de', zone);
  assert.equal(
    hour('2026-11-26T08:30', 'Pacific/Honolulu'),
    '8:30 Uhr (bei Ihnen Mittwoch, 25. November, 21:30 Uhr)',
  );
  assert.equal(
    hour('2026-11-26T20:00', 'Pacific/Auckland'),
    '20:00 Uhr (bei Ihnen Freitag, 27. November, 8:00 Uhr)',
  );
});

test('an appointment in the week between two clock changes has both clocks right', () => {
  const spring = { start: '2026-03-10T10:00', timeZone: 'Europe/Berlin' };
  assert.equal(hourOf(spring, messages(), 'de', 'America/New_York'), '10:00 Uhr (bei Ihnen 5:00 Uhr)');
});

test('an hour that the night of the clock change leaves out is the one after it', () => {
  const skipped = { start: '2026-03-29T02:30', timeZone: 'Europe/Berlin' };
  assert.equal(startOf(skipped).toISOString(), '2026-03-29T01:30:00.000Z');
});
