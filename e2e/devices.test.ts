import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person, type PersonOptions } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

let server: TestServer;
let practice: Awaited<ReturnType<typeof openPractice>>;
let doctor: Person;

before(async () => {
  server = await startProduct();
  practice = await openPractice(server);
  doctor = await openPerson();
});

after(async () => {
  await doctor.close();
  await server.close();
});

/** Makes `getUserMedia` fail for one kind as browsers fail; the other kind is Chromium's own fake device. */
function failing(kind: 'video' | 'audio', errorName: string): string {
  return `{
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      if (wanted['${kind}']) throw new DOMException('', '${errorName}');
      return ask(wanted);
    };
  }`;
}

type Case = {
  name: string;
  options?: PersonOptions;
  script?: string;
  says: string;
  nextStep: string;
  hears: boolean;
};

const cases: Case[] = [
  {
    name: 'whose browser was told not to',
    options: { devices: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'] },
    says: 'Ihr Browser darf Kamera und Mikrofon nicht benutzen.',
    nextStep: 'links neben der Adresse',
    hears: false,
  },
  {
    name: 'without a camera',
    script: failing('video', 'NotFoundError'),
    says: 'An diesem Gerät ist keine Kamera zu finden.',
    nextStep: 'Es geht auch nur mit Ton.',
    hears: true,
  },
  {
    name: 'whose camera another program uses',
    script: failing('video', 'NotReadableError'),
    says: 'Ein anderes Programm benutzt gerade die Kamera.',
    nextStep: 'Beenden Sie andere Videogespräche',
    hears: true,
  },
  {
    name: 'who has forbidden the microphone',
    script: failing('audio', 'NotAllowedError'),
    says: 'Ihr Browser darf das Mikrofon nicht benutzen.',
    nextStep: 'links neben der Adresse',
    hears: false,
  },
];

for (const { name, options, script, says, nextStep, hears } of cases) {
  test(`a patient ${name} is told so and what to do, and comes in all the same`, async () => {
    const patient = await openPerson(options);
    try {
      if (script) await patient.page.addInitScript(script);
      const appointment = await practice.book('Erika Beispiel');
      const host = await practice.openRoom(doctor, [appointment]);
      await goToWaitingRoom(patient.page, appointment.link, 'Erika Beispiel');
      await see(patient.page, says);
      await see(patient.page, nextStep);
      await isSeen(patient.page);
      await callIn(host, 'Erika Beispiel');
      await seeMovingPicture(patient.page);
      await hear(patient.page);
      if (hears) await hear(host);
      assert.deepEqual(patient.problems, []);
      await host.close({ runBeforeUnload: false });
    } finally {
      await patient.close();
    }
  });
}
