import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';

let server: TestServer;
let practice: Awaited<ReturnType<typeof openPractice>>;
let doctor: Person;
let patient: Person;
let stranger: Person;

before(async () => {
  server = await startProduct();
  practice = await openPractice(server);
  [doctor, patient, stranger] = await Promise.all([openPerson(), openPerson(), openPerson()]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close(), stranger.close()]);
  await server.close();
});

const told = 'Ein zweites Gerät hat es mit demselben Code versucht.';

test('a second browser with the same link gets nothing, and the host is told', async () => {
  const appointment = await practice.book('Erika Beispiel');
  const host = await practice.openRoom(doctor, [appointment]);
  await goToWaitingRoom(patient.page, appointment.link, 'Erika Beispiel');
  await isSeen(patient.page);
  await goToWaitingRoom(stranger.page, appointment.link, 'Fremde Person');
  await see(stranger.page, 'Mit diesem Code ist schon jemand da');
  await see(host, told);
  await callIn(host, 'Erika Beispiel');
  await seeMovingPicture(patient.page);
  assert.ok(!(await host.content()).includes('Fremde Person'));
  await host.close({ runBeforeUnload: false });
});

test('a server that lets both in gains nothing: the host’s own browser refuses the second', async () => {
  const appointment = await practice.book('Max Muster');
  const host = await practice.openRoom(doctor, [appointment]);
  // The server's rule is switched off for the second browser by its showing the first one's place, as a server that
  // works together with the stranger would let it; the first one's page is still there, on its peer connection.
  let place = '';
  await patient.page.routeWebSocket(/\/signalling$/, (socket) => {
    const upstream = socket.connectToServer();
    socket.onMessage((message) => {
      if (typeof message === 'string') place ||= (JSON.parse(message) as { place?: string }).place ?? '';
      upstream.send(message);
    });
    // The patient is not told that the place was taken: only the connection to the server is gone.
    upstream.onClose(() => {});
  });
  await goToWaitingRoom(patient.page, appointment.link, 'Max Muster');
  await isSeen(patient.page);
  await stranger.page.routeWebSocket(/\/signalling$/, (socket) => {
    const upstream = socket.connectToServer();
    socket.onMessage((message) => {
      const text =
        typeof message === 'string' ? message.replace(/"place":"[^"]*"/, `"place":"${place}"`) : message;
      upstream.send(text);
    });
  });
  await goToWaitingRoom(stranger.page, appointment.link, 'Fremde Person');
  await see(host, told);
  await callIn(host, 'Max Muster');
  await seeMovingPicture(patient.page);
  assert.ok(!(await host.content()).includes('Fremde Person'));
  assert.equal(
    await stranger.page.locator('.remote-picture-unseen').count(),
    await stranger.page.locator('.remote-picture').count(),
  );
});
