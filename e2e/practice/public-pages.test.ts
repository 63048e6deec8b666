import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { pageNames, pathOf } from '../../server/pages/page-names.ts';
import type { TestServer } from '../../server/testing/test-server.ts';
import { openPerson, type Person, type PersonOptions } from '../support/browsers.ts';
import { isAccessible, withPractice } from '../support/invitations.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';
import { openFromMenu } from '../support/users.ts';

let folder: string;
let server: TestServer;

const imprint = `# Impressum

Praxisverbund-Telemedizin-Betriebsgesellschaft Musterstadt-Hohenstein-Württemberg mbH

## Anschrift

Musterstraße 1, 12345 Musterstadt, [Telefon](tel:+4930123456), <post@example.org>

| Umsatzsteuer-Identifikationsnummer | Registergericht | Registernummer | Aufsichtsbehörde |
| --- | --- | --- | ---: |
| DE123456789 | Amtsgericht Musterstadt | HRB 123456 | Landesbehörde |

<script>document.title = 'geändert'</script>
`;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-pages-'));
  await writeFile(join(folder, 'impressum.md'), imprint);
  const relay = { urls: ['turn:turn.example.org:3478'], secret: 'x'.repeat(20), credentialMinutes: 10 };
  server = await startProduct({ config: { pagesDir: folder, relay } });
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** A reader whose browser asks nobody but this server. */
async function asReader(options: PersonOptions, story: (person: Person) => Promise<void>): Promise<void> {
  const person = await openPerson(options);
  const asked = new Set<string>();
  person.context.on('request', (request) => asked.add(new URL(request.url()).origin));
  try {
    await story(person);
    assert.deepEqual(person.problems, []);
    for (const origin of asked) {
      assert.ok([server.practiceOrigin, server.roomOrigin, 'null'].includes(origin), origin);
    }
  } finally {
    await person.close();
  }
}

async function fits(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(beyond <= 0, `${page.url()} is ${beyond} points too wide`);
}

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

for (const [where, viewport] of Object.entries({ 'a computer': desktop, 'a phone': phone })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page can be read by everybody, ${colorScheme}, on ${where}`, () =>
      asReader({ viewport, colorScheme }, async ({ page }) => {
        const languages = colorScheme === 'light' ? ['de', 'en'] : ['de'];
        for (const language of languages) {
          for (const name of pageNames) {
            await page.goto(server.practiceOrigin + pathOf(name, language));
            await isAccessible(page);
            await fits(page);
          }
        }
        await page.goto(`${server.roomOrigin}/gibt-es-nicht`);
        await see(page, 'Diese Seite gibt es nicht');
        await isAccessible(page);
      }));
  }
}

test('with letters twice as large, and on the narrowest screen, nothing has to be scrolled sideways', () =>
  asReader({ viewport: { width: 320, height: 568 } }, async ({ page }) => {
    for (const name of pageNames) {
      await page.goto(server.roomOrigin + pathOf(name, 'de'));
      await fits(page);
      await page.setViewportSize({ width: 640, height: 400 });
      // As a browser does for who has set larger letters: everything is measured in them.
      const debug = await page.context().newCDPSession(page);
      await debug.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '34px');
      await fits(page);
      await debug.send('Page.setFontSizes', { fontSizes: { standard: 16 } });
      await page.setViewportSize({ width: 320, height: 568 });
    }
  }));

test('without JavaScript everything is there, in the reader’s language, and what the operator wrote runs nothing', () =>
  asReader({}, async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.roomOrigin}/hilfe`);
    await page.getByRole('link', { name: 'Erste Schritte' }).first().click();
    await see(page, 'Sie brauchen kein Konto.');
    await page.getByRole('link', { name: 'English' }).click();
    await see(page, 'You need no account.');
    await page.getByRole('link', { name: 'Imprint' }).click();
    await see(page, 'This text exists in German only.');
    await see(page, '<script>');
    assert.equal(await page.title(), 'Impressum – Sprechzimmer');
    await context.close();
  }));

test('the keyboard reaches everything in the order in which it stands, and one sees where it is', () =>
  asReader({}, async ({ page }) => {
    await page.goto(`${server.practiceOrigin}/hilfe/firewall`);
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        const { outlineStyle } = getComputedStyle(activeElement!);
        return {
          words: activeElement?.textContent.trim().slice(0, 40) ?? '',
          isSeen: outlineStyle !== 'none',
        };
      });
    await page.keyboard.press('Tab');
    assert.deepEqual(await focused(), { words: 'Zum Inhalt springen', isSeen: true });
    const walked: string[] = [];
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('Tab');
      const { words, isSeen } = await focused();
      if (walked.at(-1) === 'Impressum') break;
      assert.ok(isSeen, words);
      walked.push(words);
    }
    assert.deepEqual(
      walked.map((words) => words.split(/\s/)[0]),
      ['Sprechzimmer', 'Deutsch', 'English', 'Startseite', 'Hilfe', 'Technik', 'Wofür'].concat([
        'Hilfe',
        'Nutzungsbedingungen',
        'Datenschutz',
        'Impressum',
      ]),
    );
    await page.reload();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal((await focused()).words, 'Technik testen');
  }));

test('on paper there is the text, and nothing to press', () =>
  asReader({}, async ({ page }) => {
    await page.goto(`${server.practiceOrigin}/hilfe/erste-schritte-patienten`);
    await page.emulateMedia({ media: 'print' });
    await see(page, 'Sie brauchen kein Konto.');
    for (const hidden of ['.crumbs', '.language-switch', '.page-footer', '.skip-link']) {
      assert.equal(await page.locator(hidden).isVisible(), false, hidden);
    }
    const colour = await page.evaluate(() => getComputedStyle(document.body).color);
    assert.equal(colour, 'rgb(0, 0, 0)');
  }));

test('a practice finds the pages before it signs in and in its settings, without losing what it is at', () =>
  withPractice(server, async ({ page, context }) => {
    await openFromMenu(page, 'Einstellungen');
    const opened = context.waitForEvent('page');
    await page.getByRole('link', { name: 'Datenschutz' }).click();
    await see(await opened, 'Vorlage: Dieser Text fehlt noch');
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    await openFromMenu(page, 'Abmelden');
    const again = context.waitForEvent('page');
    await page.getByRole('link', { name: 'Impressum' }).click();
    await see(await again, 'Musterstraße 1');
    await isAccessible(page);
  }));

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a patient finds the pages on the first screen, ${colorScheme}, and nowhere after it`, () =>
    asReader({ colorScheme, viewport: phone }, async ({ page, context }) => {
      await page.goto(server.roomOrigin);
      const links = page.getByRole('contentinfo').getByRole('link');
      await links.first().waitFor();
      assert.deepEqual(await links.allInnerTexts(), [
        'Hilfe',
        'Nutzungsbedingungen',
        'Datenschutz',
        'Impressum',
      ]);
      await isAccessible(page);
      await fits(page);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('contentinfo').getByRole('link', { name: 'Privacy' }).waitFor();
      const opened = context.waitForEvent('page');
      await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
      await see(await opened, 'How the video consultation works, step by step.');
      await page.getByRole('link', { name: 'Test your equipment first' }).click();
      await page.getByRole('button', { name: /test/i }).first().waitFor();
      assert.equal(await page.getByRole('contentinfo').count(), 0);
    }));
}
