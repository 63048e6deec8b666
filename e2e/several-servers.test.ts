import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openPerson, type Person } from './support/browsers.ts';
import { type Installation, startInstallation } from './support/installation.ts';
import { openPractice } from './support/practice.ts';
import { callIn, goToWaitingRoom, isSeen, say, wordsOn } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

let installation: Installation;
let doctor: Person;
let patient: Person;
let next: Person;

before(async () => {
  installation = await startInstallation(2);
  [doctor, patient, next] = await Promise.all([openPerson(), openPerson(), openPerson()]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close(), next.close()]);
  await installation.close();
});

/** A practice whose host is at one server while its patients come to the other. */
async function openAcross() {
  const practice = await openPractice(installation);
  const appointments = [await practice.book('Erika Beispiel'), await practice.book('Max Muster')] as const;
  // The patient comes first, and so the room lies at the patient's server.
  installation.prefer(0);
  await goToWaitingRoom(patient.page, appointments[0].link, 'Erika Beispiel');
  await see(patient.page, 'Sie sind im Wartezimmer');
  installation.prefer(1);
  const host = await practice.openRoom(doctor, [...appointments]);
  await isSeen(patient.page);
  return { host, appointments };
}

async function areInConsultation(host: Page): Promise<void> {
  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient.page)]);
  await Promise.all([hear(host), hear(patient.page)]);
}

async function endAndClose(host: Page): Promise<void> {
  await host.getByRole('button', { name: 'Beenden' }).click();
  await see(patient.page, 'Die Videosprechstunde ist beendet');
  await host.close({ runBeforeUnload: false });
}

test('host and patient at two servers; the one with the room is killed, and the consultation goes on', async () => {
  const { host, appointments } = await openAcross();
  await callIn(host, 'Erika Beispiel');
  await areInConsultation(host);
  const words = await wordsOn(host);
  assert.equal(await wordsOn(patient.page), words);

  await installation.servers[0]!.kill9();
  await say(patient.page, 'Sind Sie noch da?');
  await host.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
  await see(host, 'Sind Sie noch da?');
  await host.getByRole('button', { name: 'Chat schließen' }).click();
  await areInConsultation(host);

  // Whoever comes now is seen by the host, whose own server lives.
  await goToWaitingRoom(next.page, appointments[1].link, 'Max Muster');
  await isSeen(next.page);
  await see(host, '1 wartet');
  assert.equal(await wordsOn(host), words);
  await installation.servers[0]!.restart();
  await endAndClose(host);
});

test('a server that is stopped sends those who wait to the other, and they wait on', async () => {
  const { host } = await openAcross();
  await installation.servers[0]!.stop();
  await callIn(host, 'Erika Beispiel');
  await areInConsultation(host);
  await installation.servers[0]!.restart();
  await endAndClose(host);
});

test('while Redis is away a consultation goes on, who waits waits, and nothing wrong is said', async () => {
  const { host, appointments } = await openAcross();
  await installation.redis.close();
  // Longer than any beat: everybody has noticed.
  await delay(6_000);
  for (const page of [host, patient.page]) {
    assert.equal(
      await page
        .getByText(/unterbrochen|nicht erreichbar|ungültig/)
        .filter({ visible: true })
        .count(),
      0,
    );
  }
  // The connection between the two is there already, and no server is needed to begin.
  await callIn(host, 'Erika Beispiel');
  await areInConsultation(host);
  const coming = goToWaitingRoom(next.page, appointments[1].link, 'Max Muster');
  await delay(6_000);
  await installation.restartRedis();
  await coming;
  await isSeen(next.page);
  await see(host, '1 wartet');
  await areInConsultation(host);
  await endAndClose(host);
});
