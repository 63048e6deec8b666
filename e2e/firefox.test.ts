import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person, type PersonOptions } from './support/browsers.ts';
import { bookAppointment, closeInvitation, registerPractice } from './support/practice-app.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, say, wordsOn } from './support/room.ts';
import { hear, hearNothing, see, seeMovingPicture } from './support/senses.ts';

type Kind = NonNullable<PersonOptions['browser']>;
const names = { chromium: 'Chromium', firefox: 'Firefox' } as const;

let server: TestServer;

before(async () => {
  server = await startProduct();
});

after(() => server.close());

for (const [practice, patient] of [
  ['firefox', 'chromium'],
  ['chromium', 'firefox'],
] as [Kind, Kind][]) {
  test(`a practice with ${names[practice]} talks to a patient with ${names[patient]}`, async (story) => {
    const [doctor, erika] = await Promise.all([
      openPerson({ browser: practice }),
      openPerson({ browser: patient, viewport: { width: 390, height: 844 } }),
    ]);
    try {
      await tell(story.test.bind(story), doctor, erika);
    } finally {
      await Promise.all([doctor.close(), erika.close()]);
    }
  });
}

type Step = (name: string, run: () => Promise<void> | void) => Promise<void>;

async function tell(step: Step, doctor: Person, erika: Person): Promise<void> {
  let link = '';
  let host: Page;

  await step('the practice registers, makes an appointment and copies its link', async () => {
    await registerPractice(doctor.page, server.practiceOrigin);
    link = await bookAppointment(doctor.page, { name: 'Erika Beispiel' });
    await closeInvitation(doctor.page);
  });

  await step('the patient waits, and sees and hears that camera and microphone work', async () => {
    await goToWaitingRoom(erika.page, link, 'Erika Beispiel geb. Muster');
    await see(erika.page, 'Die Praxis ist noch nicht da.');
    await seeMovingPicture(erika.page);
    await see(erika.page, 'Ihr Mikrofon hört Sie.');
  });

  await step('the room window opens and shows who waits, by the name they gave', async () => {
    const popup = doctor.page.waitForEvent('popup');
    await doctor.page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
    host = await popup;
    await host.setViewportSize({ width: 480, height: 640 });
    await isSeen(erika.page);
    await see(host, 'Erika Beispiel geb. Muster');
  });

  await step('one click, and both see a moving picture and hear sound', async () => {
    await callIn(host, 'Erika Beispiel geb. Muster');
    await Promise.all([seeMovingPicture(host), seeMovingPicture(erika.page)]);
    await Promise.all([hear(host), hear(erika.page)]);
  });

  await step('both see the same three words, and that nothing lies between them', async () => {
    const words = await wordsOn(host);
    assert.match(words, /^\p{L}+ · \p{L}+ · \p{L}+$/u);
    assert.equal(await wordsOn(erika.page), words);
    await see(host, 'Verschlüsselt, direkt verbunden');
    await see(erika.page, 'Verschlüsselt, direkt verbunden');
  });

  await step('what one writes the other reads', async () => {
    await say(erika.page, 'Guten Tag, Frau Doktor!');
    await host.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
    await see(host, 'Guten Tag, Frau Doktor!');
    await host.getByLabel('Ihre Nachricht').fill('Guten Tag 👋');
    await host.getByLabel('Ihre Nachricht').press('Enter');
    await erika.page.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
    await see(erika.page, 'Guten Tag 👋');
    for (const page of [host, erika.page]) await page.getByRole('button', { name: 'Chat schließen' }).click();
  });

  for (const [who, other] of [
    [() => erika.page, () => host],
    [() => host, () => erika.page],
  ] as const) {
    await step('who switches the microphone off is not heard, and the other is told', async () => {
      await who().getByRole('switch', { name: 'Mikrofon' }).click();
      await see(other(), 'hat das Mikrofon aus');
      await hearNothing(other());
      await who().getByRole('switch', { name: 'Mikrofon' }).click();
      await hear(other());
    });

    await step('who switches the camera off is not seen, and the other is told', async () => {
      await who().getByRole('switch', { name: 'Kamera' }).click();
      await see(other(), 'hat die Kamera aus');
      await who().getByRole('switch', { name: 'Kamera' }).click();
      await seeMovingPicture(other());
    });
  }

  await step('the practice ends, the patient is told, comes back and hangs up', async () => {
    await host.getByRole('button', { name: 'Beenden' }).click();
    await see(erika.page, 'Die Videosprechstunde ist beendet');
    await erika.page.getByRole('button', { name: 'Zurück ins Wartezimmer' }).click();
    await isSeen(erika.page);
    await callIn(host, 'Erika Beispiel geb. Muster');
    await Promise.all([seeMovingPicture(host), seeMovingPicture(erika.page)]);
    await erika.page.getByRole('button', { name: 'Auflegen' }).click();
    await see(erika.page, 'Sie haben aufgelegt.');
    await see(host, 'Erika Beispiel geb. Muster hat aufgelegt.');
  });

  await step('the practice’s window has a record of it, kept with the appointment', async () => {
    await host.getByRole('button', { name: 'Nachweis ansehen' }).click();
    await see(host, 'Der Nachweis liegt verschlüsselt beim Termin');
    await see(host, 'direkt verbunden');
    await see(host, /^SHA-256 ([0-9a-f]{2}:){31}/);
  });

  await step('nothing went wrong on the way that only a browser would tell', () => {
    assert.deepEqual([...doctor.problems, ...erika.problems], []);
  });
}
