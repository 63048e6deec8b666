import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPeople, type Person } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, say } from './support/room.ts';
import { hear, see, seeMovingPictures } from './support/senses.ts';

/** Eight pictures a second, so that two cores can draw, send and receive those of four. */
const light = {
  viewport: { width: 480, height: 640 },
  devices: ['--use-fake-device-for-media-stream=fps=8', '--use-fake-ui-for-media-stream'],
};

let server: TestServer;
let doctor: Person;
let erika: Person;
let ali: Person;
let sara: Person;
let stranger: Person;
let host: Page;
let links: string[];

before(async () => {
  server = await startProduct();
  [doctor, erika, ali, sara, stranger] = (await openPeople(5, light)) as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  await erika.page.setViewportSize({ width: 390, height: 844 });
  const practice = await openPractice(server);
  const [patient, interpreter, relative, other] = await Promise.all(
    ['Erika Beispiel', 'Ali Demir', 'Sara Beispiel', 'Max Muster'].map((name) => practice.book(name)),
  );
  assert.ok(patient && interpreter && relative && other);
  const { appointmentId } = patient.expected;
  const ofPatient = (one: typeof patient, role: 'interpreter' | 'relative') => ({
    ...one,
    expected: { ...one.expected, appointmentId, role },
  });
  links = [patient, interpreter, relative, other].map(({ link }) => link);
  host = await practice.openRoom(doctor, [
    patient,
    ofPatient(interpreter, 'interpreter'),
    ofPatient(relative, 'relative'),
    other,
  ]);
});

after(async () => {
  await doctor.close();
  await server.close();
});

async function letIn(name: string): Promise<void> {
  await host.getByRole('button', { name: `Dazubitten ${name}` }).click();
}

test('a patient, an interpreter and a sister talk with the doctor, four people in all', async (story) => {
  await story.test(
    'those of the same appointment are offered once it is going on, others are not',
    async () => {
      await goToWaitingRoom(erika.page, links[0] ?? '', 'Erika Beispiel');
      await isSeen(erika.page);
      await goToWaitingRoom(stranger.page, links[3] ?? '', 'Max Muster');
      await isSeen(stranger.page);
      await callIn(host, 'Erika Beispiel');
      await Promise.all([seeMovingPictures(host, 1), seeMovingPictures(erika.page, 1)]);
      await goToWaitingRoom(ali.page, links[1] ?? '', 'Ali Demir');
      await see(host, 'Ali Demir wartet (Dolmetschen)');
      assert.equal(await host.getByText('Max Muster').filter({ visible: true }).count(), 0);
    },
  );

  await story.test(
    'the interpreter is let in: named to the patient, and all three see each other',
    async () => {
      await letIn('Ali Demir');
      await see(erika.page, 'Ali Demir ist jetzt dabei.');
      await Promise.all([host, erika.page, ali.page].map((page) => seeMovingPictures(page, 2)));
      await hear(ali.page);
      await see(erika.page, 'Verschlüsselt, direkt verbunden');
    },
  );

  await story.test('so is the sister: each sees three moving pictures', async () => {
    await goToWaitingRoom(sara.page, links[2] ?? '', 'Sara Beispiel');
    await letIn('Sara Beispiel');
    await Promise.all([host, erika.page, ali.page, sara.page].map((page) => seeMovingPictures(page, 3)));
  });

  await story.test('what one writes all the others read, with the name', async () => {
    await say(ali.page, 'Merhaba');
    for (const page of [host, erika.page, sara.page]) {
      await page.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
      await see(page, /Ali Demir, \d/);
      await see(page, 'Merhaba');
      await page.keyboard.press('Escape');
    }
  });

  await story.test('the interpreter can be made the large picture, and axe has nothing to say', async () => {
    await erika.page.getByRole('button', { name: 'Ali Demir groß zeigen' }).click();
    const large = erika.page.locator('.remote-picture:not(.remote-picture-tile)');
    assert.equal(await large.getAttribute('aria-label'), 'Bild: Ali Demir');
    await seeMovingPictures(erika.page, 3);
    for (const page of [host, erika.page]) assert.deepEqual(await accessibilityProblems(page), []);
  });

  await story.test('who reloads is back among all of them', async () => {
    await erika.page.reload();
    await Promise.all([host, erika.page, ali.page].map((page) => seeMovingPictures(page, 3)));
  });

  await story.test('the host sees the interpreter out, and the others go on', async () => {
    await host.getByRole('button', { name: 'Mehr' }).click();
    await host.getByRole('button', { name: 'Wer ist dabei' }).click();
    await host.getByRole('button', { name: 'Ali Demir hinausbitten' }).click();
    await see(ali.page, 'Die Videosprechstunde ist beendet');
    await see(erika.page, 'Ali Demir ist nicht mehr dabei.');
    await Promise.all([host, erika.page, sara.page].map((page) => seeMovingPictures(page, 2)));
  });

  await story.test('the patient hangs up, and the sister and the doctor still talk', async () => {
    await erika.page.getByRole('button', { name: 'Auflegen' }).click();
    await see(erika.page, 'Sie haben aufgelegt.');
    await see(sara.page, 'Erika Beispiel ist nicht mehr dabei.');
    await Promise.all([host, sara.page].map((page) => seeMovingPictures(page, 1)));
  });

  await story.test('ending ends it, and who waits is next', async () => {
    await host.getByRole('button', { name: 'Beenden' }).click();
    await see(sara.page, 'Die Praxis hat das Gespräch beendet.');
    await see(host, 'Max Muster wartet');
  });

  await story.test('nothing went wrong on the way that only a browser would tell', () => {
    assert.deepEqual(
      [doctor, erika, ali, sara, stranger].flatMap((one) => one.problems),
      [],
    );
  });
});
