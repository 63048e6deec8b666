import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../../server/testing/test-server.ts';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import { today } from '../support/practice.ts';
import { bookAppointment, closeInvitation, registerPractice } from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';
import { openFromMenu } from '../support/users.ts';

let server: TestServer;

before(async () => {
  server = await startProduct();
});
after(() => server.close());

type Main = { practiceId: string; userId: string };
type Limits = { max_participants?: number | null; max_consultations_per_month?: number | null };

/** A practice with a plan of its own, as its operator has made it. */
async function withPlan(limits: Limits, story: (person: Person, main: Main) => Promise<void>): Promise<void> {
  const person = await openPerson();
  person.page.setDefaultTimeout(15_000);
  try {
    const { email } = await registerPractice(person.page, server.practiceOrigin);
    const { db } = server.context;
    const plan = `test-${randomUUID().slice(0, 8)}`;
    const none = { max_users: null, max_participants: null, max_consultations_per_month: null };
    await db
      .insertInto('plan')
      .values({ ...none, ...limits, id: plan })
      .execute();
    const { practice_id: practiceId, id: userId } = await db
      .selectFrom('practice_user')
      .where('email', '=', email)
      .select(['practice_id', 'id'])
      .executeTakeFirstOrThrow();
    await db.updateTable('practice').set({ plan }).where('id', '=', practiceId).execute();
    await person.page.reload();
    await see(person.page, 'Noch keine Termine');
    await story(person, { practiceId, userId });
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

/** @param month `2026-11` */
async function held({ practiceId, userId }: Main, month: string, consultations: number): Promise<void> {
  const row = { practice_id: practiceId, practitioner_id: userId, month: `${month}-01`, consultations };
  await server.context.db.insertInto('consultation_count').values(row).execute();
}

async function openSettings(page: Page, words: string): Promise<void> {
  await openFromMenu(page, 'Einstellungen');
  await page.getByRole('button', { name: new RegExp(`^${words}`) }).click();
  await page.getByRole('heading', { name: words, exact: true }).waitFor();
}

const day = (plusDays: number) => today(server, plusDays);

test('a month is counted, the warning comes early, and what is booked stays when it is full', () =>
  withPlan({ max_consultations_per_month: 5 }, async ({ page }, main) => {
    await held(main, day(0).slice(0, 7), 3);
    await bookAppointment(page, { name: 'Frau Muster', time: '23:30' });
    await closeInvitation(page);
    await page.reload();
    await see(page, 'Ihr Tarif ist fast ausgeschöpft');
    await see(page, '3 von 5 Videosprechstunden in diesem Monat und 1 geplant.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Zum Tarif' }).click();
    await see(page, 'Bis zu 5 Videosprechstunden im Monat');
    await see(page, 'Gespräche mit bis zu 9 Personen');
    await page.getByRole('button', { name: 'Zurück' }).click();
    await bookAppointment(page, { name: 'Herr Letzter', time: '23:31' });
    await closeInvitation(page);

    await page.getByRole('button', { name: 'Neuer Termin' }).click();
    await see(page, 'In diesem Monat sind alle 5 Videosprechstunden Ihres Tarifs vergeben.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByLabel('Uhrzeit').fill('23:32');
    await page.getByLabel('Für wen').fill('Frau Zuviel');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await page.getByRole('alert').getByText('Was schon vereinbart ist, findet statt.').waitFor();
    // The next month has room.
    await page.getByLabel('Tag').fill(day(32));
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await see(page, 'Einladung für Frau Zuviel');
  }));

test('a plan for talks between two says so before anything is saved, and asks for more', () =>
  withPlan({ max_participants: 1 }, async ({ page }) => {
    await page.getByRole('button', { name: 'Ersten Termin anlegen' }).click();
    await see(page, 'Ihr Tarif ist für Gespräche zu zweit');
    assert.equal(await page.getByRole('button', { name: 'Person hinzufügen' }).count(), 0);
    await page.getByRole('button', { name: 'Plan plus anfragen' }).click();
    await see(page, 'Der Tarif „plus“ ist angefragt.');
  }));

test('the numbers of a quarter: cases are typed, the share is warned of, and all of it is a table', () =>
  withPlan({}, async ({ page }, main) => {
    const month = day(0).slice(0, 7);
    await held(main, month, 12);
    await held({ ...main, userId: randomUUID() }, month, 2);
    const year = month.slice(0, 4);
    await server.context.db
      .insertInto('billing_cap')
      .values({ valid_from: `${year}-01-01`, percent: '30', source: 'Rahmenvertrag; § 5' })
      .execute();
    await openSettings(page, 'Abrechnung');
    await see(page, /Obergrenze in diesem Quartal: 30\s%, gültig ab 1. Januar/);
    const erika = page.getByRole('group', { name: 'Dr. Erika Sommer' });
    const cases = erika.getByLabel('Behandlungsfälle insgesamt');
    await cases.fill('viele');
    await see(page, 'Bitte geben Sie eine Zahl ohne Komma an.');
    await cases.fill('35');
    await cases.press('Tab');
    await erika.getByText(/34,3\s%/).waitFor();
    const gone = page.getByRole('group', { name: 'Ehemalige' }).getByLabel('Behandlungsfälle insgesamt');
    await gone.fill('5');
    await gone.press('Tab');
    await see(page, /35\s% aller Fälle sind mehr als die Obergrenze/);
    await gone.fill('15');
    await gone.press('Enter');
    await see(page, /28\s% aller Fälle sind nahe an der Obergrenze/);
    assert.deepEqual(await accessibilityProblems(page), []);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Als Tabelle speichern (CSV)' }).click();
    const file = await download;
    const quarter = `${year}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
    assert.equal(file.suggestedFilename(), `videosprechstunden-${quarter}.csv`);
    const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
    const cap = `"${year}-01-01: Rahmenvertrag; § 5"`;
    assert.deepEqual(lines, [
      '\uFEFFQuartal;Behandelnde;Videosprechstunden;Behandlungsfälle;Anteil in %;Obergrenze in %;Quelle',
      `${quarter};Dr. Erika Sommer;12;35;34,29;30;${cap}`,
      `${quarter};Ehemalige;2;15;13,33;30;${cap}`,
      `${quarter};Praxis gesamt;14;50;28;30;${cap}`,
      '',
    ]);
    await page.reload();
    await openSettings(page, 'Abrechnung');
    assert.equal(await cases.inputValue(), '35');
    await cases.fill('');
    await cases.press('Tab');
    await see(page, 'offen');
  }));

test('the consent text begins as a template, earlier texts stay, and a sheet is there for paper', () =>
  withPlan({}, async ({ page }) => {
    await openSettings(page, 'Einwilligung');
    await see(page, 'Das ist eine Vorlage.');
    assert.deepEqual(await accessibilityProblems(page), []);
    const text = page.getByLabel('Text auf Deutsch');
    assert.match(await text.inputValue(), /Praxis am See bietet mir an/);
    await page.getByLabel('Vor dem Gespräch um Einwilligung bitten').check();
    await text.fill('ä'.repeat(4_001));
    await see(page, 'Der Text ist zu lang.');
    await text.fill('Erster Text');
    await page.getByRole('button', { name: 'Einwilligung speichern' }).click();
    await see(page, 'Die Einwilligung ist gespeichert.');
    await text.fill('Zweiter Text');
    await page.getByRole('button', { name: 'Einwilligung speichern' }).click();
    await see(page, 'Frühere Texte');
    await page.reload();
    await openSettings(page, 'Einwilligung');
    assert.equal(await text.inputValue(), 'Zweiter Text');
    assert.ok(await page.getByLabel('Vor dem Gespräch um Einwilligung bitten').isChecked());
    await page.getByText(/\d{4} bis .*\d{4}/).click();
    await see(page, 'Erster Text');
    await page.emulateMedia({ media: 'print' });
    assert.deepEqual(await page.locator('.paper .consent-text').allInnerTexts(), ['Zweiter Text']);
    await see(page, 'Unterschrift');
    assert.equal(await page.getByRole('button', { name: 'Zurück' }).isVisible(), false);
  }));

test('consent on paper and its withdrawal are noted at the participant, with the text it was given to', () =>
  withPlan({}, async ({ page }) => {
    await openSettings(page, 'Einwilligung');
    await page.getByLabel('Vor dem Gespräch um Einwilligung bitten').check();
    await page.getByLabel('Text auf Deutsch').fill('Damaliger Text');
    await page.getByRole('button', { name: 'Einwilligung speichern' }).click();
    await see(page, 'Die Einwilligung ist gespeichert.');
    await page.getByRole('button', { name: 'Heute', exact: true }).click();
    await bookAppointment(page, { name: 'Frau Muster', time: '23:30' });
    await see(page, 'Einwilligung fehlt noch');
    await page.getByRole('button', { name: 'Liegt auf Papier vor' }).click();
    await see(page, /liegt auf Papier vor, vermerkt: heute/);
    await page.getByText(/^Text vom/).click();
    await see(page, 'Damaliger Text');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Widerruf vermerken' }).click();
    await see(page, 'Hat Frau Muster die Einwilligung widerrufen?');
    await page.getByRole('dialog').getByRole('button', { name: 'Widerruf vermerken' }).click();
    await see(page, /Einwilligung widerrufen: heute/);
    await page.getByRole('button', { name: 'Liegt auf Papier vor' }).waitFor();
  }));
