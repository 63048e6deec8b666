import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { fakeDevices, openPerson, type Person } from './support/browsers.ts';
import { closeLid, markedAs } from './support/freeze.ts';
import { type BookedAppointment, openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

const interrupted = 'Die Verbindung war kurz weg. Wir verbinden Sie neu.';
const stillGone = 'Die Verbindung ist noch nicht zurück.';

let server: TestServer;
let practice: Awaited<ReturnType<typeof openPractice>>;
let appointment: BookedAppointment;
let doctor: Person;
let patient: Person;
let host: Page;

before(async () => {
  server = await startProduct();
  const devices = [...fakeDevices, markedAs('patient')];
  [doctor, patient] = await Promise.all([openPerson(), openPerson({ devices })]);
  practice = await openPractice(server);
  appointment = await practice.book('Erika Beispiel', undefined, { telephone: '0931 12345' });
  host = await practice.openRoom(doctor, [appointment]);
  await goToWaitingRoom(patient.page, appointment.link, 'Erika Beispiel');
  await isSeen(patient.page);
  await callIn(host, 'Erika Beispiel');
  await bothTalk();
});

after(async () => {
  await Promise.all([doctor.close(), patient.close()]);
  await server.close();
});

async function bothTalk(timeoutMs?: number): Promise<void> {
  await Promise.all([host, patient.page].map((page) => seeMovingPicture(page, timeoutMs)));
}

async function isGone(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor({ state: 'hidden', timeout: 15_000 });
}

test('a lid that is closed and opened: the other side is told, then given the telephone number, and nobody clicks', async () => {
  const openLid = closeLid('patient');
  try {
    await see(host, interrupted, 8_000);
    await see(host, stillGone, 25_000);
    const call = host.getByRole('link', { name: /0931\s12345/ });
    assert.equal(await call.getAttribute('href'), 'tel:093112345');
  } finally {
    openLid();
  }
  await bothTalk(20_000);
  await isGone(host, stillGone);
  await isGone(patient.page, interrupted);
  await Promise.all([hear(host), hear(patient.page)]);
});

test('a tab that was frozen in the background goes on when it is looked at again', async () => {
  const devtools = await patient.context.newCDPSession(patient.page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await host.waitForTimeout(8_000);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await bothTalk();
  await isGone(host, interrupted);
});

test('a camera that is unplugged is followed by another, and the person is told which', async () => {
  await patient.page.evaluate(() => {
    const own = document.querySelector<HTMLVideoElement>('video.picture-own');
    const [camera] = (own?.srcObject as MediaStream | undefined)?.getVideoTracks() ?? [];
    camera?.stop();
    camera?.dispatchEvent(new Event('ended'));
  });
  await see(patient.page, /Ihre Kamera ist weg\. Jetzt läuft: fake/);
  await bothTalk();
});

test('what the system has halted, as for a telephone call, comes back with one button', async () => {
  await patient.page.evaluate(() => {
    const own = document.querySelector<HTMLVideoElement>('video.picture-own');
    for (const track of (own?.srcObject as MediaStream | undefined)?.getTracks() ?? []) {
      Object.defineProperty(track, 'muted', { value: true });
      track.dispatchEvent(new Event('mute'));
    }
  });
  await see(patient.page, 'Ihr Gerät hat Kamera oder Mikrofon angehalten');
  await patient.page.getByRole('button', { name: 'Kamera und Mikrofon wieder einschalten' }).click();
  await isGone(patient.page, 'Ihr Gerät hat Kamera oder Mikrofon angehalten');
  await bothTalk();
  await hear(host);
});

test('a patient whose browser has crashed is back in the consultation as soon as they come in again', async () => {
  await patient.close();
  patient = await openPerson();
  await goToWaitingRoom(patient.page, appointment.link, 'Erika Beispiel');
  await patient.page.getByRole('button', { name: 'Auflegen' }).waitFor();
  await bothTalk(30_000);
});

test('when the practice’s browser has crashed the patient waits, and is called in from its new window', async () => {
  await doctor.close();
  await see(patient.page, interrupted, 10_000);
  doctor = await openPerson();
  host = await practice.openRoom(doctor, [appointment]);
  await isSeen(patient.page);
  await callIn(host, 'Erika Beispiel');
  await bothTalk();
});
