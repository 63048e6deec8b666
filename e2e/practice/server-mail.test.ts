import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import type { Page } from 'playwright-core';
import { startTestMailServer, type TestMailServer, textOf } from '../../server/testing/test-mail-server.ts';
import type { TestServer } from '../../server/testing/test-server.ts';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import { closeInvitation, registerPractice } from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { callIn, goToWaitingRoom } from '../support/room.ts';
import { see } from '../support/senses.ts';

/** It is noon at the practice, whatever the machine's clock says. */
const skewMs =
  localInstant(calendarDayIn('Europe/Berlin', new Date()), '12:00', 'Europe/Berlin').getTime() - Date.now();
const now = (): Date => new Date(Date.now() + skewMs);

let mail: TestMailServer;
let server: TestServer;

before(async () => {
  mail = await startTestMailServer();
  server = await startProduct({ config: { smtp: mail.smtp }, now });
});
after(async () => {
  await server.close();
  await mail.close();
});
beforeEach(() => {
  mail.behaviour = {};
  mail.received.length = 0;
});

async function openAtNoon(): Promise<Person> {
  const person = await openPerson();
  person.page.setDefaultTimeout(15_000);
  await person.context.clock.install({ time: now() });
  return person;
}

async function withPractice(story: (person: Person) => Promise<void>): Promise<void> {
  const person = await openAtNoon();
  try {
    const main = await registerPractice(person.page, server.practiceOrigin);
    const { db } = server.context;
    const practice = db.selectFrom('practice_user').where('email', '=', main.email).select('practice_id');
    await db.updateTable('practice').set({ plan: 'plus' }).where('id', '=', practice).execute();
    await person.page.reload();
    await see(person.page, 'Noch keine Termine');
    await story(person);
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

/** For three in the afternoon of today. */
async function book(page: Page, email: string, mailOnDay: string): Promise<void> {
  await page.getByRole('button', { name: 'Ersten Termin anlegen' }).click();
  await page.getByLabel('Uhrzeit').fill('15:00');
  await page.getByLabel('Für wen').fill('Erika Beispiel');
  await page.getByLabel(/^E-Mail/).fill(email);
  await page.getByLabel('Am Tag des Termins per E-Mail einladen').selectOption({ label: mailOnDay });
  await page.getByRole('button', { name: 'Termin anlegen' }).click();
  await see(page, 'Einladung für Erika Beispiel');
}

const openServerMail = (page: Page) =>
  page.locator('.way > summary', { hasText: 'E-Mail vom Server' }).click();

/** The link in the one mail that has come. */
function linkReceived(): string {
  assert.equal(mail.received.length, 1);
  const [link, ...others] = textOf(mail.received[0] ?? assert.fail()).match(/https?:\/\/\S+#\S+/g) ?? [];
  assert.deepEqual(others, []);
  return link ?? assert.fail('no link in the mail');
}

test('a mail that is sent now arrives, its link leads into the waiting room, and the words are to be compared', async () => {
  const patient = await openAtNoon();
  try {
    await withPractice(async ({ page }) => {
      await book(page, 'erika@beispiel.example', 'Nein, wir laden selbst ein');
      await openServerMail(page);
      await page.getByRole('button', { name: 'Jetzt schicken' }).click();
      await see(page, /^E-Mail verschickt: heute/);
      assert.deepEqual(await accessibilityProblems(page), []);
      const link = linkReceived();
      assert.deepEqual(mail.received[0]?.to, ['erika@beispiel.example']);
      assert.equal(mail.received[0]?.isEncrypted, true);
      assert.doesNotMatch(textOf(mail.received[0] ?? assert.fail()), /Beispiel|Sommer/);
      await goToWaitingRoom(patient.page, link, 'Erika Beispiel');
      await see(patient.page, 'Sie sind im Wartezimmer');
      await closeInvitation(page);
      const popup = page.waitForEvent('popup');
      await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
      const host = await popup;
      await callIn(host, 'Erika Beispiel');
      await see(host, 'Diese Einladung ging über den Server. Bitte vergleichen Sie die drei Wörter');
      assert.deepEqual(patient.problems, []);
    });
  } finally {
    await patient.close();
  }
});

test('on the day the mail goes out by itself, and without the code when the practice wants that', () =>
  withPractice(async ({ page }) => {
    await book(page, 'erika@beispiel.example', 'Ja, aber ohne Code: den sagen wir am Telefon');
    await openServerMail(page);
    await see(page, /^E-Mail verschickt: heute/);
    assert.equal(mail.received.length, 1);
    const text = textOf(mail.received[0] ?? assert.fail());
    const code = await page.locator('.copyable-large').first().innerText();
    assert.doesNotMatch(text, new RegExp(`${code}|${code.replaceAll('-', '')}`, 'i'));
    assert.match(text, /15:00/);
  }));

test('a refused address is shown at the appointment and on the start page, until somebody has read it', () =>
  withPractice(async ({ page }) => {
    mail.behaviour.onRecipient = () => 550;
    await book(page, 'weg@beispiel.example', 'Ja, mit Link');
    await openServerMail(page);
    await see(page, 'E-Mail abgelehnt');
    await closeInvitation(page);
    await page.reload();
    await see(page, 'Erika Beispiel: E-Mail abgelehnt');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Erledigt' }).click();
    await page.getByText('Erika Beispiel: E-Mail abgelehnt').waitFor({ state: 'hidden' });
    await page.reload();
    await see(page, 'Erika Beispiel');
    assert.equal(await page.getByText('Erika Beispiel: E-Mail abgelehnt').count(), 0);
    assert.deepEqual(mail.received, []);
  }));
