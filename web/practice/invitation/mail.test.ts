import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type InvitationText, invitationMail, mailtoLink, readEmailAddress } from './mail.ts';

const invitation: InvitationText = {
  name: 'Jürgen Groß',
  practice: 'Praxis Dr. Muster & Söhne',
  practitioner: 'Dr. Erika Muster',
  telephone: '030 1234567',
  day: '2026-11-26',
  time: '10:30',
  code: 'K7QF93MDXW2P',
  roomOrigin: 'https://video.example.org',
};

/** What a mail program makes of the address: header fields by name, decoded. */
function parts(link: string) {
  const [address = '', query = ''] = link.replace(/^mailto:/, '').split('?');
  const fields = query.split('&').map((field) => field.split('=').map(decodeURIComponent));
  return { to: decodeURIComponent(address), fields: Object.fromEntries(fields) as Record<string, string> };
}

test('the mail says in German when the appointment is, and holds link and grouped code', () => {
  const { subject, body } = invitationMail(invitation);
  assert.equal(subject, 'Ihre Videosprechstunde am Donnerstag, 26. November 2026, um 10:30 Uhr');
  assert.match(body, /^Guten Tag Jürgen Groß,/);
  assert.match(body, /Donnerstag, 26\. November 2026, um 10:30 Uhr/);
  assert.match(body, /^https:\/\/video\.example\.org\/#K7QF93MDXW2P$/m);
  assert.match(body, /^K7QF-93MD-XW2P$/m);
  assert.match(body, /030 1234567/);
});

test('the whole text survives the way through a mailto address', () => {
  const mail = invitationMail(invitation);
  const { to, fields } = parts(mailtoLink('juergen@example.org', mail));
  assert.equal(to, 'juergen@example.org');
  assert.deepEqual(Object.keys(fields), ['subject', 'body']);
  assert.equal(fields['subject'], mail.subject);
  assert.equal(fields['body'], mail.body.replaceAll('\n', '\r\n'));
});

test('a mailto address stays short enough for mail programs on Windows', () => {
  const name = 'Prof. Dr. Maximiliane-Charlotte von Hohenstein-Württemberg';
  const link = mailtoLink(
    'a@example.org',
    invitationMail({ ...invitation, name, practitioner: name, practice: name }),
  );
  assert.ok(link.length < 2_000, `${link.length} characters`);
});

test('a line break in a name or contact adds no header', () => {
  const name = 'Eve\r\nBcc: eve@example.org&cc=eve@example.org?subject=x#y';
  const link = mailtoLink(undefined, { subject: name, body: name });
  const { to, fields } = parts(link);
  assert.equal(to, '');
  assert.deepEqual(Object.keys(fields), ['subject', 'body']);
  assert.equal(fields['subject'], 'Eve Bcc: eve@example.org&cc=eve@example.org?subject=x#y');
  assert.doesNotMatch(link, /[\r\n#]/);
});

test('half a surrogate pair in a pasted name does not stop the mail', () => {
  assert.match(mailtoLink(undefined, { subject: 'a\ud800b', body: '' }), /subject=a%EF%BF%BDb/);
});

test('only one whole e-mail address is taken as one', () => {
  for (const address of ['a@b.de', ' erika.muster+video@praxis-muster.example ', "o'neil@example.org"]) {
    assert.equal(readEmailAddress(address), address.trim());
  }
  const others = [
    '',
    '030 1234567',
    'a@b',
    'a@b.de,c@d.de',
    'a@b.de c@d.de',
    'Erika <a@b.de>',
    'a@b.de?cc=c@d.de@e.de',
    'a@b.de\r\nBcc: c@d.de',
    'a..b@c.de',
    '@b.de',
    `${'a'.repeat(250)}@b.de`,
  ];
  for (const other of others) assert.equal(readEmailAddress(other), undefined, other);
});
