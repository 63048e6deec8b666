import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { roomBudget } from '../scripts/budget.ts';
import { repositoryRoot } from '../scripts/build.ts';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { bookAppointment, closeInvitation, registerPractice } from './support/practice-app.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, say, wordsOn } from './support/room.ts';
import { hear, hearNothing, see, seeMovingPicture } from './support/senses.ts';

/** What is needed to talk, and what follows by itself: care of line and devices, readiness, details that were unfolded. */
const wholeConsultationJs = roomBudget.js + 16 * 1024;
const roomDist = join(repositoryRoot, 'web', 'room', 'dist');

let server: TestServer;
let doctor: Person;
let erika: Person;
let max: Person;

before(async () => {
  server = await startProduct();
  [doctor, erika, max] = await Promise.all([
    openPerson(),
    openPerson({ viewport: { width: 390, height: 844 } }),
    openPerson(),
  ]);
});

after(async () => {
  await Promise.all([doctor.close(), erika.close(), max.close()]);
  await server.close();
});

test('a practice registers, invites two patients, and talks to one after the other', async (story) => {
  let links: string[] = [];
  let host: Page;

  await story.test('the practice registers and prints its recovery sheet', async () => {
    await registerPractice(doctor.page, server.practiceOrigin);
    await see(doctor.page, 'Noch keine Termine');
  });

  await story.test('it makes two appointments for today and copies their links', async () => {
    for (const name of ['Erika Beispiel', 'Max Muster']) {
      links = [...links, await bookAppointment(doctor.page, { name })];
      await closeInvitation(doctor.page);
      await see(doctor.page, name);
    }
    assert.equal(new Set(links).size, 2);
    for (const link of links)
      assert.match(link, new RegExp(`^${server.roomOrigin}/#[0-9A-HJKMNP-TV-Z]{12}$`));
  });

  await story.test('the patient waits and is told truthfully that the practice is not there', async () => {
    await goToWaitingRoom(erika.page, links[0] ?? '', 'Erika Beispiel geb. Muster');
    await see(erika.page, 'Die Praxis ist noch nicht da.');
    assert.equal(new URL(erika.page.url()).hash, '', 'the code is gone from the address bar');
    await seeMovingPicture(erika.page);
    await see(erika.page, 'Ihr Mikrofon hört Sie.');
  });

  await story.test('the room window opens and shows who waits, by the name they gave', async () => {
    const popup = doctor.page.waitForEvent('popup');
    await doctor.page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
    host = await popup;
    await isSeen(erika.page);
    await see(host, 'Erika Beispiel geb. Muster');
  });

  await story.test('a reload keeps the place', async () => {
    await erika.page.reload();
    await isSeen(erika.page);
    await see(host, 'Erika Beispiel geb. Muster');
  });

  await story.test('one click, and both see a moving picture and hear sound', async () => {
    await callIn(host, 'Erika Beispiel geb. Muster');
    await Promise.all([seeMovingPicture(host), seeMovingPicture(erika.page)]);
    await Promise.all([hear(host), hear(erika.page)]);
  });

  await story.test('both see the same three words, and that nothing lies between them', async () => {
    const words = await wordsOn(host);
    assert.match(words, /^\p{L}+ · \p{L}+ · \p{L}+$/u);
    assert.equal(await wordsOn(erika.page), words);
    await see(host, 'Verschlüsselt, direkt verbunden');
    await see(erika.page, 'Verschlüsselt, direkt verbunden');
  });

  await story.test('what one writes the other reads', async () => {
    await say(erika.page, 'Guten Tag, <b>Frau Doktor</b>!');
    await host.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
    await see(host, 'Guten Tag, <b>Frau Doktor</b>!');
    await host.getByLabel('Ihre Nachricht').fill('Guten Tag 👋');
    await host.getByLabel('Ihre Nachricht').press('Enter');
    await erika.page.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
    await see(erika.page, 'Guten Tag 👋');
    await erika.page.getByRole('button', { name: 'Chat schließen' }).click();
    await host.getByRole('button', { name: 'Chat schließen' }).click();
  });

  await story.test('who switches the microphone off is not heard, and the other is told', async () => {
    await erika.page.getByRole('switch', { name: 'Mikrofon' }).click();
    await see(host, 'hat das Mikrofon aus');
    await hearNothing(host);
    await erika.page.getByRole('switch', { name: 'Mikrofon' }).click();
    await hear(host);
  });

  await story.test('who switches the camera off is not seen, and the other is told', async () => {
    await host.getByRole('switch', { name: 'Kamera' }).click();
    await see(erika.page, 'hat die Kamera aus');
    await host.getByRole('switch', { name: 'Kamera' }).click();
    await seeMovingPicture(erika.page);
  });

  await story.test('the next patient comes without a sound or a window, as a quiet number', async () => {
    await goToWaitingRoom(max.page, links[1] ?? '', 'Max Muster');
    await isSeen(max.page);
    await see(host, '1 wartet');
    assert.equal(await host.getByText('Max Muster').filter({ visible: true }).count(), 0);
    assert.equal(doctor.context.pages().length, 2);
    await seeMovingPicture(host);
  });

  await story.test('the host ends, and calls in the next with one click', async () => {
    await host.getByRole('button', { name: 'Beenden' }).click();
    await see(erika.page, 'Die Videosprechstunde ist beendet');
    await callIn(host, 'Max Muster');
    await Promise.all([seeMovingPicture(host), seeMovingPicture(max.page)]);
    await Promise.all([hear(host), hear(max.page)]);
  });

  await story.test('the patient hangs up, and the room stays open', async () => {
    await max.page.getByRole('button', { name: 'Auflegen' }).click();
    await see(max.page, 'Sie haben aufgelegt.');
    await see(host, 'Max Muster hat aufgelegt.');
  });

  await story.test('who hung up by mistake comes back', async () => {
    await max.page.getByRole('button', { name: 'Zurück ins Wartezimmer' }).click();
    await isSeen(max.page);
    await callIn(host, 'Max Muster');
    await seeMovingPicture(host);
    await host.getByRole('button', { name: 'Beenden' }).click();
  });

  await story.test('neither side has loaded much more than it needs to talk', async () => {
    for (const page of [host, erika.page]) {
      const paths = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
      );
      const scripts = new Set(paths.filter((path) => path.endsWith('.js')));
      const files = await Promise.all([...scripts].map((path) => readFile(join(roomDist, path))));
      const bytes = files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
      assert.ok(
        scripts.size > 0 && bytes <= wholeConsultationJs,
        `${bytes} bytes in ${[...scripts].join(', ')}`,
      );
    }
  });

  await story.test('nothing went wrong on the way that only a browser would tell', () => {
    assert.deepEqual([...doctor.problems, ...erika.problems, ...max.problems], []);
  });
});
