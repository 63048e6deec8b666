import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AppointmentForm, readForm } from './form.ts';

const now = new Date('2026-11-26T23:30:00Z'); // 00:30 on the 27th in Berlin
const form: AppointmentForm = {
  day: '2026-11-27',
  time: '10:30',
  durationMinutes: '20',
  name: ' Frau  Muster\n',
  contact: '',
  note: ' Befund\nbesprechen ',
};

function problemsOf(change: Partial<AppointmentForm>) {
  const reading = readForm({ ...form, ...change }, 'Europe/Berlin', now);
  return reading.kind === 'problems' ? reading.problems : {};
}

test('a form that is right is read with its spaces tidied', () => {
  assert.deepEqual(readForm(form, 'Europe/Berlin', now), {
    kind: 'wish',
    wish: {
      day: '2026-11-27',
      time: '10:30',
      durationMinutes: 20,
      name: 'Frau Muster',
      contact: '',
      note: 'Befund\nbesprechen',
    },
  });
});

test('a day that is past where the practice is is refused, though it is still today elsewhere', () => {
  assert.deepEqual(problemsOf({ day: '2026-11-26' }), { day: 'day-past' });
  assert.equal(readForm({ ...form, day: '2026-11-26' }, 'America/New_York', now).kind, 'wish');
});

test('every field that is not right is named at once', () => {
  assert.deepEqual(problemsOf({ day: '', time: '', durationMinutes: '', name: ' ' }), {
    day: 'day-missing',
    time: 'time-missing',
    durationMinutes: 'duration-wrong',
    name: 'name-missing',
  });
});

test('days that do not exist or lie too far ahead are refused', () => {
  assert.deepEqual(problemsOf({ day: '2026-11-31' }), { day: 'day-missing' });
  assert.deepEqual(problemsOf({ day: '2029-01-01' }), { day: 'day-too-far' });
});

test('an appointment may end at midnight, not after', () => {
  assert.deepEqual(problemsOf({ time: '23:40', durationMinutes: '20' }), {});
  assert.deepEqual(problemsOf({ time: '23:45', durationMinutes: '20' }), {
    durationMinutes: 'past-midnight',
  });
});

test('texts that the record does not hold are refused', () => {
  assert.deepEqual(
    problemsOf({ name: 'a'.repeat(201), contact: 'b'.repeat(201), note: 'c'.repeat(10_001) }),
    {
      name: 'name-too-long',
      contact: 'contact-too-long',
      note: 'note-too-long',
    },
  );
});
