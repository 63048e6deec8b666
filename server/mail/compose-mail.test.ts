import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../testing/test-mail-server.ts';
import { composeMail, readSender } from './compose-mail.ts';

const content = {
  to: 'erika@beispiel.example',
  subject: 'Ihr Videotermin',
  text: 'Guten Tag',
  calendarFile: null,
  endsAt: '2027-01-01T10:00:00Z',
};
const from = '"Praxis Müller, Köln" <post@praxis.example>';

async function compose(changes: Partial<typeof content> = {}): Promise<string> {
  const mail = await composeMail({ ...content, ...changes }, from, new Date('2027-01-01T08:00:00Z'));
  return mail.toString('utf8');
}

function headersOf(source: string): string[] {
  return source
    .slice(0, source.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
}

test('a sender is an address with or without a name, whatever the name is made of', () => {
  assert.deepEqual(readSender('post@praxis.example'), { name: '', address: 'post@praxis.example' });
  assert.deepEqual(readSender(from), { name: 'Praxis Müller, Köln', address: 'post@praxis.example' });
  assert.deepEqual(readSender('Post <a@b.example>'), { name: 'Post', address: 'a@b.example' });
});

test('all headers are there, each once, in ASCII', async () => {
  const headers = headersOf(await compose());
  for (const name of ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Auto-Submitted']) {
    assert.equal(headers.filter((line) => line.startsWith(`${name}:`)).length, 1, name);
  }
  assert.ok(headers.includes('To: erika@beispiel.example'));
  assert.ok(headers.includes('Date: Fri, 01 Jan 2027 08:00:00 +0000'));
  assert.match(headers.join('\n'), /^From: =\?UTF-8\?\S+ <post@praxis\.example>$/m);
  assert.match(headers.join('\n'), /^[\x20-\x7e\n]+$/);
});

test('emoji, right-to-left names and long lines arrive as they were written', async () => {
  const text = `שלום 🩺 مرحبا\n${'wort '.repeat(700)}\n.\n..\nFrom here\n`;
  const source = await compose({ text, subject: 'موعد 🩺 Ä'.repeat(20) });
  assert.equal(textOf({ source }).replaceAll('\r\n', '\n').trimEnd(), text.trimEnd());
  assert.ok(source.split('\r\n').every((line) => line.length <= 998));
});

test('a line break in a subject or an address makes no header', async () => {
  const source = await compose({
    subject: 'Termin\r\nBcc: x@y.example',
    to: 'a@b.example\r\nBcc: x@y.example',
  });
  assert.ok(headersOf(source).every((line) => !line.startsWith('Bcc')));
});

test('a calendar file is enclosed, byte for byte', async () => {
  const calendarFile = 'BEGIN:VCALENDAR\r\nSUMMARY:Videosprechstunde bei Dr. Müller\r\nEND:VCALENDAR\r\n';
  const source = await compose({ calendarFile } as object);
  const [, part = ''] = source.split(/content-type: text\/calendar/i);
  assert.match(part, /^; charset=utf-8; method=PUBLISH;?/);
  assert.match(part, /filename=termin\.ics/);
  const body = /\r\n\r\n([\s\S]*?)\r\n--/.exec(part)?.[1] ?? '';
  const decoded = /base64/i.test(part) ? Buffer.from(body, 'base64').toString() : textOf({ source: part });
  assert.equal(decoded, calendarFile);
});
