import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { generateCode } from '@sprechzimmer/crypto/code.ts';
import type { TestServer } from '../server/testing/test-server.ts';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { type BookedAppointment, openPractice, today } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, wordsOn } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

let server: TestServer;
let practice: Awaited<ReturnType<typeof openPractice>>;
let doctor: Person;
let traveller: Person;
let erika: Person;
let max: Person;
let host: Page;
let erikas: BookedAppointment;
let maxs: BookedAppointment;

before(async () => {
  server = await startProduct();
  practice = await openPractice(server);
  [doctor, traveller, erika, max] = await Promise.all([
    openPerson(),
    openPerson({ viewport: { width: 390, height: 844 } }),
    openPerson(),
    openPerson(),
  ]);
  erikas = await practice.book('Erika Beispiel');
  maxs = await practice.book('Max Muster');
});

after(async () => {
  await Promise.all([doctor.close(), traveller.close(), erika.close(), max.close()]);
  await server.close();
});

async function isInOrder(page: Page): Promise<void> {
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
}

/** The traveller opens an appointment that somebody else is in consultation for. */
async function openElsewhere({ hostCode }: BookedAppointment): Promise<Page> {
  const page = await traveller.context.newPage();
  await page.goto(`${server.roomOrigin}/?host-code#${hostCode}`);
  await page.getByRole('button', { name: 'Termin öffnen' }).click();
  await page.getByRole('button', { name: 'Sprechzimmer für diesen Termin öffnen' }).click();
  await see(page, 'Wird verbunden');
  return page;
}

test('a practitioner holds one appointment from elsewhere, by its host code', async (story) => {
  const away = traveller.page;

  await story.test('both patients wait with the practice', async () => {
    host = await practice.openRoom(doctor, [erikas, maxs]);
    await goToWaitingRoom(erika.page, erikas.link, 'Erika Beispiel');
    await goToWaitingRoom(max.page, maxs.link, 'Max Muster');
    await Promise.all([isSeen(erika.page), isSeen(max.page)]);
    await see(host, 'Außerdem wartet eine Person');
  });

  await story.test('a mistyped host code is told at once', async () => {
    await away.goto(server.roomOrigin);
    await away.getByText('Wer kann was sehen?').click();
    await away.getByRole('link', { name: 'Sie halten die Sprechstunde?' }).click();
    await see(away, 'Sprechstunde mit Gastgeber-Code');
    const wrong = (erikas.hostCode.startsWith('A') ? 'B' : 'A') + erikas.hostCode.slice(1);
    await away.getByLabel('Ihr Code').fill(wrong);
    await see(away, 'Da ist ein Tippfehler.');
    await isInOrder(away);
  });

  await story.test(
    'the link shows whose appointment it is, and warns, before anybody is let in',
    async () => {
      await away.goto(`${server.roomOrigin}/?host-code#${erikas.hostCode}`);
      await away.getByRole('button', { name: 'Termin öffnen' }).click();
      await see(away, 'Diesen Termin jetzt durchführen?');
      assert.equal(new URL(away.url()).hash, '', 'the code is gone from the address bar');
      await see(away, 'Dr. Erika Sommer, heute um 10:30 Uhr');
      await see(away, 'Erwartet: Erika Beispiel');
      await see(away, 'Wer diesen Code hat, führt die Sprechstunde');
      await isInOrder(away);
    },
  );

  await story.test('its own patient comes over by herself; nobody else’s does', async () => {
    await away.getByRole('button', { name: 'Sprechzimmer für diesen Termin öffnen' }).click();
    await see(away, 'Erika Beispiel ist gerade gekommen');
    await isSeen(erika.page);
    assert.equal(await away.getByText('Max Muster').count(), 0);
    await see(host, 'Max Muster wartet');
    await isInOrder(away);
  });

  await story.test('they see and hear each other, with the same three words', async () => {
    await callIn(away, 'Erika Beispiel');
    await Promise.all([seeMovingPicture(away), seeMovingPicture(erika.page)]);
    await Promise.all([hear(away), hear(erika.page)]);
    assert.equal(await wordsOn(away), await wordsOn(erika.page));
  });

  await story.test('a reload needs no code again', async () => {
    away.on('dialog', (dialog) => void dialog.accept());
    await away.reload();
    await see(away, 'Erika Beispiel ist gerade gekommen');
    await callIn(away, 'Erika Beispiel');
    await Promise.all([seeMovingPicture(away), seeMovingPicture(erika.page)]);
  });

  await story.test('the practice’s own window goes on with its other patient', async () => {
    await callIn(host, 'Max Muster');
    await Promise.all([seeMovingPicture(host), seeMovingPicture(max.page)]);
    await seeMovingPicture(erika.page);
    await host.getByRole('button', { name: 'Beenden' }).click();
  });

  await story.test('the consultation counts for the practitioner, once', async () => {
    const counts = await server.context.db
      .selectFrom('consultation_count')
      .select(['practitioner_id', 'consultations'])
      .execute();
    assert.deepEqual(counts, [{ practitioner_id: practice.practice.userId, consultations: 2 }]);
  });

  await story.test('a code that is taken back does not cut the consultation', async () => {
    await server.context.db.deleteFrom('host_code').where('appointment_id', '=', erikas.id).execute();
    await seeMovingPicture(away);
    await away.getByRole('button', { name: 'Beenden' }).click();
    await see(erika.page, 'Die Videosprechstunde ist beendet');
    await erika.page.getByRole('button', { name: 'Zurück ins Wartezimmer' }).click();
    await see(away, 'Dieser Gastgeber-Code gilt nicht');
    await isSeen(erika.page);
    await see(host, 'Erika Beispiel');
    await isInOrder(away);
  });

  await story.test('nothing went wrong on the way that only a browser would tell', () => {
    assert.deepEqual(
      [doctor, traveller, erika, max].flatMap(({ problems }) => problems),
      [],
    );
  });
});

test('a host code of another day, an unknown one and an invitation’s code open nothing', async () => {
  const page = await traveller.context.newPage();
  const tomorrow = await practice.book('Erika Beispiel', today(server, 1));
  const open = async (code: string) => {
    await page.goto(`${server.roomOrigin}/?host-code#${code}`);
    await page.getByRole('button', { name: 'Termin öffnen' }).click();
  };
  await open(tomorrow.hostCode);
  await see(page, 'Dieser Termin ist nicht heute');
  await isInOrder(page);
  await open(generateCode());
  await see(page, 'Dieser Gastgeber-Code gilt nicht');
  await open(maxs.code);
  await see(page, 'Dieser Gastgeber-Code gilt nicht');
  await page.getByRole('button', { name: 'Anderen Code eingeben' }).click();
  await page.getByLabel('Ihr Code').waitFor();
  await page.close();
});

test('a host code that is opened meanwhile does not cut whoever is in consultation', async () => {
  const appointment = await practice.book('Erika Beispiel');
  await host.close({ runBeforeUnload: false });
  host = await practice.openRoom(doctor, [appointment]);
  await erika.page.getByRole('button', { name: 'Wartezimmer verlassen' }).click();
  await goToWaitingRoom(erika.page, appointment.link, 'Erika Beispiel');
  await isSeen(erika.page);
  await callIn(host, 'Erika Beispiel');
  await Promise.all([seeMovingPicture(host), seeMovingPicture(erika.page)]);

  const page = await openElsewhere(appointment);
  // Longer than the patient's browser takes to ask its host whether it is still there.
  await page.waitForTimeout(3_000);
  await Promise.all([seeMovingPicture(host), seeMovingPicture(erika.page)]);

  await host.close({ runBeforeUnload: false });
  await see(page, 'Erika Beispiel');
  await callIn(page, 'Erika Beispiel');
  await Promise.all([seeMovingPicture(page), seeMovingPicture(erika.page)]);
});

test('when the practice’s browser dies without a word, the patient comes to whoever opened it meanwhile', async () => {
  const appointment = await practice.book('Max Muster');
  await Promise.all([doctor.close(), traveller.close(), max.close()]);
  [doctor, traveller, max] = await Promise.all([openPerson(), openPerson(), openPerson()]);
  host = await practice.openRoom(doctor, [appointment]);
  await goToWaitingRoom(max.page, appointment.link, 'Max Muster');
  await isSeen(max.page);
  await callIn(host, 'Max Muster');
  await Promise.all([seeMovingPicture(host), seeMovingPicture(max.page)]);

  const page = await openElsewhere(appointment);
  await page.waitForTimeout(3_000);
  await doctor.close();
  // Noticed after three seconds; four more are for the lost one to come back.
  await see(page, 'Max Muster', 25_000);
  await isSeen(max.page);
  await callIn(page, 'Max Muster');
  await Promise.all([seeMovingPicture(page), seeMovingPicture(max.page)]);
});
