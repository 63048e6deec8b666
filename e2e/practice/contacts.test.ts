import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../../server/testing/test-server.ts';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import { closeInvitation, registerPractice } from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';

let server: TestServer;

before(async () => {
  server = await startProduct();
});
after(() => server.close());

type Story = (person: Person, main: { email: string; practiceId: string }) => Promise<void>;

/** A new practice with the plan plus, on the page of its contacts. */
async function withContacts(story: Story): Promise<void> {
  const person = await openPerson({ permissions: ['clipboard-write'] });
  person.page.setDefaultTimeout(15_000);
  try {
    const { email } = await registerPractice(person.page, server.practiceOrigin);
    const { db } = server.context;
    const { practice_id: practiceId } = await db
      .selectFrom('practice_user')
      .where('email', '=', email)
      .select('practice_id')
      .executeTakeFirstOrThrow();
    await db.updateTable('practice').set({ plan: 'plus' }).where('id', '=', practiceId).execute();
    await person.page.reload();
    await openContacts(person.page);
    await story(person, { email, practiceId });
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

async function openContacts(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Kontakte', exact: true }).click();
  await page.getByRole('heading', { name: 'Kontakte', exact: true }).waitFor();
}

type NewContact = { name: string; email?: string; telephone?: string };

async function addContact(page: Page, { name, email = '', telephone = '' }: NewContact): Promise<void> {
  await page.getByRole('button', { name: 'Kontakt hinzufügen' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel(/^E-Mail/).fill(email);
  await page.getByLabel(/^Telefon/).fill(telephone);
  await page.getByRole('button', { name: 'Kontakt speichern' }).click();
  await see(page, `${name} ist gespeichert.`);
}

async function choose(page: Page, name: string, words: string): Promise<void> {
  await page.getByRole('button', { name: `Mehr zu ${name}` }).click();
  await page.getByRole('button', { name: words, exact: true }).filter({ visible: true }).click();
}

const names = (page: Page) => page.locator('.contact-list strong').allInnerTexts();

test('contacts are added, found however they are written, changed, deleted and brought back', () =>
  withContacts(async ({ page }) => {
    await see(page, 'Noch keine Kontakte');
    await see(page, 'keine Patientenakte');
    assert.deepEqual(await accessibilityProblems(page), []);
    await addContact(page, { name: 'Jörg Müller', email: 'jm@patient.example' });
    await addContact(page, { name: 'علي بن محمد', telephone: '+49 171 2345678' });
    await addContact(page, { name: 'Anna Weiß 🌷' });
    assert.deepEqual(await accessibilityProblems(page), []);
    for (const [query, found] of [
      ['mueller', 'Jörg Müller'],
      ['WEISS', 'Anna Weiß 🌷'],
      ['0171 23', 'علي بن محمد'],
      ['jm@patient', 'Jörg Müller'],
    ] as const) {
      await page.getByLabel('Suchen').fill(query);
      await see(page, '1 von 3 Kontakten');
      assert.deepEqual(await names(page), [found]);
    }
    await page.getByLabel('Suchen').fill('Niemand');
    await see(page, 'Kein Kontakt passt dazu.');
    await page.getByLabel('Suchen').fill('');

    await choose(page, 'Jörg Müller', 'Bearbeiten');
    await page.getByLabel(/^E-Mail/).fill('keine Adresse');
    await page.getByRole('button', { name: 'Kontakt speichern' }).click();
    await see(page, 'Das ist keine E-Mail-Adresse.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByLabel(/^E-Mail/).fill('neu@patient.example');
    await page.getByRole('button', { name: 'Kontakt speichern' }).click();
    await see(page, 'neu@patient.example');

    await choose(page, 'Jörg Müller', 'Löschen');
    await see(page, 'Kontakt „Jörg Müller“ löschen?');
    await page.getByRole('dialog').getByRole('button', { name: 'Löschen' }).click();
    await see(page, 'Jörg Müller ist gelöscht.');
    assert.equal((await names(page)).length, 2);
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await see(page, 'Jörg Müller ist wieder da.');
    await page.reload();
    await openContacts(page);
    await see(page, '3 Kontakte');
    await see(page, 'neu@patient.example');
  }));

test('an appointment takes a person from the contacts by keyboard, and keeps new ones there', () =>
  withContacts(async ({ page }) => {
    await addContact(page, { name: 'Jörg Müller', email: 'jm@patient.example', telephone: '0171 2345678' });
    await page.getByRole('button', { name: 'Heute', exact: true }).click();
    await page.getByRole('button', { name: 'Ersten Termin anlegen' }).click();
    await page.getByLabel('Uhrzeit').fill('23:30');
    const name = page.getByRole('combobox', { name: 'Für wen' });
    await name.fill('muel');
    await page.getByRole('option', { name: /Jörg Müller/ }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await name.press('ArrowDown');
    await name.press('Enter');
    await see(page, 'Aus Ihren Kontakten');
    assert.equal(await name.inputValue(), 'Jörg Müller');
    assert.equal(await page.getByLabel(/^E-Mail/).inputValue(), 'jm@patient.example');
    await page.getByRole('button', { name: 'Person hinzufügen' }).click();
    const second = page.getByRole('group', { name: 'Person 2' });
    await second.getByLabel('Name').fill('Fatma Yılmaz');
    await second.getByLabel('Kommt als').selectOption({ label: 'Dolmetscherin oder Dolmetscher' });
    await second.getByLabel('Als Kontakt merken').check();
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await see(page, 'Einladung für Jörg Müller');
    await openContacts(page);
    await see(page, '2 Kontakte');
    assert.deepEqual(await names(page), ['Fatma Yılmaz', 'Jörg Müller']);
  }));

test('from a contact to an appointment, and to a video call at once', () =>
  withContacts(async ({ page, context }) => {
    await addContact(page, { name: 'Jörg Müller', email: 'jm@patient.example' });
    await page.getByRole('button', { name: 'Termin planen mit Jörg Müller' }).click();
    assert.equal(await page.getByLabel('Für wen').inputValue(), 'Jörg Müller');
    await page.getByRole('button', { name: 'Abbrechen' }).click();
    const room = context.waitForEvent('page');
    await choose(page, 'Jörg Müller', 'Videoanruf');
    await see(page, 'Einladung für Jörg Müller');
    await (await room).close();
    await closeInvitation(page);
  }));

test('whoever was invited leaves an appointment only after a question', () =>
  withContacts(async ({ page }) => {
    await addContact(page, { name: 'Jörg Müller' });
    await page.getByRole('button', { name: 'Termin planen mit Jörg Müller' }).click();
    await page.getByLabel('Uhrzeit').fill('23:30');
    await page.getByRole('button', { name: 'Person hinzufügen' }).click();
    await page.getByRole('group', { name: 'Person 2' }).getByLabel('Name').fill('Frau Zwei');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await see(page, 'Einladung für Jörg Müller');
    await page.getByRole('button', { name: 'Link kopieren' }).first().click();
    await see(page, /Kopiert: heute/);
    await closeInvitation(page);
    await page.getByRole('button', { name: 'Heute', exact: true }).click();
    await page
      .getByRole('button', { name: /ändern$/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Jörg Müller entfernen' }).click();
    await see(page, 'Der Code darin gilt nicht mehr');
    await page.getByRole('dialog').getByRole('button', { name: 'Behalten' }).click();
    await page.getByRole('button', { name: 'Frau Zwei entfernen' }).click();
    await page.getByRole('group', { name: 'Person 2' }).waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Für wen').inputValue(), 'Jörg Müller');
  }));
