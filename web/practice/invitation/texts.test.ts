import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appointmentId, userId } from '@sprechzimmer/protocol/ids.ts';
import { invitationLanguages } from '@sprechzimmer/protocol/invitation.ts';
import { type Template, templateKinds } from '@sprechzimmer/protocol/invitation-settings.ts';
import ical from 'ical.js';
import { sync as nodeIcal } from 'node-ical';
import { defaultTemplate } from './default-templates.ts';
import { longestMailto, mailtoLink } from './mail.ts';
import { templateProblems } from './placeholders.ts';
import { dayMail, invitationFile, render, type TextFacts, type TextSession } from './texts.ts';

const practitionerId = userId.parse('018f6b0a-0000-7000-8000-000000000001');
const appointment = {
  id: appointmentId.parse('018f6b0a-0000-7000-8000-000000000002'),
  practitionerId,
  day: '2026-11-26',
  time: '10:30',
  durationMinutes: 20,
};
const facts: TextFacts = {
  name: 'Jürgen Groß',
  practitioner: 'Dr. Erika Muster',
  day: '2026-11-26',
  time: '10:30',
  durationMinutes: 20,
  code: 'K7QF93MDXW2P',
};

function sessionWith({
  neutralName = '',
  templates = [] as Template[],
  name = 'Praxis für Psychiatrie',
} = {}) {
  const session: TextSession = {
    practice: {
      id: '018f6b0a-0000-7000-8000-000000000003',
      name,
      telephone: '030 1234567',
      lockAfterMinutes: 10,
      hideAddress: false,
      timeZone: 'Europe/Berlin',
    },
    roomOrigin: 'https://video.example.org',
    userNames: new Map([[practitionerId, 'Dr. Erika Muster']]),
    invitationSettings: { neutralName, mailOnDay: 'no', templates },
  };
  return session;
}

const session = sessionWith();

test('the mail says in German when the appointment is, and holds link and grouped code', () => {
  const { subject, text } = render('mail', 'de', session, facts);
  assert.equal(subject, 'Ihre Videosprechstunde am Donnerstag, 26. November 2026, um 10:30 Uhr');
  assert.match(text, /^Guten Tag Jürgen Groß,/);
  assert.match(text, /Donnerstag, 26\. November 2026, um 10:30 Uhr/);
  assert.match(text, /^https:\/\/video\.example\.org\/#K7QF93MDXW2P$/m);
  assert.match(text, /^K7QF-93MD-XW2P$/m);
  assert.match(text, /030 1234567/);
});

test('the mail speaks English to whoever reads English', () => {
  const { subject, text } = render('mail', 'en', session, { ...facts, time: '09:05' });
  assert.equal(subject, 'Your video consultation on Thursday, 26 November 2026, at 9:05');
  assert.match(text, /^Dear Jürgen Groß,/);
});

test('every text that comes with the product is right by its own rules, and leaves no placeholder', () => {
  for (const kind of templateKinds) {
    for (const language of invitationLanguages) {
      const template = defaultTemplate(kind, language);
      assert.deepEqual(templateProblems(kind, template), [], `${kind} ${language}`);
      const { subject, text } = render(kind, language, session, facts);
      assert.doesNotMatch(subject + text, /[{}]/, `${kind} ${language}`);
    }
  }
});

test('what the server sends names neither the person nor the practitioner, and the practice by its neutral name', () => {
  const neutral = sessionWith({ neutralName: 'Praxis am See' });
  for (const kind of ['server-mail', 'server-mail-without-code', 'sms', 'moved', 'cancelled'] as const) {
    const { subject, text } = render(kind, 'de', neutral, facts);
    const all = subject + text;
    assert.doesNotMatch(all, /Jürgen|Groß|Erika|Muster|Psychiatrie|Sprechstunde/i, kind);
    assert.match(all, /Praxis am See/, kind);
  }
});

test('a template that was saved otherwise gives the server no name either', () => {
  const text = '{name} {behandler} {link}';
  const templates: Template[] = [{ kind: 'server-mail', language: 'de', subject: '{name}', text }];
  const rendered = render('server-mail', 'de', sessionWith({ templates }), facts);
  assert.doesNotMatch(rendered.subject + rendered.text, /Jürgen|Erika/);
});

test('the mail without code has neither code nor a link that holds it, not even in its calendar file', () => {
  const person = { ...facts, language: 'de', code: 'K7QF93MDXW2P', mailOnDay: 'without-code' } as const;
  const { text, calendarFile } = dayMail(session, appointment, person);
  assert.doesNotMatch(text + String(calendarFile), /K7QF/);
  assert.match(text, /Den Code nennen wir Ihnen am Telefon/);
  assert.match(text, /^https:\/\/video\.example\.org$/m);
  const withLink = dayMail(session, appointment, { ...person, mailOnDay: 'link' });
  assert.match(withLink.text, /#K7QF93MDXW2P/);
});

test('a template of the practice takes both spellings of a placeholder, and braces that are none stay', () => {
  const text = 'Hallo {Name}, {date} {UHRZEIT} {link} {dauer} {…} $& {}';
  const templates: Template[] = [{ kind: 'mail', language: 'de', subject: 'Termin {datum}', text }];
  const rendered = render('mail', 'de', sessionWith({ templates }), facts);
  assert.equal(
    rendered.text,
    'Hallo Jürgen Groß, Donnerstag, 26. November 2026 10:30 https://video.example.org/#K7QF93MDXW2P 20 Minuten {…} $& {}',
  );
  assert.match(render('mail', 'en', sessionWith({ templates }), facts).text, /^Dear/);
});

test('a placeholder in a name is not filled in', () => {
  const { text } = render('mail', 'de', session, { ...facts, name: '{code}{link}' });
  assert.match(text, /^Guten Tag \{code\}\{link\},/);
});

test('problems of a template are named with their place', () => {
  const template = { subject: '{praxsi}', text: 'Guten Tag {name},\n\n{behandler} {foo}' };
  assert.deepEqual(templateProblems('server-mail', template), [
    { kind: 'unknown', part: 'subject', written: '{praxsi}', line: 1 },
    { kind: 'forbidden', part: 'text', written: '{name}', line: 1 },
    { kind: 'forbidden', part: 'text', written: '{behandler}', line: 3 },
    { kind: 'unknown', part: 'text', written: '{foo}', line: 3 },
    { kind: 'way-in-missing' },
  ]);
  assert.deepEqual(templateProblems('mail', { subject: ' ', text: '\n' }), [
    { kind: 'subject-missing' },
    { kind: 'text-missing' },
  ]);
  assert.deepEqual(templateProblems('sms', { subject: '', text: `{link}${'x'.repeat(480)}` }), [
    { kind: 'too-long' },
  ]);
  assert.deepEqual(templateProblems('server-mail-without-code', { subject: 'a', text: '{adresse} {code}' }), [
    { kind: 'forbidden', part: 'text', written: '{code}', line: 1 },
  ]);
});

test('a line break in a name adds no line to a subject and no header to anything', () => {
  const name = 'Eve\r\nBcc: eve@example.org\u2028X-Header: 1\u0000';
  const templates: Template[] = [
    { kind: 'mail', language: 'de', subject: 'Für {name}', text: '{name} {link}' },
  ];
  const { subject, text } = render('mail', 'de', sessionWith({ templates }), { ...facts, name });
  assert.equal(subject, 'Für Eve Bcc: eve@example.org X-Header: 1');
  assert.doesNotMatch(text, /[\r\n\u2028\0]/);
});

test('a name from right to left keeps to itself, and hidden controls in it are dropped', () => {
  const arabic = 'محمد علي';
  assert.match(
    render('mail', 'de', session, { ...facts, name: arabic }).text,
    new RegExp(`^Guten Tag \u2068${arabic}\u2069,`),
  );
  const tricky = render('mail', 'de', session, { ...facts, name: 'Eve\u202egnp.exe' }).text;
  assert.match(tricky, /^Guten Tag Evegnp\.exe,/);
});

test('emoji and half a surrogate pair leave a text that can be sent', () => {
  const { text, subject } = render('letter', 'de', session, { ...facts, name: '👩‍⚕️ Mia \ud800' });
  assert.ok(text.isWellFormed() && subject.isWellFormed());
  assert.match(text, /👩‍⚕️ Mia/);
});

test('a subject grown long is cut between characters', () => {
  const templates: Template[] = [{ kind: 'mail', language: 'de', subject: '{name}{name}', text: '{link}' }];
  const name = `x${'👩'.repeat(150)}`;
  const { subject } = render('mail', 'de', sessionWith({ templates }), { ...facts, name });
  assert.equal(subject.length, 199);
  assert.ok(subject.isWellFormed());
});

test('the mail of the product stays short enough for mail programs on Windows, with long names too', () => {
  const name = 'Prof. Dr. Maximiliane-Charlotte von Hohenstein-Württemberg';
  const mail = render('mail', 'de', sessionWith({ name }), { ...facts, name, practitioner: name });
  const { length } = mailtoLink('maximiliane.charlotte@hohenstein.example', mail);
  assert.ok(length < longestMailto, `${length} characters`);
});

test('two calendar programs read the same appointment, on the days around a clock change too', () => {
  const instants = { '2026-11-26': '2026-11-26T09:30:00.000Z', '2027-03-28': '2027-03-28T08:30:00.000Z' };
  for (const [day, start] of Object.entries(instants)) {
    const file = invitationFile(session, { ...appointment, day }, 'de', 'K7QF93MDXW2P');
    const calendar = new ical.Component(ical.parse(file) as unknown[]);
    const component = calendar.getFirstSubcomponent('vevent');
    assert.ok(component);
    const event = new ical.Event(component);
    assert.equal(event.startDate.toJSDate().toISOString(), start);
    assert.equal(event.duration.toSeconds(), 20 * 60);
    assert.equal(event.summary, 'Videotermin: Praxis für Psychiatrie');
    const other = Object.values(nodeIcal.parseICS(file)).find((each) => each?.type === 'VEVENT');
    assert.equal(other?.type === 'VEVENT' && other.start.toISOString(), start);
    assert.match(event.description, /https:\/\/video\.example\.org\/#K7QF93MDXW2P/);
  }
});
