import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import ical from 'ical.js';
import { sync as nodeIcal } from 'node-ical';
import type { Page } from 'playwright-core';
import { ensurePoppler } from '../scripts/poppler.ts';
import type { TestServer } from '../server/testing/test-server.ts';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { print } from './support/paper.ts';
import { today } from './support/practice.ts';
import { bookAppointment, closeInvitation, registerPractice } from './support/practice-app.ts';
import { startProduct } from './support/product.ts';
import { see } from './support/senses.ts';

let server: TestServer;

before(async () => {
  ensurePoppler();
  server = await startProduct();
});
after(() => server.close());

const clipboard = ['clipboard-write'];

async function withPractice(
  story: (person: Person) => Promise<void>,
  { plan = 'plus', permissions = clipboard } = {},
): Promise<void> {
  const person = await openPerson({ permissions });
  person.page.setDefaultTimeout(15_000);
  try {
    const main = await registerPractice(person.page, server.practiceOrigin);
    const { db } = server.context;
    const practice = db.selectFrom('practice_user').where('email', '=', main.email).select('practice_id');
    await db.updateTable('practice').set({ plan }).where('id', '=', practice).execute();
    await person.page.reload();
    await see(person.page, 'Noch keine Termine');
    await story(person);
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

const patient = { name: 'Jürgen Groß', contact: 'juergen@example.org', time: '10:30' };

const book = (page: Page) => bookAppointment(page, { ...patient, day: today(server, 3) });

/** Both reviewers' eyes: nothing for axe to find, once colours have come to rest. */
async function isAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
  assert.deepEqual(await accessibilityProblems(page), []);
}

async function unfold(page: Page, way: string): Promise<void> {
  await page.locator('.way > summary', { hasText: way }).click();
}

/** What the keyboard pastes: the page's own policy lets no script read the clipboard. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'pasted';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press('ControlOrMeta+V');
  return page.evaluate(() => {
    const field = document.querySelector<HTMLTextAreaElement>('#pasted');
    field?.remove();
    return field?.value ?? '';
  });
}

/** The code as it stands on the sheet, with hyphens. */
const codeOn = (page: Page) => page.locator('.copyable-large').first().innerText();

test('link, code and text are copied, and the sheet remembers it after it was closed', () =>
  withPractice(async ({ page }) => {
    const link = await book(page);
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
    async ({ page }) => {
      const link = await book(page);
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
  withPractice(async ({ page }) => {
    const link = await book(page);
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

test('whoever has no mail program finds the steps for this machine first, and the way back', () =>
  withPractice(async ({ page }) => {
    await book(page);
    await page.getByRole('button', { name: 'Es öffnet sich kein Mailprogramm?' }).click();
    await see(page, 'Kopieren geht immer');
    await page.getByRole('heading', { name: 'Linux' }).waitFor();
    await page.getByText('GMX, WEB.DE').click();
    await see(page, 'Diese Postfächer lassen sich nicht als Mailprogramm einstellen.');
    await isAccessible(page);
    await page.getByRole('button', { name: 'Zurück' }).click();
    await page.getByRole('heading', { name: `Einladung für ${patient.name}` }).waitFor();
  }));

test('the calendar file is read by two programs, and says nothing of who it is for', () =>
  withPractice(async ({ page }) => {
    const link = await book(page);
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
  withPractice(async ({ page }) => {
    const link = await book(page);
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
  withPractice(async ({ page }) => {
    await book(page);
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
  await withPractice(async ({ page }) => {
    await book(page);
    await unfold(page, 'SMS');
    await see(page, 'SMS sind hier nicht eingerichtet.');
    await unfold(page, 'E-Mail vom Server');
    await see(page, 'Der Server kann hier keine E-Mails verschicken.');
  });
  await withPractice(
    async ({ page }) => {
      await book(page);
      await unfold(page, 'E-Mail vom Server');
      await see(page, 'Ihr Tarif enthält keine E-Mails vom Server.');
    },
    { plan: 'basis' },
  );
});

test('each participant has an invitation of their own, in their own language', () =>
  withPractice(async ({ page }) => {
    await page.getByRole('button', { name: 'Ersten Termin anlegen' }).click();
    await page.getByLabel('Tag').fill(today(server, 3));
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
  withPractice(async ({ page }) => {
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

async function openTemplates(page: Page): Promise<void> {
  await page.locator('.user-menu-button').click();
  await page.locator('#user-menu').getByRole('button', { name: 'Einstellungen' }).click();
  await page.getByRole('button', { name: /^Einladungen/ }).click();
  await page.getByRole('heading', { name: 'Einladungen', exact: true }).waitFor();
}

test('the practice writes its own text: problems are named, the preview shows it, the sheet uses it', () =>
  withPractice(async ({ page }) => {
    await openTemplates(page);
    await isAccessible(page);
    await page.getByLabel('Text', { exact: true }).fill('Hallo {name},\nbis bald! {praxsi}');
    await see(page, 'Zeile 2: {praxsi} gibt es nicht als Platzhalter.');
    await see(page, 'Im Text fehlt der Weg ins Wartezimmer');
    await isAccessible(page);
    await page.getByLabel('Text', { exact: true }).fill('Hallo {name},\nbis bald! ');
    await page.getByRole('button', { name: '{link}' }).click();
    assert.equal(
      await page.getByLabel('Text', { exact: true }).inputValue(),
      'Hallo {name},\nbis bald! {link}',
    );
    await see(page, 'Hallo Kim Beispiel,');
    await page.getByRole('button', { name: 'Speichern' }).nth(1).click();
    await see(page, 'Dieser Text ist Ihr eigener.');
    await page.getByLabel('Welcher Text').selectOption({ label: 'E-Mail vom Server, mit Code' });
    await page.getByLabel('Text', { exact: true }).fill('{name}: {link}');
    await see(page, 'Zeile 1: {name} darf in diesem Text nicht stehen.');
    await page.getByRole('button', { name: 'Zurück', exact: true }).click();
    const link = await book(page);
    const href = await page.getByRole('link', { name: 'E-Mail schreiben' }).getAttribute('href');
    assert.equal(new URL(href ?? '').searchParams.get('body'), `Hallo Jürgen Groß,\r\nbis bald! ${link}`);
    await closeInvitation(page);
    await openTemplates(page);
    await page.getByRole('button', { name: 'Zurück zum mitgelieferten Text' }).click();
    await see(page, 'Das ist der Text, der mitkommt.');
    assert.match(await page.getByLabel('Text', { exact: true }).inputValue(), /^Guten Tag \{name\},/);
  }));

test('a text too long for mail programs is copied, and the program opens with the address alone', () =>
  withPractice(async ({ page }) => {
    await openTemplates(page);
    await page.getByLabel('Text', { exact: true }).fill(`{link}\n${'Gute Worte. '.repeat(200)}`);
    await see(page, 'Manche Mailprogramme schneiden so lange Texte ab.');
    await page.getByRole('button', { name: 'Speichern' }).nth(1).click();
    await see(page, 'Dieser Text ist Ihr eigener.');
    await page.getByRole('button', { name: 'Zurück', exact: true }).click();
    const link = await book(page);
    const button = page.getByRole('link', { name: 'E-Mail schreiben' });
    assert.deepEqual(
      [...new URL((await button.getAttribute('href')) ?? '').searchParams.keys()],
      ['subject'],
    );
    await button.click();
    await see(page, 'Mailprogramm geöffnet: heute');
    assert.ok((await pasted(page)).startsWith(link));
  }));

test("the practice's logo is made small here and stands on the letter", () =>
  withPractice(async ({ page }) => {
    await openTemplates(page);
    const large = await page.screenshot({ fullPage: true });
    await page.setInputFiles('input[type=file]', { name: 'logo.png', mimeType: 'image/png', buffer: large });
    await isAccessible(page);
    await page.getByRole('button', { name: 'Logo übernehmen' }).click();
    const logo = page.getByRole('img', { name: 'Logo der Praxis' });
    await logo.waitFor();
    const height = await logo.evaluate((image) => (image as HTMLImageElement).naturalHeight);
    assert.ok(height > 0 && height <= 260, `${height} pixels`);
    await page.getByRole('button', { name: 'Zurück', exact: true }).click();
    await book(page);
    await unfold(page, 'Brief mit Code und Bild');
    await page.emulateMedia({ media: 'print' });
    await page.locator('.letter .practice-logo').waitFor();
    await page.emulateMedia({ media: 'screen' });
    await closeInvitation(page);
    await openTemplates(page);
    await page.getByRole('button', { name: 'Logo entfernen' }).click();
    await page.getByRole('button', { name: 'Logo auswählen' }).waitFor();
  }));

test('after a move to another day the old code is dead, and those invited are told the new one', () =>
  withPractice(async ({ page }) => {
    const old = await book(page);
    await closeInvitation(page);
    await page.getByRole('button', { name: `Termin mit ${patient.name} ändern` }).click();
    await page.getByLabel('Tag').fill(today(server, 4));
    await page.getByRole('button', { name: 'Termin speichern' }).click();
    await page.getByRole('button', { name: 'Bescheid sagen' }).click();
    await page.getByRole('heading', { name: 'Sagen Sie Bescheid: Termin verlegt' }).waitFor();
    await isAccessible(page);
    const href = await page.getByRole('link', { name: 'E-Mail schreiben' }).getAttribute('href');
    const body = new URL(href ?? '').searchParams.get('body') ?? '';
    assert.match(body, /Ihr Videotermin ist verlegt/);
    assert.ok(!body.includes(old));
    await page.getByRole('button', { name: 'Einladung öffnen' }).click();
    const link = await page.locator('.copyable-text').filter({ hasText: '/#' }).first().innerText();
    assert.ok(body.includes(link));
  }));

test('after a cancellation those invited are told without any way in', () =>
  withPractice(async ({ page }) => {
    await book(page);
    await closeInvitation(page);
    await page.getByRole('button', { name: `Termin mit ${patient.name} ändern` }).click();
    await page.getByRole('button', { name: 'Termin absagen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Termin absagen' }).click();
    await page.getByRole('button', { name: 'Bescheid sagen' }).click();
    await page.getByRole('heading', { name: 'Sagen Sie Bescheid: Termin abgesagt' }).waitFor();
    await isAccessible(page);
    const href = await page.getByRole('link', { name: 'E-Mail schreiben' }).getAttribute('href');
    const body = new URL(href ?? '').searchParams.get('body') ?? '';
    assert.match(body, /absagen/);
    assert.doesNotMatch(body, /#/);
  }));

test('a message that came back is told on the start page and on the sheet, until it is settled', () =>
  withPractice(async ({ page }) => {
    await book(page);
    const { db } = server.context;
    const invitation = await db
      .selectFrom('invitation')
      .innerJoin('appointment', 'appointment.id', 'invitation.appointment_id')
      .select(['invitation.id', 'appointment_id', 'appointment.practice_id'])
      .where('appointment.practice_id', '=', await practiceOn(page))
      .executeTakeFirstOrThrow();
    const at = server.context.now();
    await db
      .insertInto('delivery')
      .values({
        id: randomUUID(),
        practice_id: invitation.practice_id,
        appointment_id: invitation.appointment_id,
        invitation_id: invitation.id,
        channel: 'mail',
        is_on_day: false,
        state: 'bounced',
        due_at: at,
        next_attempt_at: at,
        changed_at: at,
      })
      .execute();
    await page.reload();
    await see(page, 'Jürgen Groß: E-Mail zurückgekommen');
    await isAccessible(page);
    await page.getByRole('button', { name: 'Einladung öffnen' }).click();
    await see(page, 'Die Adresse nimmt nichts an.');
    await closeInvitation(page);
    await page.getByRole('button', { name: 'Erledigt' }).click();
    await page.getByText('E-Mail zurückgekommen').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: `Einladung für ${patient.name}` }).waitFor();
    assert.equal(await page.getByText('E-Mail zurückgekommen').count(), 0);
  }));

/** The practice that is signed in here. */
async function practiceOn(page: Page): Promise<string> {
  const answer = page.waitForResponse((response) => response.url().endsWith('/practice/session'));
  await page.reload();
  const { json } = (await (await answer).json()) as { json: { practice: { id: string } } };
  return json.practice.id;
}
