import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { helpPages, operatorPages, pageNames, pathOf } from './page-names.ts';

let folder: string;
let server: TestServer;
const now = new Date('2026-11-26T09:00:00Z');
const png = Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1');
const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-pages-'));
  await put('impressum.md', '# Impressum der Betreiberin\n\n![Logo](logo.png) <script>alert(1)</script>');
  await put('impressum.tr.md', '# Künye');
  await put('datenschutz.md', 'Ohne Überschrift [x](javascript:alert(1))');
  await put('datenschutz.en.md', '# Our privacy notice');
  await put('logo.png', png);
  await put('hidden.png', png);
  const relay = { urls: ['turn:turn.example.org:3499'], secret: 'canary'.repeat(4), credentialMinutes: 10 };
  server = await startTestServer({ config: { pagesDir: folder, relay }, now: () => now });
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const origins = () => [server.practiceOrigin, server.roomOrigin];
const page = (path: string, init?: RequestInit) => fetch(server.practiceOrigin + path, init);
const textOf = async (path: string) => (await page(path)).text();

test('every page is there in German and English, the same on both origins, with a title and headings in order', async () => {
  for (const name of pageNames) {
    for (const language of ['de', 'en']) {
      const path = pathOf(name, language);
      const [practice, room] = await Promise.all(origins().map((origin) => fetch(origin + path)));
      assert.equal(practice!.status, 200, path);
      assert.equal(practice!.headers.get('content-type'), 'text/html; charset=utf-8');
      const html = await practice!.text();
      assert.equal(await room!.text(), html);
      assert.match(html, new RegExp(`^<!doctype html>\n<html lang="${language}">`));
      assert.match(html, /<title>[^<]{3,} – Sprechzimmer<\/title>/);
      const ranks = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, rank]) => Number(rank));
      assert.equal(ranks[0], 1, path);
      assert.equal(ranks.filter((rank) => rank === 1).length, 1, path);
      for (const [index, rank] of ranks.entries()) assert.ok(rank <= (ranks[index - 1] ?? 0) + 1, path);
      assert.doesNotMatch(html, /\{\{|undefined/, path);
    }
  }
});

test('no page asks for anything from elsewhere, runs anything or styles anything by itself', async () => {
  for (const path of pageNames.flatMap((name) => [pathOf(name, 'de'), pathOf(name, 'en')])) {
    const html = await textOf(path);
    const resources = [...html.matchAll(/<(?:link|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(
      ([, url]) => url!,
    );
    assert.ok(resources.length >= 2);
    for (const url of resources) assert.match(url, /^(\/(?!\/)|data:image\/svg\+xml,)/, path);
    assert.doesNotMatch(html, /<(script|style|iframe|object|embed|form|base|video|audio|source)\b/i, path);
    assert.doesNotMatch(html, /\s(style|on\w+|srcset)=/i, path);
  }
});

test('every link of the product’s own pages leads to a page or to a place on one that is there', async () => {
  const seen = new Map<string, string>();
  for (const path of [
    ...helpPages.flatMap((name) => [pathOf(name, 'de'), pathOf(name, 'en')]),
    '/nutzungsbedingungen',
  ]) {
    const html = await textOf(path);
    for (const [, address] of html.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (address!.startsWith('mailto:?subject=')) continue;
      const url = new URL(address!, server.practiceOrigin + path);
      assert.ok(origins().includes(url.origin), `${path}: ${address}`);
      const target = seen.get(url.href) ?? (await (await fetch(url)).text());
      seen.set(url.href, target);
      assert.match(target, /<title>/, `${path}: ${address}`);
      if (url.hash) assert.ok(target.includes(` id="${url.hash.slice(1)}"`), `${path}: ${address}`);
    }
  }
  assert.ok(seen.size > pageNames.length);
});

test('the operator’s own text stands there, without what it may not hold', async () => {
  const html = await textOf('/impressum');
  assert.match(html, /<title>Impressum der Betreiberin – Sprechzimmer<\/title>/);
  assert.match(html, /<img src="\/seiten\/logo\.png" alt="Logo">/);
  assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  assert.doesNotMatch(html, /Vorlage|<script/);
  const privacy = await textOf('/datenschutz');
  assert.match(privacy, /<h1>Datenschutz<\/h1>/);
  assert.doesNotMatch(privacy, /href="javascript/);
});

test('a page in a further language is offered, and one that was not translated is shown in German and says so', async () => {
  const turkish = await textOf('/tr/impressum');
  assert.match(turkish, /<html lang="en">/);
  assert.match(turkish, /<article lang="tr">\n<h1 id="kuenye">Künye/);
  assert.match(await textOf('/impressum'), /<a href="\/tr\/impressum" lang="tr" hreflang="tr">Türkçe<\/a>/);
  const english = await textOf('/en/impressum');
  assert.match(english, /This text exists in German only\./);
  assert.match(english, /<article lang="de">/);
  assert.match(await textOf('/en/datenschutz'), /<article>\n<h1 id="our-privacy-notice">/);
  for (const path of [
    '/fr/impressum',
    '/tr/datenschutz',
    '/de/impressum',
    '/english/impressum',
    '/tr/hilfe',
  ]) {
    assert.equal((await page(path)).status, 404, path);
  }
});

test('a page that the operator has not written is a template that says so', async () => {
  for (const path of ['/nutzungsbedingungen', '/en/nutzungsbedingungen']) {
    const html = await textOf(path);
    assert.match(html, /Vorlage: Dieser Text fehlt noch|Template: this text is still missing/);
    assert.match(html, /<code>nutzungsbedingungen\.md<\/code>/);
    assert.match(html, /<code>PAGES_DIR<\/code>/);
  }
  const warnings = server.logLines.filter((line) => line.includes('pages of the operator are missing'));
  assert.match(warnings[0] ?? '', /"file":"nutzungsbedingungen\.md"/);
  assert.doesNotMatch(warnings.join(''), /impressum|datenschutz/);
});

test('the page for IT staff has this server’s addresses and ports, and no secret', async () => {
  for (const path of ['/hilfe/firewall', '/en/hilfe/firewall']) {
    const html = await textOf(path);
    assert.match(html, /<code>turn\.example\.org<\/code><\/td>\n<td>UDP<\/td>\n<td>3499<\/td>/);
    for (const origin of origins()) assert.ok(html.includes(`<td>${new URL(origin).port}</td>`));
    assert.ok(html.includes(`href="${server.roomOrigin}/?test"`));
    assert.doesNotMatch(html, /canary|3478|keine Zwischenstelle|No relay/);
  }
});

test('pages have a strict policy of their own, and the stylesheet and pictures come from here', async () => {
  const response = await page('/impressum');
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(
    policy,
    /^default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; /,
  );
  assert.doesNotMatch(policy, /script-src|connect-src|unsafe|\*/);
  assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  const html = await response.text();
  const [, css, integrity] = /<link rel="stylesheet" href="([^"]+)" integrity="([^"]+)">/.exec(html) ?? [];
  const sheet = await page(css ?? '');
  assert.equal(sheet.headers.get('content-type'), 'text/css; charset=utf-8');
  assert.match(sheet.headers.get('cache-control') ?? '', /immutable/);
  const content = await sheet.text();
  assert.equal(`sha384-${createHash('sha384').update(content).digest('base64')}`, integrity);
  assert.doesNotMatch(content, /url\(|@import/);
  const logo = await page('/seiten/logo.png');
  assert.equal(logo.headers.get('content-type'), 'image/png');
  assert.deepEqual(Buffer.from(await logo.arrayBuffer()), png);
});

test('a page that has not changed costs nothing, and HEAD tells the same without it', async () => {
  const response = await page('/hilfe', { headers: { 'accept-encoding': 'br' } });
  assert.equal(response.headers.get('content-encoding'), 'br');
  assert.equal(response.headers.get('cache-control'), 'no-cache');
  const etag = response.headers.get('etag') ?? '';
  const again = await page('/hilfe', { headers: { 'accept-encoding': 'br', 'if-none-match': etag } });
  assert.equal(again.status, 304);
  assert.equal(again.headers.get('content-security-policy'), response.headers.get('content-security-policy'));
  const head = await page('/hilfe', { method: 'HEAD', headers: { 'accept-encoding': 'br' } });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('etag'), etag);
  assert.equal(await head.text(), '');
  assert.equal((await page('/hilfe', { method: 'POST' })).status, 404);
});

test('a slash too many is taken off, and leads nowhere else', async () => {
  const response = await page('/en/hilfe/browser/', { redirect: 'manual' });
  assert.equal(response.status, 308);
  assert.equal(response.headers.get('location'), '/en/hilfe/browser');
  for (const path of [
    '//impressum/',
    '//evil.example/impressum/',
    '/evil.example/hilfe/',
    '/%2fevil.example/impressum',
  ]) {
    assert.match(await answerTo(path), /^HTTP\/1\.1 40[04] /, path);
  }
});

/** As it stands, where `fetch` would tidy the path up. */
async function answerTo(path: string): Promise<string> {
  const { hostname, port } = new URL(server.practiceOrigin);
  const socket = connect(Number(port), hostname);
  socket.end(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

test('no path reaches a file: not beside the folder, not in it, not the product’s own', async () => {
  await writeFile(join(folder, 'notes.txt'), 'canary');
  for (const path of [
    '/seiten/../impressum.md',
    '/seiten/impressum.md',
    '/seiten/hidden.png',
    '/seiten/notes.txt',
    '/seiten/%2e%2e/%2e%2e/etc/passwd',
    '/seiten/..%2f..%2fetc%2fpasswd',
    '/seiten/....//etc/passwd',
    '/../../etc/passwd',
    '/hilfe/../../../etc/passwd',
    '/hilfe/%2e%2e%2fimpressum.md',
    '/impressum.md',
    '/impressum%00.md',
    '/seiten/constructor',
    '/seiten/__proto__',
    '/__proto__/impressum',
    '/constructor/impressum',
    '/hilfe/',
  ]) {
    const answer = await answerTo(path);
    assert.doesNotMatch(answer, /canary|root:|^HTTP\/1\.1 [25]00/, path);
  }
});

test('a person at an address where nothing is gets a page that helps on, and a program a refusal', async () => {
  for (const origin of origins()) {
    const german = await fetch(`${origin}/gibt-es-nicht?x=canary`, {
      headers: { accept: 'text/html,*/*;q=0.8' },
    });
    assert.equal(german.status, 404);
    assert.equal(german.headers.get('cache-control'), 'no-store');
    assert.match(
      german.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'self'; img/,
    );
    const html = await german.text();
    assert.match(
      html,
      /<html lang="de">[^]*<h1 id="diese-seite-gibt-es-nicht">Diese Seite gibt es nicht<\/h1>/,
    );
    assert.doesNotMatch(html, /canary|gibt-es-nicht\?/);
    const english = await fetch(`${origin}/en/nothing`, { headers: { accept: 'text/html' } });
    assert.match(await english.text(), /There is no such page/);
    const program = await fetch(`${origin}/gibt-es-nicht`);
    assert.equal(program.status, 404);
    assert.match(program.headers.get('content-type') ?? '', /^application\/json/);
  }
});

test('a change in the folder is seen without a new start, and a folder that is gone changes nothing', async () => {
  const own = await mkdtemp(join(tmpdir(), 'sprechzimmer-pages-'));
  const moment = new Date(now);
  const other = await startTestServer({ config: { pagesDir: own }, now: () => moment });
  const read = async () => (await fetch(`${other.roomOrigin}/impressum`)).text();
  const later = () => moment.setTime(moment.getTime() + 6_000);
  try {
    assert.match(await read(), /Vorlage/);
    await writeFile(join(own, 'impressum.md'), '# Erste Fassung');
    assert.match(await read(), /Vorlage/);
    later();
    assert.match(await read(), /Erste Fassung/);
    await writeFile(join(own, 'impressum.md'), '# Zweite Fassung, länger');
    later();
    const answers = await Promise.all(Array.from({ length: 20 }, read));
    for (const answer of answers) assert.match(answer, /Zweite Fassung/);
    await unlink(join(own, 'impressum.md'));
    await symlink('/etc/passwd', join(own, 'impressum.md'));
    later();
    assert.match(await read(), /Vorlage/);
    await unlink(join(own, 'impressum.md'));
    await writeFile(join(own, 'impressum.md'), '# Dritte Fassung');
    later();
    assert.match(await read(), /Dritte Fassung/);
    await rm(own, { recursive: true });
    later();
    assert.match(await read(), /Dritte Fassung/);
    assert.ok(other.logLines.some((line) => line.includes('PAGES_DIR cannot be read')));
    await mkdir(own);
    later();
    assert.match(await read(), /Vorlage/);
  } finally {
    await other.close();
    await rm(own, { recursive: true, force: true });
  }
});

test('a folder that is not there yet keeps no server from starting, and is read once it is', async () => {
  const own = join(await mkdtemp(join(tmpdir(), 'sprechzimmer-pages-')), 'later');
  const moment = new Date(now);
  const other = await startTestServer({ config: { pagesDir: own }, now: () => moment });
  const read = async () => (await fetch(`${other.roomOrigin}/impressum`)).text();
  try {
    assert.match(await read(), /Vorlage/);
    assert.ok(other.logLines.some((line) => line.includes('PAGES_DIR cannot be read')));
    await mkdir(own);
    await writeFile(join(own, 'impressum.md'), '# Eingehängt');
    moment.setTime(moment.getTime() + 6_000);
    assert.match(await read(), /Eingehängt/);
  } finally {
    await other.close();
    await rm(dirname(own), { recursive: true });
  }
});

test('without a folder of the operator all three pages are templates', async () => {
  const bare = await startTestServer();
  try {
    for (const name of operatorPages) {
      assert.match(
        await (await fetch(`${bare.roomOrigin}/${name}`)).text(),
        /Vorlage: Dieser Text fehlt noch/,
      );
    }
    assert.match(
      await (await fetch(`${bare.roomOrigin}/hilfe/firewall`)).text(),
      /keine Zwischenstelle eingerichtet/,
    );
  } finally {
    await bare.close();
  }
});
