import assert from 'node:assert/strict';
import { test } from 'node:test';
import { german } from './refused-messages.ts';
import { notTodaySentence } from './not-today.ts';

// Whoever reads is where the practice is.
process.env['TZ'] = 'Europe/Berlin';

const card = {
  appointmentId: '',
  practice: 'Praxis am Park',
  practitioner: 'Dr. Weber',
  start: '2026-11-26T10:30',
  durationMinutes: 20,
  timeZone: 'Europe/Berlin',
  telephone: '030 123456',
  language: 'de' as const,
  consent: '',
};
const before = new Date('2026-11-20T12:00:00Z');

test('a code before its day says day and hour of the appointment', () => {
  const { text, past } = notTodaySentence(german, 'de', before, card, '2026-11-26');
  assert.equal(
    text,
    'Ihr Termin ist am Donnerstag, 26. November, um 10:30 Uhr. Dieser Code öffnet an diesem Tag.',
  );
  assert.equal(past, false);
});

test('a code after its day says that it is over, by the practice’s midnight', () => {
  const justAfter = new Date('2026-11-26T23:10:00Z');
  assert.equal(notTodaySentence(german, 'de', justAfter, card, '2026-11-26').past, true);
  const justBefore = new Date('2026-11-26T22:50:00Z');
  assert.equal(notTodaySentence(german, 'de', justBefore, card, '2026-11-26').past, false);
});

test('without the card the day comes from the server, without either the sentence names none', () => {
  assert.match(
    notTodaySentence(german, 'de', before, undefined, '2026-11-26').text,
    /am Donnerstag, 26\. November\./,
  );
  assert.equal(notTodaySentence(german, 'de', before, undefined, undefined).text, german.notTodayUnknown);
});

test('another year is named', () => {
  const next = { ...card, start: '2027-01-04T09:00' };
  assert.match(notTodaySentence(german, 'de', before, next, undefined).text, /4\. Januar 2027, um 9:00 Uhr/);
});
