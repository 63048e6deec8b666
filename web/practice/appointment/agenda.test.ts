import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppointmentRecord, StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import { type Entry, groupByDay, nextEntry } from './agenda.ts';
import { addDays, isCalendarDay, localTime } from './calendar-day.ts';

function stored(id: string, day: string): StoredAppointment {
  return { id, practitionerId: 'u', day, version: 1, generation: 1, sealed: '' } as StoredAppointment;
}

function entry(id: string, day: string, time: string, durationMinutes = 20): Entry {
  const record: AppointmentRecord = { time, durationMinutes, note: '', participants: [], hostCodes: [] };
  return { kind: 'readable', stored: stored(id, day), record };
}

test('appointments are grouped by day and ordered by hour, whatever order they came in', () => {
  const days = groupByDay([
    entry('c', '2026-11-27', '08:00'),
    entry('b', '2026-11-26', '23:50'),
    entry('a', '2026-11-26', '09:05'),
  ]);
  assert.deepEqual(
    days.map(({ day, entries }) => [day, entries.map(({ stored }) => stored.id)]),
    [
      ['2026-11-26', ['a', 'b']],
      ['2026-11-27', ['c']],
    ],
  );
});

test('an appointment that cannot be read stands last on its day', () => {
  const unreadable: Entry = { kind: 'unreadable', stored: stored('x', '2026-11-26') };
  const [day] = groupByDay([unreadable, entry('a', '2026-11-26', '23:00')]);
  assert.deepEqual(
    day?.entries.map(({ stored }) => stored.id),
    ['a', 'x'],
  );
});

test('today is the day on the wall of the practice, not of the server or the browser', () => {
  const lateEvening = new Date('2026-11-26T23:30:00Z');
  assert.deepEqual(localTime(lateEvening, 'Europe/Berlin'), { day: '2026-11-27', time: '00:30' });
  assert.deepEqual(localTime(lateEvening, 'America/New_York'), { day: '2026-11-26', time: '18:30' });
  const summer = new Date('2026-07-01T22:00:00Z');
  assert.deepEqual(localTime(summer, 'Europe/Berlin'), { day: '2026-07-02', time: '00:00' });
});

test('the next one is the first of today that is not over', () => {
  const entries = [
    entry('tomorrow', '2026-11-27', '00:10'),
    entry('over', '2026-11-26', '10:00', 20),
    entry('running', '2026-11-26', '10:10', 20),
    entry('later', '2026-11-26', '11:00'),
  ];
  assert.equal(nextEntry(entries, { day: '2026-11-26', time: '10:20' })?.stored.id, 'running');
  assert.equal(nextEntry(entries, { day: '2026-11-26', time: '10:30' })?.stored.id, 'later');
  assert.equal(nextEntry(entries, { day: '2026-11-26', time: '23:59' }), undefined);
});

test('days count on over months, years and the change of the clocks', () => {
  assert.equal(addDays('2026-10-24', 2), '2026-10-26');
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(addDays('2028-02-28', 1), '2028-02-29');
  assert.equal(isCalendarDay('2027-02-29'), false);
  assert.equal(isCalendarDay('2028-02-29'), true);
  assert.equal(isCalendarDay('26.11.2026'), false);
});
