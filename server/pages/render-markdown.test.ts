import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderMarkdown } from './render-markdown.ts';

/** Every tag with its attributes; what a browser would make elements of. */
function tagsOf(html: string): string[] {
  return [...html.matchAll(/<[a-z!/][^>]*>/gi)].map(([tag]) => tag);
}

test('HTML in a text is shown, and never becomes an element', () => {
  const evil = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    'in a line <svg onload=alert(1)> and <a href="javascript:alert(1)">on</a>',
    '<!-- a comment --><style>*{display:none}</style>',
    '| <script>x</script> |\n| --- |\n| <form action="//evil.example"> |',
    '# <script>x</script>',
    '```"><script>\n</code></pre><script>alert(1)</script>\n```',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ];
  const { html } = renderMarkdown(evil.join('\n\n'));
  const allowed = /^<\/?(p|h1|h2|pre|code|div|table|thead|tbody|tr|th|td)(?=[ >])/;
  for (const tag of tagsOf(html)) {
    assert.match(tag, allowed);
    assert.doesNotMatch(tag, /\son\w+=|style=/i);
  }
});

test('a link leads to an address that one can read, to a page or to a place on it, and nowhere else', () => {
  const good = [
    'https://example.org/x',
    'http://example.org',
    'mailto:a@example.org',
    'tel:+4930123',
    '/hilfe',
    '#oben',
  ];
  for (const address of good) {
    assert.ok(renderMarkdown(`[x](${address})`).html.includes(`<a href="${address}">x</a>`), address);
  }
  const bad = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&#115;cript:alert(1)',
    '&#x6a;avascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/png;base64,AAAA',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:x',
    '//evil.example/x',
    '/\\evil.example',
    '\\\\evil.example',
    '../../etc/passwd',
    'x/../../y',
  ];
  for (const address of bad) {
    for (const text of [`[x](${address})`, `![x](${address})`, `<${address}>`, `[x][1]\n\n[1]: ${address}`]) {
      const { html } = renderMarkdown(text);
      assert.doesNotMatch(html, /<a\s+href|<img/i, text);
    }
  }
});

test('only pictures that are there are shown, and others are told by their words', () => {
  const pictures = new Map([['logo.png', '/seiten/logo.png']]);
  const shown = renderMarkdown('![Unser Logo](logo.png)', pictures);
  assert.equal(shown.html, '<p><img src="/seiten/logo.png" alt="Unser Logo"></p>\n');
  assert.deepEqual(shown.pictures, ['logo.png']);
  for (const address of [
    'other.png',
    'https://evil.example/logo.png',
    '../logo.png',
    '/logo.png',
    'constructor.png',
  ]) {
    const { html, pictures: used } = renderMarkdown(`![Unser *<Logo>*](${address})`, pictures);
    assert.doesNotMatch(html, /<img|src=/, address);
    assert.match(html, /Unser .*&lt;Logo&gt;/, address);
    assert.deepEqual(used, []);
  }
  assert.doesNotMatch(renderMarkdown('[Bild](logo.png)', pictures).html, /href/);
});

test('headings have one of the first rank, skip none and can be led to, each by a name of its own', () => {
  const { title, html } = renderMarkdown(
    '# Über *uns* & Co.\n\n#### Größe\n\n# Noch eine\n\n###### Größe\n\n## 日本\n\n## !!!\n\n## Inhalt',
    new Map(),
    ['inhalt'],
  );
  assert.equal(title, 'Über uns & Co.');
  assert.deepEqual(
    tagsOf(html).filter((tag) => tag.startsWith('<h')),
    [
      '<h1 id="ueber-uns-co">',
      '<h2 id="groesse">',
      '<h2 id="noch-eine">',
      '<h3 id="groesse-2">',
      '<h2 id="日本">',
      '<h2 id="abschnitt">',
      '<h2 id="inhalt-2">',
    ],
  );
  assert.equal(renderMarkdown('Ohne Überschrift\n\n# Spät').title, undefined);
});

test('a table says what it is about and has no styles of its own', () => {
  const { html } = renderMarkdown('## Preise\n\n| was | wie viel |\n| --- | ---: |\n| alles | 0 |');
  assert.match(html, /<div class="table" role="group" tabindex="0" aria-labelledby="preise"><table>/);
  assert.match(html, /<td class="align-right">0<\/td>/);
  assert.doesNotMatch(html, /style/);
});

test('what is nested without end, or repeated, ends', () => {
  for (const text of [
    '> '.repeat(20_000),
    '['.repeat(20_000),
    '*a '.repeat(20_000),
    '`'.repeat(20_000),
    `${'- '.repeat(5_000)}x`,
    '![a]('.repeat(10_000),
    '<'.repeat(20_000),
  ]) {
    const { html } = renderMarkdown(text);
    assert.ok(html.length < 1_000_000);
    assert.ok((html.match(/<(blockquote|ul)>/g) ?? []).length <= 30);
  }
});
