import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as OTPAuth from 'otpauth';
import type { Page } from 'playwright-core';
import type { TestServer } from '../../server/testing/test-server.ts';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import {
  bookAppointment,
  closeInvitation,
  password,
  registerPractice,
  takeIn,
} from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';
import { activate, addUser, confirmWithPassword, openFromMenu, signIn, signOut } from '../support/users.ts';

let server: TestServer;

before(async () => {
  server = await startProduct();
});
after(() => server.close());

/** A practice with the plan plus, as its operator grants it, with its main user signed in. */
async function withPractice(
  story: (person: Person, main: { email: string }) => Promise<void>,
  plan = 'plus',
): Promise<void> {
  const person = await openPerson();
  person.page.setDefaultTimeout(15_000);
  try {
    const main = await registerPractice(person.page, server.practiceOrigin);
    const { db } = server.context;
    const practice = db.selectFrom('practice_user').where('email', '=', main.email).select('practice_id');
    await db.updateTable('practice').set({ plan }).where('id', '=', practice).execute();
    await person.page.reload();
    await see(person.page, 'Noch keine Termine');
    await story(person, main);
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

const newEmail = () => `${randomUUID()}@praxis.example`;
const ownPassword = 'sieben rote Schirme';

async function startPage(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Termine', exact: true }).waitFor();
}

test('a user is added, activates with the printed code, and only they know their password', () =>
  withPractice(async ({ page }, main) => {
    const email = newEmail();
    const code = await addUser(page, { name: 'Dr. Jonas Winter', email });
    await see(page, 'Noch nicht aktiviert');
    assert.deepEqual(await accessibilityProblems(page), []);
    await signOut(page);
    await activate(page, code, ownPassword);
    await startPage(page);
    await see(page, 'Dr. Jonas Winter');
    await openFromMenu(page, 'Benutzer');
    await see(page, 'Ändern kann das nur Dr. Erika Sommer.');
    assert.equal(await page.getByRole('button', { name: 'Benutzer hinzufügen' }).count(), 0);
    await signOut(page);
    await signIn(page, email, ownPassword);
    await startPage(page);
    await signOut(page);
    // The code is used up.
    await activate(page, code, ownPassword);
    await see(page, 'Dieser Code gilt nicht oder nicht mehr.');
    await page.getByRole('button', { name: 'Zur Anmeldung' }).click();
    await signIn(page, main.email);
    await startPage(page);
  }));

test('a wrong password changes nothing about the members', () =>
  withPractice(async ({ page }) => {
    await openFromMenu(page, 'Benutzer');
    await page.getByRole('button', { name: 'Benutzer hinzufügen' }).click();
    await page.getByLabel('Name').fill('Dr. Jonas Winter');
    await page.getByLabel('E-Mail-Adresse').fill(newEmail());
    await confirmWithPassword(page, 'Code erstellen', 'nicht das Passwort');
    await see(page, 'Das Passwort stimmt nicht.');
    assert.equal(await page.getByLabel('Name').inputValue(), 'Dr. Jonas Winter');
  }));

test('the plan for one person explains what more users need, and asks the operator for it', () =>
  withPractice(async ({ page }) => {
    await openFromMenu(page, 'Benutzer');
    await see(page, 'Ihr Tarif ist für eine Person');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Plan plus anfragen' }).click();
    await see(page, 'Plan plus ist angefragt.');
    await page.reload();
    await openFromMenu(page, 'Einstellungen');
    await see(page, 'Der Tarif plus ist angefragt.');
    assert.deepEqual(await accessibilityProblems(page), []);
  }, 'basis'));

test('a user is switched off, on again, reset and deleted, with the key renewed afterwards', () =>
  withPractice(async ({ page }, main) => {
    const email = newEmail();
    const name = 'Dr. Jonas Winter';
    const code = await addUser(page, { name, email });
    await signOut(page);
    await activate(page, code, ownPassword);
    await startPage(page);
    await signOut(page);
    await signIn(page, main.email);
    await openFromMenu(page, 'Benutzer');
    await page.getByRole('button', { name: `${name} bearbeiten` }).click();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Abschalten' }).click();
    await confirmWithPassword(page, 'Abschalten');
    await see(page, 'Abgeschaltet');
    await page.getByRole('button', { name: 'Wieder einschalten' }).click();
    await confirmWithPassword(page, 'Wieder einschalten');
    await page.getByRole('button', { name: 'Abschalten' }).waitFor();
    await page.getByRole('button', { name: 'Benutzer löschen' }).click();
    await page.getByLabel('Zur Bestätigung').fill(name);
    await confirmWithPassword(page, 'Benutzer löschen');
    await see(page, `${name} ist gelöscht.`);
    assert.equal(await page.getByRole('button', { name: `${name} bearbeiten` }).count(), 0);
    await page.reload();
    await startPage(page);
    await signOut(page);
    await signIn(page, email, ownPassword);
    await see(page, 'E-Mail-Adresse oder Passwort stimmen nicht');
  }));

test('the main responsibility changes hands only when both have said so', () =>
  withPractice(async ({ page }, main) => {
    const email = newEmail();
    const code = await addUser(page, { name: 'Dr. Jonas Winter', email });
    await signOut(page);
    await activate(page, code, ownPassword);
    await startPage(page);
    await signOut(page);
    await signIn(page, main.email);
    await openFromMenu(page, 'Benutzer');
    await page.getByRole('button', { name: 'Dr. Jonas Winter bearbeiten' }).click();
    await page.getByRole('button', { name: 'Hauptverantwortung übergeben' }).click();
    await confirmWithPassword(page, 'Hauptverantwortung übergeben');
    await see(page, 'ist gefragt und muss noch zustimmen');
    await signOut(page);
    await signIn(page, email, ownPassword);
    await see(page, 'Dr. Erika Sommer möchte Ihnen die Hauptverantwortung übergeben');
    assert.deepEqual(await accessibilityProblems(page), []);
    await confirmWithPassword(page, 'Ja, ich übernehme', ownPassword);
    await see(page, 'Sie haben jetzt die Hauptverantwortung.');
    await openFromMenu(page, 'Benutzer');
    await page.getByRole('button', { name: 'Benutzer hinzufügen' }).waitFor();
  }));

test('an assistant prepares everything and opens no room', () =>
  withPractice(async ({ page }) => {
    const email = newEmail();
    const code = await addUser(page, { name: 'Frau Herbst', email, role: 'Assistenz' });
    await signOut(page);
    await activate(page, code, ownPassword);
    await startPage(page);
    assert.equal(await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).count(), 0);
  }));

test('a changed password is the one that counts, for signing in and for changing members', () =>
  withPractice(async ({ page }, main) => {
    await openFromMenu(page, 'Passwort ändern');
    await page.getByLabel('Neues Passwort').fill(ownPassword);
    await confirmWithPassword(page, 'Passwort ändern');
    await see(page, 'Ihr Passwort ist geändert.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await signOut(page);
    await signIn(page, main.email, ownPassword);
    await startPage(page);
    await openFromMenu(page, 'Benutzer');
    await page.getByRole('button', { name: 'Benutzer hinzufügen' }).click();
    await page.getByLabel('Name').fill('Frau Herbst');
    await page.getByLabel('E-Mail-Adresse').fill(newEmail());
    await confirmWithPassword(page, 'Code erstellen', ownPassword);
    await see(page, 'Aktivierungscode für Frau Herbst');
  }));

test('a picture is cropped to a small square JPEG and shown; the server never sees it', () =>
  withPractice(async ({ page }) => {
    await openFromMenu(page, 'Meine Angaben');
    const large = await page.screenshot();
    await page.setInputFiles('input[type=file]', {
      name: 'foto.png',
      mimeType: 'image/png',
      buffer: large,
    });
    await page.getByLabel('Ausschnitt').fill('2');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Bild übernehmen' }).click();
    const picture = page.locator('.avatar-large img');
    await picture.waitFor();
    const size = await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);
    assert.equal(size, 256);
    await page.getByRole('button', { name: 'Bild entfernen' }).click();
    await picture.waitFor({ state: 'detached' });
  }));

test('a code from an app is asked for after the password; a spare code stands in for it once', () =>
  withPractice(async ({ page }, main) => {
    await openFromMenu(page, 'Anmeldung absichern');
    await page.getByRole('button', { name: 'App einrichten' }).click();
    await confirmWithPassword(page, 'Weiter');
    const secret = (await page.locator('.copyable-text').innerText()).replaceAll(/\s/g, '');
    const totp = new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(secret) });
    await page.getByLabel('Ziffern aus der App').fill(totp.generate());
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Bestätigen' }).click();
    await see(page, 'Ihre Ersatzcodes');
    const [spare = ''] = await page.locator('.screen-only .spare-codes code').allInnerTexts();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Ich habe die Codes' }).click();
    await see(page, 'Eingerichtet');
    await signOut(page);

    await signIn(page, main.email);
    await see(page, 'Zweite Bestätigung');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByLabel('Code aus Ihrer App').fill('000000');
    await page.getByRole('button', { name: 'Bestätigen' }).click();
    await see(page, 'Das stimmt nicht oder ist abgelaufen.');
    await page.getByRole('button', { name: 'Ich habe weder App noch Passkey' }).click();
    await page.getByLabel('Ersatzcode').fill(spare);
    await page.getByRole('button', { name: 'Bestätigen' }).click();
    await startPage(page);
    await openFromMenu(page, 'Anmeldung absichern');
    await see(page, 'Noch 9 Ersatzcodes');
  }));

test('a passkey confirms the sign-in', () =>
  withPractice(async ({ page, context }, main) => {
    const debug = await context.newCDPSession(page);
    await debug.send('WebAuthn.enable');
    await debug.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    await openFromMenu(page, 'Anmeldung absichern');
    await page.getByRole('button', { name: 'Passkey hinzufügen' }).click();
    await page.getByLabel('Name für den Passkey').fill('Mein Telefon');
    await confirmWithPassword(page, 'Passkey hinzufügen');
    await page.getByRole('button', { name: 'Ich habe die Codes' }).click();
    await see(page, 'Mein Telefon');
    await signOut(page);
    await signIn(page, main.email);
    await page.getByRole('button', { name: 'Mit Passkey bestätigen' }).click();
    await startPage(page);
    await openFromMenu(page, 'Anmeldung absichern');
    await page.getByRole('button', { name: 'Mein Telefon entfernen' }).click();
    await confirmWithPassword(page, 'Mein Telefon entfernen');
    await page.getByRole('button', { name: 'Mein Telefon entfernen' }).waitFor({ state: 'detached' });
    await signOut(page);
    await signIn(page, main.email);
    await startPage(page);
  }));

test('where a second factor is demanded, whoever has none is led to it after signing in', () =>
  withPractice(async ({ page }, main) => {
    await openFromMenu(page, 'Einstellungen');
    await page.getByLabel('Alle brauchen eine zweite Bestätigung').check();
    await see(page, 'Die Einstellungen sind gespeichert.');
    await signOut(page);
    await signIn(page, main.email);
    await see(page, 'In Ihrer Praxis ist eine zweite Bestätigung vorgeschrieben.');
  }));

test('the security log tells in sentences who did what at which device', () =>
  withPractice(async ({ page }, main) => {
    await signOut(page);
    await signIn(page, main.email, 'nicht das Passwort');
    await see(page, 'E-Mail-Adresse oder Passwort stimmen nicht');
    await signIn(page, main.email, password);
    await startPage(page);
    await openFromMenu(page, 'Sicherheitsprotokoll');
    await see(page, 'Dr. Erika Sommer hat sich angemeldet, an „Sprechzimmer 1“');
    await see(page, 'Anmeldung abgelehnt: Dr. Erika Sommer');
    await see(page, 'Dr. Erika Sommer hat die Praxis angelegt');
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test('a second device names the first and takes the session over; the first one says so and keeps what was typed', () =>
  withPractice(async ({ page }, { email }) => {
    const empfang = await openPerson();
    const { page: second } = empfang;
    second.setDefaultTimeout(15_000);
    try {
      await takeIn(page, second, server.practiceOrigin, { email, deviceName: 'Empfang' });
      await openFromMenu(page, 'Meine Angaben');
      await page.getByRole('button', { name: 'Zurück' }).click();
      await page.getByRole('button', { name: 'Ersten Termin anlegen' }).click();
      await page.getByLabel('Für wen').fill('Frau Muster');
      await signIn(second, email);
      await see(second, 'Sie sind noch angemeldet');
      await see(second, 'An einem anderen Gerät seit heute');
      assert.deepEqual(await accessibilityProblems(second), []);
      await second.getByRole('button', { name: 'Dort angemeldet bleiben' }).click();
      await signIn(second, email);
      await second.getByRole('button', { name: 'Hier weitermachen' }).click();
      await startPage(second);
      await page.getByLabel('Uhrzeit').fill('10:30');
      await page.getByRole('button', { name: 'Termin anlegen' }).click();
      await see(page, 'Was Sie gerade eingegeben haben, steht nach der Anmeldung noch da.');
      // Here the page still knows the other device's name.
      await signIn(page, email);
      await see(page, 'An „Empfang“ seit heute');
      await page.getByRole('button', { name: 'Hier weitermachen' }).click();
      assert.equal(await page.getByLabel('Für wen').inputValue(), 'Frau Muster');
      assert.deepEqual(empfang.problems, []);
    } finally {
      await empfang.close();
    }
  }));

test('a second device is warned when a consultation may be going on at the first', () =>
  withPractice(async ({ page }, { email }) => {
    const empfang = await openPerson();
    const { page: second } = empfang;
    second.setDefaultTimeout(15_000);
    try {
      await takeIn(page, second, server.practiceOrigin, { email, deviceName: 'Empfang' });
      await openFromMenu(page, 'Meine Angaben');
      await page.getByRole('button', { name: 'Zurück' }).click();
      const popup = page.waitForEvent('popup');
      await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
      await see(await popup, 'Im Moment wartet niemand');
      await signIn(second, email);
      await see(second, 'Dort ist ein Sprechzimmer offen');
      await second.getByRole('button', { name: 'Trotzdem hier weitermachen' }).click();
      await startPage(second);
    } finally {
      await empfang.close();
    }
  }));

test('an assistant books for a practitioner', () =>
  withPractice(async ({ page }, main) => {
    const email = newEmail();
    const code = await addUser(page, { name: 'Frau Herbst', email, role: 'Assistenz' });
    await signOut(page);
    await activate(page, code, ownPassword);
    await startPage(page);
    await bookAppointment(page, { name: 'Frau Muster', time: '23:30' });
    await closeInvitation(page);
    await see(page, 'bei Dr. Erika Sommer');
    await signOut(page);
    await signIn(page, main.email);
    await see(page, 'Frau Muster');
    await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).waitFor();
  }));
