import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPerson, type Person, type PersonOptions } from './support/browsers.ts';
import { approveWaiting, askToJoin, registerPractice } from './support/practice-app.ts';
import { startProduct } from './support/product.ts';
import { see } from './support/senses.ts';

const server = await startProduct();
after(() => server.close());

/** Several browsers with nothing in common, as at several desks. */
async function withPeople(
  story: (...people: Person[]) => Promise<void>,
  ...options: PersonOptions[]
): Promise<void> {
  const people = await Promise.all(options.map((each) => openPerson(each)));
  try {
    for (const { page } of people) page.setDefaultTimeout(15_000);
    await story(...people);
    for (const { problems } of people) assert.deepEqual(problems, []);
  } finally {
    await Promise.all(people.map((person) => person.close()));
  }
}
const desk: PersonOptions = {};
const phone: PersonOptions = { viewport: { width: 390, height: 844 } };

test('a second device is taken in by its code and goes on by itself', () =>
  withPeople(
    async ({ page }, { page: second }) => {
      const { email } = await registerPractice(page, server.practiceOrigin);
      const code = await askToJoin(second, server.practiceOrigin, { email, deviceName: 'Empfang' });
      await approveWaiting(page, code);
      await see(page, 'Das Gerät „Empfang“ ist freigegeben.');
      await see(second, 'Dieses Gerät ist freigegeben');
      await second.getByRole('button', { name: 'Hier weiterarbeiten' }).click();
      await see(second, 'Noch keine Termine');
    },
    desk,
    phone,
  ));
