import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import ical from 'ical.js';
import { sync as nodeIcal } from 'node-ical';
import type { Page } from 'playwright-core';
import { ensureTestTools } from '../../scripts/test-tools.ts';
import type { TestServer } from '../../server/testing/test-server.ts';
import { openPerson } from '../support/browsers.ts';
import { bookPatient, isAccessible, pasted, patient, unfold, withPractice } from '../support/invitations.ts';
import { print } from '../support/paper.ts';
import { today } from '../support/practice.ts';
import { bookAppointment, closeInvitation } from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';

let server: TestServer;

before(async () => {
  ensureTestTools(['poppler-utils']);
  server = await startProduct();
});
after(() => server.close());

/** The code as it stands on the sheet, with hyphens. */
const codeOn = (page: Page) => page.locator('.copyable-large').first().innerText();

test('link, code and text are copied, and the sheet remembers it after it was closed', () =>
  withPractice(server, async ({ page }) => {
    const link = await bookPatient(server, page);
    await see(page, 'Noch nicht verschickt');
    await isAccessible(page);
    await page.getByRole('button', { name: 'Link kopieren' }).click();
    await see(page, 'Der Link ist kopiert.');
    assert.equal(await pasted(page), link);
    await page.getByRole('button', { name: 'Code kopieren' }).click();
    await see(page, 'Der Code ist kopiert.');
    assert.match(await pasted(page), /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await page.getByText('Text ansehen').first().click();
    await page.getByRole('button', { name: 'Text kopieren' }).click();
    await see(page, 'Der Text ist kopiert.');
    const text = await pasted(page);
    assert.match(text, /^Guten Tag Jürgen Groß,/);
    assert.ok(text.includes(link));
    await see(page, 'Kopiert: heute');
    await closeInvitation(page);
    await page.getByRole('button', { name: `Einladung für ${patient.name}` }).click();
    await see(page, 'Kopiert: heute');
  }));

test('where copying is not allowed, the text is selected for the keyboard', () =>
  withPractice(
    server,
    async ({ page }) => {
      const link = await bookPatient(server, page);
      await page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      });
      await page.getByRole('button', { name: 'Link kopieren' }).click();
      await see(page, 'Der Text ist markiert');
      assert.equal(await page.evaluate(() => String(getSelection())), link);
    },
    { permissions: [] },
  ));

test('the own mail program opens with address, subject and text, and the sheet does not claim that it was sent', () =>
  withPractice(server, async ({ page }) => {
    const link = await bookPatient(server, page);
    const button = page.getByRole('link', { name: 'E-Mail schreiben' });
    const address = new URL((await button.getAttribute('href')) ?? '');
    assert.equal(address.protocol, 'mailto:');
    assert.equal(decodeURIComponent(address.pathname), 'juergen@example.org');
    assert.deepEqual([...address.searchParams.keys()], ['subject', 'body']);
    assert.match(address.searchParams.get('subject') ?? '', /^Ihre Videosprechstunde am .*, um 10:30 Uhr$/);
    const body = address.searchParams.get('body') ?? '';
    assert.ok(body.includes(link));
    assert.match(body, /^Guten Tag Jürgen Groß,\r\n/);
    await button.click();
    await see(page, 'Mailprogramm geöffnet: heute');
    await see(page, 'Ob die E-Mail verschickt ist, sehen Sie in Ihrem Mailprogramm.');
  }));

test('whoever has no mail program finds the steps for this machine, and the invitation stays open', () =>
  withPractice(server, async ({ page }) => {
    await bookPatient(server, page);
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Es öffnet sich kein Mailprogramm?' }).click();
    const help = await opened;
    assert.equal(new URL(help.url()).hash, '#linux');
    await see(help, 'Kopieren geht immer');
    await help.getByRole('heading', { name: 'Linux' }).waitFor();
    await see(help, 'Diese Postfächer lassen sich nicht als E-Mail-Programm einstellen.');
    await isAccessible(help);
    await page.getByRole('heading', { name: `Einladung für ${patient.name}` }).waitFor();
  }));

test('the calendar file is read by two programs, and says nothing of who it is for', () =>
  withPractice(server, async ({ page }) => {
    const link = await bookPatient(server, page);
    await unfold(page, 'Kalenderdatei');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Kalenderdatei speichern' }).click();
    const download = await saved;
    assert.equal(download.suggestedFilename(), `Videotermin-${today(server, 3)}.ics`);
    const file = await readFile(await download.path(), 'utf8');
    const component = new ical.Component(ical.parse(file) as unknown[]).getFirstSubcomponent('vevent');
    assert.ok(component);
    const event = new ical.Event(component);
    assert.equal(event.location, link);
    assert.equal(event.summary, 'Videotermin: Praxis am See');
    const other = Object.values(nodeIcal.parseICS(file)).find((each) => each?.type === 'VEVENT');
    assert.ok(other?.type === 'VEVENT');
    assert.equal(other.start.getTime(), event.startDate.toJSDate().getTime());
    assert.doesNotMatch(file, /Groß|Jürgen|juergen|Sommer/);
    await see(page, 'Kalenderdatei gespeichert: heute');
  }));

test('the printed letter has address, code and a picture that a telephone reads as the link', () =>
  withPractice(server, async ({ page }) => {
    const link = await bookPatient(server, page);
    const code = await codeOn(page);
    await unfold(page, 'Brief mit Code und Bild');
    await page.getByLabel('Anschrift').fill('Jürgen Groß\nHauptstraße 5\n12345 Neustadt');
    await isAccessible(page);
    const letter = await print(page);
    assert.equal(letter.pages, 1);
    assert.equal(letter.qr, link);
    assert.ok(letter.text.includes(code));
    assert.match(letter.text, /Hauptstraße 5\s+12345 Neustadt/);
    assert.match(letter.text, /Guten Tag Jürgen Groß,/);
    assert.doesNotMatch(letter.text, /Weitere Wege|Kopieren/);
    await page.evaluate(() => (globalThis.print = () => undefined));
    await page.getByRole('button', { name: 'Brief drucken' }).click();
    await see(page, 'Brief gedruckt: heute');
    await unfold(page, 'Brief mit Code und Bild');
    await page.locator('.letter').waitFor({ state: 'detached' });
  }));

test('the code is read out by the towns of the spelling alphabet', () =>
  withPractice(server, async ({ page }) => {
    await bookPatient(server, page);
    const code = await codeOn(page);
    await unfold(page, 'Am Telefon vorlesen');
    await see(page, 'Gruppe 3');
    const symbols = await page.locator('.spelled-group code').allInnerTexts();
    assert.equal(symbols.join(''), code.replaceAll('-', ''));
    const words = await page.locator('.spelled-group span').allInnerTexts();
    assert.equal(words.length, 12);
    await isAccessible(page);
    await page.getByRole('button', { name: 'Ich habe den Code genannt' }).click();
    await see(page, 'Am Telefon genannt: heute');
  }));

test('ways that are not set up or not in the plan say so, and what to do', async () => {
  await withPractice(server, async ({ page }) => {
    await bookPatient(server, page);
    await unfold(page, 'SMS');
    await see(page, 'SMS sind hier nicht eingerichtet.');
    await unfold(page, 'E-Mail vom Server');
    await see(page, 'Der Server kann hier keine E-Mails verschicken.');
  });
  await withPractice(
    server,
    async ({ page }) => {
      await bookPatient(server, page);
      await unfold(page, 'E-Mail vom Server');
      await see(page, 'Ihr Tarif enthält keine E-Mails vom Server.');
    },
    { plan: 'basis' },
  );
});

test('each participant has an invitation of their own, in their own language', () =>
  withPractice(server, async ({ page }) => {
    await page.getByRole('button', { name: 'Ersten Termin anlegen' }).click();
    await page.getByLabel('Tag', { exact: true }).fill(today(server, 3));
    await page.getByLabel('Uhrzeit').fill('10:30');
    await page.getByLabel('Für wen').fill('محمد علي');
    await page.getByLabel('Sprache', { exact: true }).selectOption({ label: 'Englisch' });
    await page.getByRole('button', { name: 'Person hinzufügen' }).click();
    await page.getByLabel('Name').last().fill('Mia 👩‍⚕️ Muster');
    await page
      .getByLabel(/^Sprache/)
      .last()
      .selectOption({ label: 'Deutsch' });
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await page.getByRole('heading', { name: 'Einladung für Mia 👩‍⚕️ Muster' }).waitFor();
    const codes = await page.locator('.copyable-large').allInnerTexts();
    assert.equal(new Set(codes).size, 2);
    const [first, second] = await page
      .getByRole('link', { name: 'E-Mail schreiben' })
      .evaluateAll((links) =>
        links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('body')),
      );
    assert.match(first ?? '', /^Dear \u2068محمد علي\u2069,/);
    assert.match(second ?? '', /^Guten Tag Mia 👩‍⚕️ Muster,/);
    await isAccessible(page);
  }));

test('a host code is made after a warning, opens the host’s end elsewhere, and is taken back after a question', () =>
  withPractice(server, async ({ page }) => {
    await bookAppointment(page, { ...patient, day: today(server), time: '23:30' });
    await page.getByRole('button', { name: 'Gastgeber-Code erstellen' }).click();
    await see(page, 'Wer diesen Code hat, sitzt an diesem Termin auf Ihrem Platz');
    await isAccessible(page);
    await page.getByRole('button', { name: 'Code erstellen', exact: true }).click();
    const link = page.locator('.host-code .copyable-text').filter({ hasText: '/?host-code#' });
    const address = await link.innerText();
    await isAccessible(page);
    const elsewhere = await openPerson();
    try {
      const open = async () => {
        await elsewhere.page.goto(address);
        await elsewhere.page.getByRole('button', { name: 'Termin öffnen' }).click();
      };
      await open();
      await see(elsewhere.page, `Erwartet: ${patient.name}`);
      await page.getByRole('button', { name: /^Zurückziehen/ }).click();
      await page.getByRole('button', { name: 'Code zurückziehen' }).click();
      await link.waitFor({ state: 'detached' });
      await elsewhere.page.goto('about:blank');
      await open();
      await see(elsewhere.page, 'Dieser Gastgeber-Code gilt nicht');
    } finally {
      await elsewhere.close();
    }
  }));
