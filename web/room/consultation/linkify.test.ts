import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkify } from './linkify.ts';

/** What is shown, links as [text](destination). */
function shown(text: string): string {
  return linkify(text)
    .map(({ text, href }) => (href === undefined ? text : `[${text}](${href})`))
    .join('');
}

const cases: [what: string, written: string, shown: string][] = [
  ['text stays text', 'Guten Tag, <b>Frau Doktor</b>!', 'Guten Tag, <b>Frau Doktor</b>!'],
  ['nothing stays nothing', '', ''],
  [
    'an address of the web is a link',
    'Siehe https://example.org/a?b=c#d',
    'Siehe [https://example.org/a?b=c#d](https://example.org/a?b=c#d)',
  ],
  [
    'the point at the end is the sentence’s',
    'https://example.org/a.',
    '[https://example.org/a](https://example.org/a).',
  ],
  [
    'so are several marks',
    '(https://example.org/a?!)…',
    '([https://example.org/a](https://example.org/a)?!)…',
  ],
  [
    'a bracket that the address opened stays',
    'https://example.org/A_(B)',
    '[https://example.org/A_(B)](https://example.org/A_(B))',
  ],
  [
    'quotation marks end it',
    '„https://example.org/“ sagt',
    '„[https://example.org/](https://example.org/)“ sagt',
  ],
  [
    'mail and telephone are links',
    'mailto:a@example.org, tel:+4930123',
    '[mailto:a@example.org](mailto:a@example.org), [tel:+4930123](tel:+4930123)',
  ],
  [
    'two in a row are two',
    'http://a.example http://b.example',
    '[http://a.example](http://a.example/) [http://b.example](http://b.example/)',
  ],
  ['a script is none', 'javascript:alert(1)', 'javascript:alert(1)'],
  ['nor is one in capitals', 'JaVaScRiPt:alert(1)', 'JaVaScRiPt:alert(1)'],
  ['nor data', 'data:text/html,<script>1</script>', 'data:text/html,<script>1</script>'],
  [
    'nor files, blobs and page sources',
    'file:///etc blob:https: view-source:',
    'file:///etc blob:https: view-source:',
  ],
  ['a scheme inside a word is none', 'xhttps://example.org', 'xhttps://example.org'],
  [
    'a name before the host is a trap, not a link',
    'https://bank.example@evil.example/',
    'https://bank.example@evil.example/',
  ],
  [
    'also behind a backslash',
    'https://bank.example\\@evil.example',
    '[https://bank.example/@evil.example](https://bank.example/@evil.example)',
  ],
  [
    'letters that look like others are told apart',
    'https://аррӏе.com/',
    '[https://xn--80ak6aa92e.com/](https://xn--80ak6aa92e.com/)',
  ],
  [
    'wide letters are shown as what they are read as',
    'https://ｅvil.example/',
    '[https://evil.example/](https://evil.example/)',
  ],
  [
    'what turns the reading direction cannot hide',
    'https://example.org/\u202Egpj.exe',
    '[https://example.org/%E2%80%AEgpj.exe](https://example.org/%E2%80%AEgpj.exe)',
  ],
  [
    'invisible letters cannot hide',
    'https://exam\u200Bple.org/',
    '[https://example.org/](https://example.org/)',
  ],
  [
    'a host of numbers is shown as the browser reads it',
    'http://0x7f.1/',
    '[http://127.0.0.1/](http://127.0.0.1/)',
  ],
  [
    'markup in an address ends it',
    'https://example.org/<script>',
    '[https://example.org/](https://example.org/)<script>',
  ],
  ['half an address is text', 'https:// http://[ mailto: tel:', 'https:// http://[ mailto: tel:'],
  ['capitals are kept', 'HTTPS://Example.ORG/Ä', '[https://example.org/%C3%84](https://example.org/%C3%84)'],
];

for (const [what, written, expected] of cases) {
  test(what, () => assert.equal(shown(written), expected));
}

test('what was written is all there, and only the web, mail and telephone are led to', () => {
  for (const [, written] of cases)
    for (const { href } of linkify(written))
      if (href) assert.match(href, /^(https?:\/\/[^/@]+\/|mailto:|tel:)/);
});

test('a long message of nothing but traps takes no time', () => {
  const started = performance.now();
  for (const trap of ['https://', 'https://a', 'mailto:(', 'tel:))))', '((((', 'http://a.b/?))))))'])
    linkify(trap.repeat(5_000));
  assert.ok(performance.now() - started < 1_000);
});

test('an address with two thousand brackets behind it is cut once, not bracket by bracket', (t) => {
  const [cuts, splits] = [t.mock.method(String.prototype, 'slice'), t.mock.method(String.prototype, 'split')];
  const parts = linkify(`https://a${')'.repeat(1_990)}`);
  const work = cuts.mock.callCount() + splits.mock.callCount();
  t.mock.restoreAll();
  assert.deepEqual(parts, [{ text: 'https://a', href: 'https://a/' }, { text: ')'.repeat(1_990) }]);
  assert.ok(work < 10, `${work} times`);
});

test('of a text that is nothing but links, twenty are; the rest is still there as text', () => {
  const text = 'tel:1 '.repeat(330);
  const parts = linkify(text);
  assert.equal(parts.filter(({ href }) => href).length, 20);
  assert.equal(parts.map((part) => part.text).join(''), text);
});

test('nor are hundreds of half addresses all looked at', (t) => {
  const looks = t.mock.method(URL, 'canParse');
  linkify('tel:) '.repeat(330));
  assert.equal(looks.mock.callCount(), 20);
});
