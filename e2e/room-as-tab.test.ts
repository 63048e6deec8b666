import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { bookAppointment, closeInvitation, registerPractice } from './support/practice-app.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';

let server: Awaited<ReturnType<typeof startProduct>>;
let doctor: Person;
let erika: Person;

before(async () => {
  server = await startProduct();
  [doctor, erika] = await Promise.all([openPerson(), openPerson()]);
  // As popup blockers do it that are stricter than the browser's own.
  await doctor.context.addInitScript('window.open = () => null');
});

after(async () => {
  await Promise.all([doctor.close(), erika.close()]);
  await server.close();
});

test('where no window may open, the room opens as a tab, and everything goes on in it', async () => {
  const { page } = doctor;
  await registerPractice(page, server.practiceOrigin);
  const link = await bookAppointment(page, { name: 'Erika Beispiel' });
  await closeInvitation(page);
  await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
  await see(page, 'Ihr Browser hat das Fenster nicht geöffnet');
  await page.getByText('So geht es das nächste Mal im eigenen Fenster').click();
  await see(page, /Pop-ups und Weiterleitungen immer zulassen/);
  assert.deepEqual(await accessibilityProblems(page), []);

  const opened = doctor.context.waitForEvent('page');
  await page.getByRole('link', { name: 'Sprechzimmer im Tab öffnen' }).click();
  const room = await opened;
  await see(room, 'Im Moment wartet niemand');
  await see(page, 'Ihr Sprechzimmer ist in einem eigenen Tab offen.');

  await goToWaitingRoom(erika.page, link, 'Erika Beispiel');
  await isSeen(erika.page);
  await callIn(room, 'Erika Beispiel');
  await Promise.all([seeMovingPicture(room), seeMovingPicture(erika.page)]);
  await room.getByRole('button', { name: 'Beenden' }).click();
  await see(room, 'Das Gespräch mit');
  assert.deepEqual([...doctor.problems, ...erika.problems], []);
});
