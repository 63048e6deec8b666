import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { unzipSync } from 'fflate';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import type { TestServer } from '../../server/testing/test-server.ts';
import { sweep } from '../../server/retention/sweep.ts';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import { today } from '../support/practice.ts';
import { bookAppointment, closeInvitation, password, registerPractice } from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';
import { confirmWithPassword, openFromMenu } from '../support/users.ts';

let server: TestServer;

before(async () => {
  server = await startProduct();
});
after(() => server.close());

type Main = { practiceId: string; userId: string };

async function asMain(story: (person: Person, main: Main) => Promise<void>): Promise<void> {
  const person = await openPerson();
  person.page.setDefaultTimeout(15_000);
  try {
    const { email } = await registerPractice(person.page, server.practiceOrigin);
    const { practice_id: practiceId, id: userId } = await server.context.db
      .selectFrom('practice_user')
      .where('email', '=', email)
      .select(['practice_id', 'id'])
      .executeTakeFirstOrThrow();
    await story(person, { practiceId, userId });
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

/** Appointments of so many days ago, as if they had been booked then; no key opens them. */
async function held({ practiceId, userId }: Main, daysAgo: number[]): Promise<void> {
  const shared = { practice_id: practiceId, practitioner_id: userId, version: 1, generation: 1 };
  const rows = daysAgo.map((days) => ({ id: randomUUID(), day: today(server, -days) }));
  await server.context.db
    .insertInto('appointment')
    .values(rows.map((row) => ({ ...row, ...shared, sealed: Buffer.alloc(40) })))
    .execute();
}

async function openRetention(page: Page): Promise<void> {
  await openFromMenu(page, 'Einstellungen');
  await page.getByRole('button', { name: /^Daten und Löschung/ }).click();
  await page.getByRole('heading', { name: 'Daten und Löschung' }).waitFor();
}

test('a shorter retention says what it deletes before it does, and the deletion log shows it', () =>
  asMain(async ({ page }, main) => {
    await held(main, [40, 35, 8, 2]);
    await openRetention(page);
    await see(page, 'Ein Termin wird 90 Tage nach seinem Tag gelöscht');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Aufbewahrung ändern' }).click();
    await see(page, 'Damit wird jetzt nichts gelöscht.');
    await page.getByLabel('Termine aufbewahren').selectOption('14');
    await see(page, /Damit werden sofort 2 Termine vom .* bis .* gelöscht/);
    await see(page, /Termine ab dem .* bleiben/);
    assert.deepEqual(await accessibilityProblems(page), []);
    // Meanwhile there is more to delete: nothing goes before that is said, too.
    await held(main, [30]);
    await confirmWithPassword(page, 'Speichern und 2 Termine löschen');
    await see(page, 'Jemand hat das inzwischen geändert.');
    await confirmWithPassword(page, 'Speichern und 3 Termine löschen', 'ein falsches Passwort');
    await see(page, 'Passwort stimmen nicht');
    await confirmWithPassword(page, 'Speichern und 3 Termine löschen');
    await see(page, 'Termine bleiben jetzt 14 Tage. 3 Termine wurden gelöscht.');
    await page.getByRole('button', { name: 'Löschprotokoll zeigen' }).click();
    await see(page, /3 Termine vom .* bis .*: Aufbewahrung abgelaufen/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await openFromMenu(page, 'Sicherheitsprotokoll');
    await see(page, 'Dr. Erika Sommer hat die Aufbewahrung der Termine geändert');
  }));

test('the export is one file that this browser writes after the password, and it can be opened', () =>
  asMain(async ({ page }, main) => {
    await held(main, [3]);
    await bookAppointment(page, { name: 'Frau Muster', time: '23:30', note: 'Bitte Überweisung' });
    await closeInvitation(page);
    await openRetention(page);
    await page.getByRole('button', { name: 'Daten exportieren' }).click();
    await see(page, 'Die Datei ist nicht verschlüsselt.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await confirmWithPassword(page, 'Daten exportieren', 'ein falsches Passwort');
    await see(page, 'Passwort stimmen nicht');
    const download = page.waitForEvent('download');
    await confirmWithPassword(page, 'Daten exportieren');
    const file = await download;
    assert.match(file.suggestedFilename(), /^sprechzimmer-export-\d{4}-\d\d-\d\d\.zip$/);
    await see(page, 'Die Datei ist fertig: 1 Termin, 0 Kontakte.');
    await see(page, '1 Eintrag lässt sich auf diesem Gerät nicht öffnen.');
    assert.deepEqual(await accessibilityProblems(page), []);
    const files = unzipSync(new Uint8Array(await readFile(await file.path())));
    const text = (name: string) => Buffer.from(files[name] ?? new Uint8Array()).toString();
    const json = JSON.parse(text('praxis.json')) as {
      practice: { name: string };
      appointments: { note: string; participants: { name: string; code: string }[] }[];
    };
    assert.equal(json.practice.name, 'Praxis am See');
    assert.equal(json.appointments[0]?.note, 'Bitte Überweisung');
    assert.match(json.appointments[0]?.participants[0]?.code ?? '', /^[0-9A-HJKMNP-TV-Z]{12}$/);
    assert.match(text('termine.csv'), /;23:30;.*Frau Muster/);
    await openFromMenu(page, 'Sicherheitsprotokoll');
    await see(page, 'Dr. Erika Sommer hat die Daten der Praxis exportiert');
  }));

test('a practice’s end says what is lost, asks for name, password and second factor, and can be taken back', () =>
  asMain(async ({ page }, main) => {
    await bookAppointment(page, { name: 'Frau Muster', time: '23:30' });
    await closeInvitation(page);
    const secret = new Secret({ size: 20 });
    await server.context.db
      .insertInto('totp')
      .values({ user_id: main.userId, secret: Buffer.from(secret.bytes), confirmed_at: new Date(0) })
      .execute();
    await openRetention(page);
    await page.getByRole('button', { name: 'Praxis löschen' }).click();
    await see(page, '1 Termin, davon 1 heute oder später');
    await see(page, '1 freigegebenes Gerät');
    assert.deepEqual(await accessibilityProblems(page), []);
    await confirmWithPassword(page, 'Praxis in 7 Tagen löschen');
    await see(page, 'Das ist nicht der Name Ihrer Praxis.');
    await page.getByLabel(/den Namen Ihrer Praxis/).fill('Praxis am See');
    await confirmWithPassword(page, 'Praxis in 7 Tagen löschen');
    await page.getByRole('heading', { name: 'Zweite Bestätigung' }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.locator('.input-code').fill(new TOTP({ secret }).generate());
    await page.locator('.input-code').press('Enter');
    await see(page, /Ihre Praxis wird am .* gelöscht\./);
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Heute', exact: true }).click();
    await see(page, /Ihre Praxis wird am .* mit allen Daten gelöscht/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Löschung zurücknehmen' }).click();
    await page.getByText(/mit allen Daten gelöscht/).waitFor({ state: 'detached' });
    const left = await server.context.db.selectFrom('practice_deletion').selectAll().execute();
    assert.deepEqual(left, []);
  }));

test('when the days are over the practice is gone, and its browser says that nobody signs in there', () =>
  asMain(async ({ page }, main) => {
    await openRetention(page);
    await page.getByRole('button', { name: 'Praxis löschen' }).click();
    await page.getByLabel(/den Namen Ihrer Praxis/).fill('Praxis am See');
    await confirmWithPassword(page, 'Praxis in 7 Tagen löschen');
    await see(page, /Ihre Praxis wird am .* gelöscht\./);
    const eightDays = new Date(server.context.now().getTime() + 8 * 86_400_000);
    await sweep({ ...server.context, now: () => eightDays });
    const left = await server.context.db
      .selectFrom('practice')
      .where('id', '=', main.practiceId)
      .select('id')
      .execute();
    assert.deepEqual(left, []);
    await page.reload();
    await page.getByLabel('Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await see(page, 'E-Mail-Adresse oder Passwort stimmen nicht');
  }));
