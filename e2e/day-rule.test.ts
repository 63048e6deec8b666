import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { localInstant } from '@sprechzimmer/time/local-instant.ts';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { type BookedAppointment, openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, say } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';

const zone = 'Europe/Berlin';
const hour = 3_600_000;
/** The days on which the clocks change have 23 and 25 hours. */
const days = ['2026-11-26', '2027-03-28', '2027-10-31'];

/** The server's clock, which a test sets; sockets and sessions go by it. */
let serverNow = new Date();
let server: TestServer;
let patient: Person;

before(async () => {
  server = await startProduct({
    now: () => serverNow,
    config: { codeHours: { from: '06:00', until: '24:00' } },
  });
  patient = await openPerson();
});

after(async () => {
  await patient.close();
  await server.close();
});

/** A practice that registers at this moment of the server's clock, and signs in with it. */
async function openPracticeAt(moment: Date) {
  serverNow = moment;
  return openPractice(server);
}

async function tryCode(appointment: BookedAppointment): Promise<Page> {
  const page = await patient.context.newPage();
  await page.clock.install({ time: serverNow });
  await goToWaitingRoom(page, appointment.link, 'Erika Beispiel');
  return page;
}

for (const day of days) {
  test(`on ${day} a code opens from six to midnight of the practice, and not a moment more`, async () => {
    const practice = await openPracticeAt(new Date(localInstant(day, '00:00', zone).getTime() - 30 * hour));
    const appointment = await practice.book('Erika Beispiel', day, { time: '10:30' });
    const opening = localInstant(day, '06:00', zone).getTime();
    const midnight = localInstant(day, '24:00', zone).getTime();
    const moments: [number, string][] = [
      [localInstant(day, '00:00', zone).getTime() - 1_000, 'Dieser Code öffnet an diesem Tag.'],
      [opening - 1_000, 'Das Wartezimmer ist gerade geschlossen'],
      [opening + 1_000, 'Sie sind im Wartezimmer'],
      [midnight - 2_000, 'Sie sind im Wartezimmer'],
      [midnight + 1_000, 'Dieser Code galt nur an diesem Tag.'],
    ];
    for (const [moment, says] of moments) {
      serverNow = new Date(moment);
      const page = await tryCode(appointment);
      await see(page, says);
      if (says.includes('geschlossen')) await see(page, 'von 6:00 Uhr bis 24:00 Uhr');
      await page.close();
    }
  });
}

test('the day before, the appointment goes into the person’s own calendar, with its link', async () => {
  const day = '2026-11-27';
  const practice = await openPracticeAt(new Date('2026-11-26T10:00:00Z'));
  const appointment = await practice.book('Erika Beispiel', day, { time: '10:30' });
  const page = await tryCode(appointment);
  await see(page, 'Ihr Termin ist am Freitag, 27. November, um 10:30 Uhr.');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Im Kalender speichern' }).click();
  const file = await readFile(await (await download).path(), 'utf8');
  const lines = file.replaceAll('\r\n ', '').split('\r\n');
  assert.ok(lines.includes('DTSTART:20261127T093000Z'));
  assert.ok(lines.includes('DTEND:20261127T094500Z'));
  assert.ok(lines.includes(`URL:${appointment.link}`));
  assert.ok(lines.every((line) => !line.startsWith('UID:') || !line.includes(appointment.code)));
  await page.close();
});

test('a patient abroad reads their own hour beside the practice’s', async () => {
  const practice = await openPracticeAt(new Date('2026-11-26T04:00:00Z'));
  const appointment = await practice.book('Erika Beispiel', '2026-11-26', { time: '02:30' });
  const context = await patient.browser.newContext({ locale: 'de-DE', timezoneId: 'America/New_York' });
  const page = await context.newPage();
  await page.clock.install({ time: serverNow });
  await goToWaitingRoom(page, appointment.link, 'Erika Beispiel');
  await see(page, 'Das Wartezimmer ist gerade geschlossen');
  await see(page, '26. November, 2:30 Uhr (bei Ihnen Mittwoch, 25. November, 20:30 Uhr)');
  await context.close();
});

test('at midnight the host’s own window shuts, though practice app and server go on', async (story) => {
  // Both browsers go by the true day; only the host's own clock reaches midnight.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
  const practice = await openPracticeAt(localInstant(day, '12:00', zone));
  const doctor = await openPerson();
  const waiting = await openPerson();
  try {
    const [talking, next] = [
      await practice.book('Erika Beispiel', day),
      await practice.book('Max Muster', day),
    ];
    await doctor.context.clock.install({ time: localInstant(day, '23:58', zone) });
    const host = await practice.openRoom(doctor, [talking, next]);
    await goToWaitingRoom(patient.page, talking.link, 'Erika Beispiel');
    await goToWaitingRoom(waiting.page, next.link, 'Max Muster');
    await Promise.all([isSeen(patient.page), isSeen(waiting.page)]);

    await story.test('the consultation under way is not cut; who waits is dropped', async () => {
      await see(host, 'Max Muster');
      await callIn(host, 'Erika Beispiel');
      await seeMovingPicture(patient.page);
      await see(host, '1 wartet');
      // Only the time of day is moved on. Timers that ran through three minutes in a moment would find
      // that the line had carried nothing in them, and switch the picture off.
      await host.clock.setSystemTime(localInstant(day, '24:00', zone).getTime() + 60_000);
      await host.getByText('1 wartet').waitFor({ state: 'detached' });
      await seeMovingPicture(patient.page);
      await say(patient.page, 'Sind Sie noch da?');
      await host.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
      await see(host, 'Sind Sie noch da?');
      await host.getByRole('button', { name: 'Chat schließen' }).click();
    });

    await story.test('after it nobody of yesterday can come in, though the server lets them', async () => {
      await host.getByRole('button', { name: 'Beenden' }).click();
      await see(patient.page, 'Die Videosprechstunde ist beendet');
      await patient.page.getByRole('button', { name: 'Zurück ins Wartezimmer' }).click();
      await see(patient.page, 'Die sichere Verbindung wird gerade aufgebaut.');
      await see(host, 'Im Moment wartet niemand');
      await see(host, 'Für heute ist niemand mehr eingetragen.');
      assert.equal(await host.getByRole('button', { name: 'Hereinbitten' }).count(), 0);
    });

    await story.test(
      'a host code of yesterday opens nothing, though the server hands out its card',
      async () => {
        const page = await doctor.context.newPage();
        await page.goto(`${server.roomOrigin}/?host-code#${next.hostCode}`);
        await page.getByRole('button', { name: 'Termin öffnen' }).click();
        await see(page, 'Dieser Termin ist nicht heute');
        await page.close();
      },
    );
  } finally {
    await Promise.all([doctor.close(), waiting.close()]);
  }
});
