import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestPractice } from '../server/testing/test-practice.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { openPractice, today } from './support/practice.ts';
import { type ProductProcess, startProductProcess } from './support/product-process.ts';
import { callIn, goToWaitingRoom, isSeen, say, wordsOn } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

let product: ProductProcess;
let doctor: Person;
let patient: Person;
let next: Person;

before(async () => {
  product = await startProductProcess();
  [doctor, patient, next] = await Promise.all([openPerson(), openPerson(), openPerson()]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close(), next.close()]);
  await product.close();
});

test('a server killed during a consultation is not noticed, and signalling resumes when it is back', async () => {
  const practice = await openPractice(product);
  const appointments = [await practice.book('Erika Beispiel'), await practice.book('Max Muster')];
  const host = await practice.openRoom(doctor, appointments);
  await goToWaitingRoom(patient.page, appointments[0]?.link ?? '', 'Erika Beispiel');
  await isSeen(patient.page);
  await callIn(host, 'Erika Beispiel');
  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient.page)]);
  const words = await wordsOn(host);

  await product.kill9();
  await say(patient.page, 'Sind Sie noch da?');
  await host.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
  await see(host, 'Sind Sie noch da?');
  await host.getByRole('button', { name: 'Chat schließen' }).click();
  for (const page of [host, patient.page]) {
    await seeMovingPicture(page);
    await hear(page);
  }

  await product.restart();
  await goToWaitingRoom(next.page, appointments[1]?.link ?? '', 'Max Muster');
  await isSeen(next.page);
  await see(host, '1 wartet');
  assert.equal(await wordsOn(host), words);
  assert.equal(await wordsOn(patient.page), words);
  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient.page)]);
  await host.getByRole('button', { name: 'Beenden' }).click();
  await callIn(host, 'Max Muster');
  await seeMovingPicture(next.page);
  await host.close({ runBeforeUnload: false });
});

test('every appointment that was acknowledged before kill -9 under load is there afterwards', async () => {
  const practice = await openTestPractice(product);
  const acknowledged: string[] = [];
  const killed = new AbortController();
  const bookOneAfterTheOther = async () => {
    while (!killed.signal.aborted) {
      const { input } = await practice.newAppointment();
      try {
        await practice.client.appointment.book(input);
        acknowledged.push(input.id);
      } catch (error) {
        if (!killed.signal.aborted) throw error;
      }
    }
  };
  const clients = Array.from({ length: 8 }, bookOneAfterTheOther);
  while (acknowledged.length < 200) await new Promise((resolve) => setTimeout(resolve, 5));
  killed.abort();
  await product.kill9();
  await Promise.all(clients);

  await product.restart();
  const day = today(product);
  const { appointments } = await practice.client.appointment.list({ from: day, to: day });
  const kept = new Set(appointments.map(({ id }) => String(id)));
  assert.deepEqual(
    acknowledged.filter((id) => !kept.has(id)),
    [],
  );
  assert.ok(acknowledged.length >= 200);
});
