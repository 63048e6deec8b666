import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { isInOrder, isSent, openScene, type Scene } from './support/consultation.ts';
import { see, seeMovingPicture } from './support/senses.ts';

/** Chromium's second one gives pictures of depth, which nobody can be sent. */
const severalDevices = [
  '--use-fake-device-for-media-stream=device-count=3',
  '--use-fake-ui-for-media-stream',
];

let scene: Scene;
let host: Page;
let patient: Page;

before(async () => {
  scene = await openScene('Erika Muster', { devices: severalDevices });
  ({ host, patient } = scene);
  await host.bringToFront();
  await host.keyboard.press('n');
  await isSent(patient, ['fake_device_0']);
});

after(() => scene.close());

test('another camera is chosen by its name, and what is sent is another track', async () => {
  await patient.locator('.own-corner video').tap({ position: { x: 20, y: 20 } });
  await patient.getByRole('button', { name: 'Kamera und Mikrofon wählen' }).tap();
  await patient.getByLabel('Kamera', { exact: true }).selectOption({ label: 'fake_device_2' });
  await isSent(patient, ['fake_device_2']);
  await seeMovingPicture(host);
  await isInOrder(patient);
});

test('another microphone is chosen while it is off, and stays off', async () => {
  await patient.getByRole('switch', { name: 'Mikrofon' }).tap();
  await see(host, 'hat das Mikrofon aus.');
  await patient.getByLabel('Mikrofon', { exact: true }).selectOption({ label: 'Fake Audio Input 2' });
  await isSent(patient, ['Fake Audio Input 2, off']);
  await patient.getByRole('switch', { name: 'Mikrofon', checked: false }).tap();
  await isSent(patient, ['Fake Audio Input 2']);
});

test('the own picture is shown as others see it, or not at all, as one likes', async () => {
  const own = patient.locator('.own-corner video');
  assert.match(await own.evaluate((video) => getComputedStyle(video).transform), /^matrix\(-1/);
  await patient.getByLabel(/wie im Spiegel/).uncheck();
  assert.equal(await own.evaluate((video) => getComputedStyle(video).transform), 'none');
  await patient.getByLabel('Eigenes Bild zeigen').uncheck();
  assert.equal(await own.count(), 0);
  await patient.getByLabel('Eigenes Bild zeigen').check();
  await patient.getByRole('button', { name: 'Schließen' }).tap();
});

test('what was chosen is remembered after a reload', async () => {
  await patient.reload();
  await seeMovingPicture(patient);
  await isSent(patient, ['fake_device_2', 'Fake Audio Input 2']);
});

test('nothing went wrong on the way that only a browser would tell', () => {
  assert.deepEqual([...scene.doctor.problems, ...scene.erika.problems], []);
});
