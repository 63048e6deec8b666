import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { print } from './support/paper.ts';
import { bookAppointment, closeInvitation, password, registerPractice } from './support/practice-app.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, wordsOn } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';
import { openFromMenu } from './support/users.ts';

const name = 'Erika Beispiel';
/** A locked practice app that is open again is asked by the room window within 15 seconds. */
const handedOverWithinMs = 40_000;

let server: TestServer;
let doctor: Person;
let erika: Person;
let host: Page;

before(async () => {
  server = await startProduct();
  [doctor, erika] = await Promise.all([openPerson(), openPerson()]);
});

after(async () => {
  await Promise.all([doctor.close(), erika.close()]);
  await server.close();
});

async function isInOrder(page: Page): Promise<void> {
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
}

/** What stands beside a label of the record that is shown. */
const fact = (page: Page, label: string) =>
  page.locator('.record-sheet dt').filter({ hasText: label }).first().locator('+ dd').innerText();

test('the end of a consultation, and what stays of it', async (story) => {
  const { page } = doctor;
  let words: string;

  await story.test('host and patient are told who ended it and how long it took', async () => {
    await registerPractice(page, server.practiceOrigin);
    const link = await bookAppointment(page, { name });
    await closeInvitation(page);
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
    host = await popup;
    await host.setViewportSize({ width: 480, height: 640 });
    await goToWaitingRoom(erika.page, link, name);
    await isSeen(erika.page);
    await callIn(host, name);
    await Promise.all([seeMovingPicture(host), seeMovingPicture(erika.page)]);
    words = await wordsOn(host);
    await host.getByRole('button', { name: 'Beenden' }).click();
    await see(erika.page, 'Die Praxis hat das Gespräch beendet.');
    await see(erika.page, /^Das Gespräch dauerte (weniger als )?eine Minute\.$/);
    await see(host, /Sie haben das Gespräch mit .* beendet\.$/);
    await see(host, /^Das Gespräch dauerte \d+ Sekunden?\.$/);
  });

  await story.test('the host’s window shows how it was secured, and prints it', async () => {
    await host.getByRole('button', { name: 'Nachweis ansehen' }).click();
    await see(host, 'Der Nachweis liegt verschlüsselt beim Termin in Ihrer Praxis-App.');
    assert.equal(await fact(host, 'Beendet von'), 'Praxis (Dr. Erika Sommer)');
    assert.equal(await fact(host, 'Drei Wörter'), `${words}\nnicht verglichen`);
    assert.equal(await fact(host, 'Weg'), 'direkt verbunden');
    assert.match(await fact(host, 'Verbindung'), /^DTLS 1\.[23], TLS_\w+(GCM|POLY1305)\w*$/);
    assert.match(await fact(host, 'Bild und Ton'), /^SRTP, \w+$/);
    const fingerprints = [
      await fact(host, 'Zertifikat der Praxis'),
      await fact(host, 'Zertifikat der Gegenseite'),
    ];
    for (const one of fingerprints) assert.match(one, /^SHA-256 ([0-9a-f]{2}:){31}[0-9a-f]{2}$/);
    assert.equal(new Set(fingerprints).size, 2);
    await isInOrder(host);
    const sheet = await print(host);
    assert.equal(sheet.pages, 1);
    assert.match(sheet.text, /Nachweis der Videosprechstunde/);
    assert.match(sheet.text, /Beendet von\s+Praxis \(Dr\. Erika Sommer\)/);
    assert.doesNotMatch(sheet.text, /Zurück zum Sprechzimmer/);
    await host.getByRole('button', { name: 'Zurück zum Sprechzimmer' }).click();
    await see(host, /Sie haben das Gespräch/);
  });

  await story.test('it lies with the appointment in the practice app, and is printed there', async () => {
    await page.locator('.appointment-name').first().click();
    await see(page, 'Nachweise');
    await page.locator('.held-consultations summary').click();
    assert.equal(await fact(page, 'Drei Wörter'), `${words}\nnicht verglichen`);
    await isInOrder(page);
    const sheet = await print(page);
    assert.match(sheet.text, /Nachweis der Videosprechstunde/);
    assert.doesNotMatch(sheet.text, /Verlegen/);
  });

  await story.test(
    'the operator counts its way, and how long its picture took; nothing else of it',
    async () => {
      const told = await server.context.metrics.text();
      assert.match(told, /^sprechzimmer_consultation_ways_total\{way="direct"\} 1$/m);
      assert.match(told, /^sprechzimmer_consultation_set_up_seconds_count 1$/m);
      const seconds = Number(/^sprechzimmer_consultation_set_up_seconds_sum (.*)$/m.exec(told)?.[1]);
      assert.ok(seconds > 0.05 && seconds < 30, String(seconds));
    },
  );

  await story.test('while the practice app is locked, the record waits in the host’s window', async () => {
    await erika.page.getByRole('button', { name: 'Zurück ins Wartezimmer' }).click();
    await isSeen(erika.page);
    await callIn(host, name);
    await seeMovingPicture(host);
    await openFromMenu(page, 'Bildschirm sperren');
    await see(page, 'Gesperrt');
    await erika.page.getByRole('button', { name: 'Auflegen' }).click();
    await see(erika.page, 'Sie haben aufgelegt.');
    await see(host, 'Entsperren Sie die Praxis-App in Ihrem anderen Fenster.');
    assert.equal(await host.getByText(name).filter({ visible: true }).count(), 0);
    await page.getByLabel('Ihr Passwort').fill(password);
    await page.getByRole('button', { name: 'Entsperren' }).click();
    await host.getByRole('button', { name: 'Nachweis ansehen' }).click({ timeout: handedOverWithinMs });
    await see(host, 'Der Nachweis liegt verschlüsselt beim Termin', handedOverWithinMs);
    assert.equal(await fact(host, 'Beendet von'), name);
  });

  await story.test('then it is there once, the newest first', async () => {
    await page.locator('.appointment-name').first().click();
    await see(page, 'Nachweise');
    const records = page.locator('.held-consultations details');
    assert.equal(await records.count(), 2);
    await records.first().locator('summary').click();
    assert.equal(await fact(page, 'Beendet von'), name);
    await page.reload();
    await page.locator('.appointment-name').first().click();
    await see(page, 'Nachweise');
    assert.equal(await records.count(), 2);
  });

  await story.test('nothing went wrong on the way that only a browser would tell', () => {
    assert.deepEqual([...doctor.problems, ...erika.problems], []);
  });
});

test('whoever holds an appointment by its host code can print the record, and nothing keeps it', async () => {
  const practice = await openPractice(server);
  const booked = await practice.book('Max Muster');
  const [holder, max] = await Promise.all([
    openPerson({ viewport: { width: 390, height: 844 }, locale: 'en-GB', colorScheme: 'dark' }),
    openPerson(),
  ]);
  try {
    await goToWaitingRoom(max.page, booked.link, 'Max Muster');
    await holder.page.goto(`${server.roomOrigin}/?host-code#${booked.hostCode}`);
    await holder.page.getByRole('button', { name: 'Open appointment' }).click();
    await holder.page.getByRole('button', { name: 'Open the consulting room for this appointment' }).click();
    await holder.page
      .getByRole('button', { name: /call in/i })
      .first()
      .click();
    await seeMovingPicture(holder.page);
    await holder.page.getByRole('button', { name: 'End', exact: true }).click();
    await holder.page.getByRole('button', { name: 'Show the record' }).click();
    await see(holder.page, 'The record is in this window only.');
    await isInOrder(holder.page);
    assert.match((await print(holder.page)).text, /Record of the video consultation/);
    assert.deepEqual([...holder.problems, ...max.problems], []);
  } finally {
    await Promise.all([holder.close(), max.close()]);
  }
});
