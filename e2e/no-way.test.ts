import { after, before, test } from 'node:test';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { goToWaitingRoom } from './support/room.ts';
import { see } from './support/senses.ts';

let server: TestServer;
let doctor: Person;
let patient: Person;

before(async () => {
  server = await startProduct();
  [doctor, patient] = await Promise.all([openPerson(), openPerson()]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close()]);
  await server.close();
});

test('a patient to whom no way leads is told so, and to call', async () => {
  const practice = await openPractice(server);
  const appointment = await practice.book('Erika Beispiel');
  await practice.openRoom(doctor, [appointment]);
  // As behind a firewall that lets nothing but the web through: no address of this machine is offered.
  await patient.page.addInitScript(`{
    const Open = RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Open {
      constructor(options) { super({ ...options, iceTransportPolicy: 'relay' }); }
    };
  }`);
  await goToWaitingRoom(patient.page, appointment.link, 'Erika Beispiel');
  await see(patient.page, 'Die sichere Verbindung wird gerade aufgebaut.');
  await see(patient.page, 'Zwischen Ihnen und der Praxis ist noch kein Weg gefunden.', 30_000);
  await see(patient.page, 'Praxis anrufen: 030 1234567');
});
