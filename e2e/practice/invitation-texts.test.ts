import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestMailServer, type TestMailServer } from '../../server/testing/test-mail-server.ts';
import type { TestServer } from '../../server/testing/test-server.ts';
import { bookPatient, isAccessible, pasted, patient, unfold, withPractice } from '../support/invitations.ts';
import { today } from '../support/practice.ts';
import { closeInvitation } from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';

let server: TestServer;
let mail: TestMailServer;

before(async () => {
  mail = await startTestMailServer();
  server = await startProduct({ config: { smtp: mail.smtp } });
});
after(async () => {
  await server.close();
  await mail.close();
});

async function openTemplates(page: Page): Promise<void> {
  await page.locator('.user-menu-button').click();
  await page.locator('#user-menu').getByRole('button', { name: 'Einstellungen' }).click();
  await page.getByRole('button', { name: /^Einladungen/ }).click();
  await page.getByRole('heading', { name: 'Einladungen', exact: true }).waitFor();
}

test('the practice writes its own text: problems are named, the preview shows it, the sheet uses it', () =>
  withPractice(server, async ({ page }) => {
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
    const link = await bookPatient(server, page);
    const href = await page.getByRole('link', { name: 'E-Mail schreiben' }).getAttribute('href');
    assert.equal(new URL(href ?? '').searchParams.get('body'), `Hallo Jürgen Groß,\r\nbis bald! ${link}`);
    await closeInvitation(page);
    await openTemplates(page);
    await page.getByRole('button', { name: 'Zurück zum mitgelieferten Text' }).click();
    await see(page, 'Das ist der Text, der mitkommt.');
    assert.match(await page.getByLabel('Text', { exact: true }).inputValue(), /^Guten Tag \{name\},/);
  }));

test('what holds for all invitations: the neutral name, what a new one begins with, and the hour of the mails', () =>
  withPractice(server, async ({ page }) => {
    await openTemplates(page);
    await page.getByLabel('Neutraler Name der Praxis').fill('Praxis am Markt');
    await page.getByLabel(/^Ja, ohne Code/).check();
    await page.getByLabel('Uhrzeit der E-Mails am Tag des Termins').fill('06:30');
    await page.getByRole('button', { name: 'Speichern' }).first().click();
    await see(page, 'Gespeichert.');
    await page.getByRole('button', { name: 'Zurück', exact: true }).click();
    await bookPatient(server, page);
    await see(page, /^E-Mail geplant: .*6:30 Uhr$/);
    await unfold(page, 'E-Mail vom Server');
    assert.equal(await page.getByLabel(/^Ja, ohne Code/).isChecked(), true);
    await page.locator('.way[open]').getByText('Text ansehen').click();
    const text = await page.locator('.way[open] .mail-preview').innerText();
    assert.match(text, /Den Code nennen wir Ihnen am Telefon/);
    assert.match(text, /Praxis am Markt$/);
    assert.doesNotMatch(text, /#|Groß|Sommer/);
    await isAccessible(page);
    await page.getByLabel('Nein', { exact: true }).check();
    await see(page, 'Noch nicht verschickt');
    assert.equal(mail.received.length, 0);
  }));

test('a text too long for mail programs is copied, and the program opens with the address alone', () =>
  withPractice(server, async ({ page }) => {
    await openTemplates(page);
    await page.getByLabel('Text', { exact: true }).fill(`{link}\n${'Gute Worte. '.repeat(200)}`);
    await see(page, 'Manche Mailprogramme schneiden so lange Texte ab.');
    await page.getByRole('button', { name: 'Speichern' }).nth(1).click();
    await see(page, 'Dieser Text ist Ihr eigener.');
    await page.getByRole('button', { name: 'Zurück', exact: true }).click();
    const link = await bookPatient(server, page);
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
  withPractice(server, async ({ page }) => {
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
    await bookPatient(server, page);
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
  withPractice(server, async ({ page }) => {
    const old = await bookPatient(server, page);
    await closeInvitation(page);
    await page.getByRole('button', { name: `Termin mit ${patient.name} ändern` }).click();
    await page.getByLabel('Tag', { exact: true }).fill(today(server, 4));
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
  withPractice(server, async ({ page }) => {
    await bookPatient(server, page);
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
  withPractice(server, async ({ page }) => {
    await bookPatient(server, page);
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
