import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { WebApp } from '../scripts/build.ts';
import { openPeople, type Person } from './support/browsers.ts';
import { openCalendar } from './support/calendar.ts';
import { openFiles } from './support/files.ts';
import { type Installation, startInstallation } from './support/installation.ts';
import { makeNewerVersion, type NewerVersion } from './support/newer-version.ts';
import { bookAppointment, closeInvitation, registerPractice } from './support/practice-app.ts';
import { callIn, goIn, goToWaitingRoom, isSeen, say, wordsOn } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

const [inTalk, inWait, later] = ['Erika Beispiel', 'Max Muster', 'Sara Später'] as const;
const welcome = {
  older: 'Willkommen zur Videosprechstunde',
  newer: 'Willkommen zu Ihrer Videosprechstunde',
} as const;
const contacts = { older: 'Kontakte', newer: 'Adressbuch' } as const;

/** Eight pictures a second, so that two cores can draw, send and receive them. */
const devices = ['--use-fake-device-for-media-stream=fps=8', '--use-fake-ui-for-media-stream'];

let installation: Installation;
let newer: NewerVersion;
let doctor: Person;
let erika: Person;
let max: Person;
let sara: Person;
let host: Page;
/** That the two who talk had before. */
let words: string;
/** Answers to pages that asked for a part of theirs and did not get it. */
const missed: string[] = [];

before(async () => {
  [installation, newer] = await Promise.all([
    startInstallation(2),
    makeNewerVersion({
      'web/room/welcome/messages.ts': [`'${welcome.older}'`, `'${welcome.newer}'`],
      'web/practice/calendar/messages.de.ts': [
        `contacts: '${contacts.older}' }`,
        `contacts: '${contacts.newer}' }`,
      ],
    }),
  ]);
  const people = await openPeople(4, { devices });
  for (const { context } of people) {
    context.on('response', (response) => {
      if (response.url().includes('/assets/') && !response.ok()) missed.push(response.url());
    });
  }
  [doctor, erika, max, sara] = people as [Person, Person, Person, Person];
});

after(async () => {
  await doctor?.close();
  await installation?.close();
  await newer?.close();
});

async function book(name: string, time: string): Promise<string> {
  const link = await bookAppointment(doctor.page, { name, time });
  await closeInvitation(doctor.page);
  return link;
}

async function areInConsultation(patient: Page): Promise<void> {
  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient)]);
  await Promise.all([hear(host), hear(patient)]);
}

/** What the person does makes the page load this part of its own version, which no server has built any more. */
async function loadsOwnPart(app: WebApp, page: Page, part: string, choose: () => Promise<void>) {
  const pattern = new RegExp(`/assets/${part}-[\\w-]+\\.js$`);
  const asked = page.waitForResponse((response) => pattern.test(response.url()));
  await choose();
  const response = await asked;
  assert.equal(response.status(), 200);
  assert.equal(newer.has(app, new URL(response.url()).pathname), false, response.url());
}

test('with two servers of the old version, one talks with the doctor and one waits', async () => {
  const { page } = doctor;
  await registerPractice(page, installation.practiceOrigin);
  const talking = await book(inTalk, '10:30');
  const waiting = await book(inWait, '11:00');
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
  host = await popup;
  await host.setViewportSize({ width: 480, height: 640 });
  await erika.page.goto(talking);
  await see(erika.page, welcome.older);
  await goIn(erika.page, inTalk);
  await isSeen(erika.page);
  await callIn(host, inTalk);
  await areInConsultation(erika.page);
  await goToWaitingRoom(max.page, waiting, inWait);
  await isSeen(max.page);
  await see(host, '1 wartet');
  words = await wordsOn(host);
});

for (const number of [0, 1]) {
  test(`server ${number + 1} is replaced, and those who talk or wait go on`, async () => {
    const server = installation.servers[number]!;
    await server.stop();
    await server.restart(newer.folder);
    await areInConsultation(erika.page);
    await isSeen(max.page);
    await see(host, '1 wartet');
  });
}

test('the two who talk have the same words, and hear and read each other', async () => {
  assert.deepEqual([await wordsOn(host), await wordsOn(erika.page)], [words, words]);
  await say(erika.page, 'Sind Sie noch da?');
  await host.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
  await see(host, 'Sind Sie noch da?');
  await host.getByRole('button', { name: 'Chat schließen' }).click();
});

test('what the old pages load only when it is chosen comes from the new servers', async () => {
  await loadsOwnPart('room', erika.page, 'files-panel', () => openFiles(erika.page));
  await loadsOwnPart('room', host, 'keys-panel', async () => {
    await host.getByRole('button', { name: 'Mehr' }).click();
    await host.getByRole('button', { name: 'Tasten', exact: true }).click();
    await see(host, 'Tasten benutzen');
  });
  await host.keyboard.press('Escape');
  await loadsOwnPart('practice', doctor.page, 'full-calendar', () => openCalendar(doctor.page));
  await doctor.page.getByRole('button', { name: 'Heute', exact: true }).first().click();
  await areInConsultation(erika.page);
});

test('whoever waited all the time is called in from the old window', async () => {
  await host.getByRole('button', { name: 'Beenden' }).click();
  await see(erika.page, 'Die Videosprechstunde ist beendet');
  await callIn(host, inWait);
  await areInConsultation(max.page);
});

test('whoever comes now gets the new version, and talks with the old window', async () => {
  const link = await book(later, '11:30');
  await sara.page.goto(link);
  await see(sara.page, welcome.newer);
  await goIn(sara.page, later);
  await isSeen(sara.page);
  await host.getByRole('button', { name: 'Beenden' }).click();
  await see(max.page, 'Die Videosprechstunde ist beendet');
  await callIn(host, later);
  await areInConsultation(sara.page);
  assert.equal(await wordsOn(host), await wordsOn(sara.page));
});

test('the practice app, loaded anew, is the new one and takes what the old window hands over', async () => {
  await doctor.page.reload();
  await doctor.page.getByRole('button', { name: contacts.newer }).waitFor();
  await areInConsultation(sara.page);
  await host.getByRole('button', { name: 'Beenden' }).click();
  await see(sara.page, 'Die Videosprechstunde ist beendet');
  await host.getByRole('button', { name: 'Nachweis ansehen' }).click();
  await see(host, 'Der Nachweis liegt verschlüsselt beim Termin in Ihrer Praxis-App.');
});

test('no page had anything to complain of', () => {
  const problems = [doctor, erika, max, sara].flatMap((person) => person.problems);
  assert.deepEqual([problems, missed], [[], []]);
});
