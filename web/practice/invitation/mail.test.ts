import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailtoLink, readEmailAddress, readRecipient } from './mail.ts';

/** What a mail program makes of the address: header fields by name, decoded. */
function parts(link: string) {
  const [address = '', query = ''] = link.replace(/^mailto:/, '').split('?');
  const fields = query.split('&').map((field) => field.split('=').map(decodeURIComponent));
  return { to: decodeURIComponent(address), fields: Object.fromEntries(fields) as Record<string, string> };
}

test('the whole text survives the way through a mailto address', () => {
  const mail = {
    subject: 'Täglich + 100 % & mehr?',
    text: 'Zeile 1\nZeile 2: https://a.example/#CODE\n\n„Ende“ 👋',
  };
  const { to, fields } = parts(mailtoLink('juergen@example.org', mail));
  assert.equal(to, 'juergen@example.org');
  assert.deepEqual(Object.keys(fields), ['subject', 'body']);
  assert.equal(fields['subject'], mail.subject);
  assert.equal(fields['body'], mail.text.replaceAll('\n', '\r\n'));
});

test('a line break in a name or contact adds no header', () => {
  const name = 'Eve\r\nBcc: eve@example.org&cc=eve@example.org?subject=x#y';
  const link = mailtoLink(undefined, { subject: name, text: name });
  const { to, fields } = parts(link);
  assert.equal(to, '');
  assert.deepEqual(Object.keys(fields), ['subject', 'body']);
  assert.equal(fields['subject'], 'Eve Bcc: eve@example.org&cc=eve@example.org?subject=x#y');
  assert.doesNotMatch(link, /[\r\n#]/);
});

test('half a surrogate pair in a pasted name does not stop the mail', () => {
  assert.match(mailtoLink(undefined, { subject: 'a\ud800b', text: '' }), /subject=a%EF%BF%BDb$/);
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

test('a domain with umlauts is written as the mail system writes it', () => {
  assert.equal(readRecipient(' erika@müller.example '), 'erika@xn--mller-kva.example');
  assert.equal(readRecipient('erika@example.org'), 'erika@example.org');
  for (const other of ['erika@müller', 'a@b@ü.de', 'a@ü.de:25', 'a@ü.de/x', 'ä@b.de', 'a@ü .de', '@ü.de']) {
    assert.equal(readRecipient(other), undefined, other);
  }
});
