import assert from 'node:assert/strict';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { sync as nodeIcalSync } from 'node-ical';
import { type CalendarEvent, calendarFile } from './calendar-file.ts';
import { localInstant } from './local-instant.ts';

const stamp = new Date('2026-11-22T08:00:00Z');
const event: CalendarEvent = {
  uid: '5f0c4a3e-0000-4000-8000-000000000001@praxis.example',
  sequence: 2,
  start: localInstant('2026-11-26', '10:30', 'Europe/Berlin'),
  durationMinutes: 20,
  summary: 'Videosprechstunde; Praxis Müller, Söhne & Co.',
  description: 'Öffnen Sie den Link:\nhttps://video.example.org/#K7QF93MDXW2P\n\nTelefon: 030 1234567',
  url: 'https://video.example.org/#K7QF93MDXW2P',
};

/** What two programs that know nothing of each other read from one file. */
function readTwice(file: string) {
  const component = new ICAL.Component(ICAL.parse(file) as unknown[]).getFirstSubcomponent('vevent');
  assert.ok(component);
  const first = new ICAL.Event(component);
  const second = Object.values(nodeIcalSync.parseICS(file)).find((one) => one?.type === 'VEVENT');
  assert.ok(second && second.type === 'VEVENT');
  return {
    ical: {
      start: first.startDate.toJSDate().toISOString(),
      end: first.endDate.toJSDate().toISOString(),
      summary: first.summary,
      description: first.description,
      uid: first.uid,
    },
    nodeIcal: {
      start: second.start.toISOString(),
      end: (second.end as Date).toISOString(),
      summary: second.summary,
      description: second.description,
      uid: second.uid,
    },
  };
}

test('two independent programs read the same appointment from the file', () => {
  const { ical, nodeIcal } = readTwice(calendarFile(event, stamp));
  const expected = {
    start: '2026-11-26T09:30:00.000Z',
    end: '2026-11-26T09:50:00.000Z',
    summary: event.summary,
    description: event.description,
    uid: event.uid,
  };
  assert.deepEqual(ical, expected);
  assert.deepEqual(nodeIcal, expected);
});

test('names of other scripts, emoji and line breaks come through, and add no line of their own', () => {
  const description = '👩‍⚕️ سارة\r\nEND:VEVENT\nATTACH:https://evil.example\u0000\\ , ; x'.repeat(20);
  const file = calendarFile({ ...event, description, summary: 'a\r\nX-EVIL:1' }, stamp);
  const { ical, nodeIcal } = readTwice(file);
  const read = description.replaceAll('\r\n', '\n').replaceAll('\u0000', '');
  assert.equal(ical.description, read);
  assert.equal(nodeIcal.description, read);
  assert.equal(ical.summary, 'a\nX-EVIL:1');
  assert.doesNotMatch(file, /^(X-EVIL|ATTACH)/m);
});

test('every line ends with CRLF and has at most 75 octets', () => {
  const file = calendarFile({ ...event, description: 'ä€😀'.repeat(200) }, stamp);
  assert.ok(file.endsWith('END:VCALENDAR\r\n'));
  for (const line of file.slice(0, -2).split('\r\n')) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.doesNotMatch(line, /[\r\n]/);
  }
});

test('a cancelled appointment says so to the program that has it', () => {
  const file = calendarFile({ ...event, isCancelled: true }, stamp);
  assert.match(file, /^METHOD:CANCEL\r$/m);
  assert.match(file, /^STATUS:CANCELLED\r$/m);
});
