import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { see } from './senses.ts';

export const password = 'vier blaue Kraniche';

export type Registration = {
  practiceName: string;
  telephone: string;
  userName: string;
  email: string;
  deviceName: string;
};

/** Fills in the registration as a person would, copies the recovery code from the sheet, and arrives at today's list. */
export async function registerPractice(
  page: Page,
  practiceOrigin: string,
  given: Partial<Registration> = {},
): Promise<Registration & { recoveryCode: string }> {
  const registration = {
    practiceName: 'Praxis am See',
    telephone: '030 1234567',
    userName: 'Dr. Erika Sommer',
    email: `${randomUUID()}@praxis.example`,
    deviceName: 'Sprechzimmer 1',
    ...given,
  };
  await page.goto(practiceOrigin);
  await page.getByRole('button', { name: 'Praxis anlegen' }).click();
  await page.getByLabel('Name der Praxis').fill(registration.practiceName);
  await page.getByLabel('Telefon der Praxis').fill(registration.telephone);
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByLabel('Ihr Name').fill(registration.userName);
  await page.getByLabel('E-Mail-Adresse').fill(registration.email);
  await page.getByLabel('Passwort', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByLabel('Name für dieses Gerät').fill(registration.deviceName);
  await page.getByRole('button', { name: 'Weiter zum Wiederherstellungsblatt' }).click();
  const recoveryCode = await copyDownSheet(page);
  await see(page, 'Noch keine Termine');
  return { ...registration, recoveryCode };
}

/** @param confirm the button that ends the re-typing */
async function copyDownSheet(page: Page, confirm = 'Praxis anlegen'): Promise<string> {
  const groups = await page.locator('.screen-only .code-groups code').allInnerTexts();
  await page.getByRole('button', { name: 'Ich habe den Code auf Papier' }).click();
  await see(page, 'Haben Sie den Code?');
  for (const [index, group] of groups.entries()) {
    const field = page.getByLabel(`Gruppe ${index + 1}`, { exact: true });
    if (await field.count()) await field.fill(group);
  }
  await page.getByRole('button', { name: confirm }).click();
  return groups.join('');
}

export type NewAppointment = { name: string; time?: string; day?: string; contact?: string; note?: string };

/** Makes an appointment and stays on its invitation. @returns the link */
export async function bookAppointment(
  page: Page,
  { name, time, day, contact, note }: NewAppointment,
): Promise<string> {
  await page
    .getByRole('button', { name: /Neuer Termin|Ersten Termin anlegen/ })
    .first()
    .click();
  if (day) await page.getByLabel('Tag').fill(day);
  await page.getByLabel('Uhrzeit').fill(time ?? '10:30');
  await page.getByLabel('Für wen').fill(name);
  if (contact) await page.getByLabel(contact.includes('@') ? /^E-Mail/ : /^Telefon/).fill(contact);
  if (note) await page.getByLabel(/Notiz/).fill(note);
  await page.getByRole('button', { name: 'Termin anlegen' }).click();
  await see(page, `Einladung für ${name}`);
  return page.locator('.copyable-text').filter({ hasText: '/#' }).innerText();
}

export async function closeInvitation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Fertig' }).click();
}

export type NewDevice = { email: string; deviceName: string; password?: string };

/** Asks the practice to take this browser in. @returns the code on its screen */
export async function askToJoin(
  page: Page,
  practiceOrigin: string,
  { email, deviceName, password: typed = password }: NewDevice,
): Promise<string> {
  await page.goto(practiceOrigin);
  await page.getByRole('button', { name: 'Dieses Gerät anmelden' }).click();
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await page.getByLabel('Passwort', { exact: true }).fill(typed);
  await page.getByLabel('Name für dieses Gerät').fill(deviceName);
  await page.getByRole('button', { name: 'Weiter zum Code' }).click();
  await see(page, 'Jetzt muss Ihre Praxis zustimmen');
  const groups = await page.locator('.device-code code').allInnerTexts();
  return groups.join('-');
}

/** The main user types the code of the device that waits. */
export async function approveWaiting(page: Page, code: string): Promise<void> {
  // As on coming back to the tab: the page asks at once and not at its next turn.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByRole('button', { name: 'Code eingeben' }).click();
  await page.getByLabel('Code vom neuen Gerät').fill(code);
  await page.getByLabel('Zur Sicherheit: Ihr Passwort').fill(password);
  await page.getByRole('button', { name: 'Gerät freigeben' }).click();
}

/** A second browser becomes a device; nobody signs in there yet. */
export async function takeIn(
  main: Page,
  next: Page,
  practiceOrigin: string,
  device: NewDevice,
): Promise<void> {
  const code = await askToJoin(next, practiceOrigin, device);
  await approveWaiting(main, code);
  await see(main, `Das Gerät „${device.deviceName}“ ist freigegeben.`);
  await next.getByRole('button', { name: 'Erst später anmelden' }).click();
  await next.getByRole('button', { name: 'Anmelden', exact: true }).waitFor();
}

/** Types the password at a device; what comes then is the story's. */
export async function typeSignIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await page.getByLabel('Passwort', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
}

export async function openDevices(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Menü$/ }).click();
  await page.getByRole('button', { name: 'Geräte', exact: true }).click();
  await page.getByRole('heading', { name: 'Geräte' }).waitFor();
}

/** Removes a device; what lies there is then sealed anew, on the same page. */
export async function removeDevice(page: Page, name: string): Promise<void> {
  await openDevices(page);
  await page.getByRole('button', { name: `Gerät „${name}“ entfernen` }).click();
  await page.getByLabel('Schreiben Sie zur Sicherheit den Namen des Geräts').fill(name);
  await page.getByLabel('Zur Sicherheit: Ihr Passwort').fill(password);
  await page.getByRole('button', { name: 'Entfernen', exact: true }).click();
}

/** All devices are lost: sheet, password, a new sheet. @returns the new sheet's code */
export async function recoverPractice(
  page: Page,
  practiceOrigin: string,
  given: { email: string; recoveryCode: string; deviceName: string },
): Promise<string> {
  await page.goto(practiceOrigin);
  await page.getByRole('button', { name: 'Alle Geräte verloren?' }).click();
  await page.getByLabel('E-Mail-Adresse').fill(given.email);
  await page.getByLabel('Passwort', { exact: true }).fill(password);
  await page.getByLabel('Code vom Wiederherstellungsblatt').fill(given.recoveryCode);
  await page.getByRole('button', { name: 'Weiter', exact: true }).click();
  await page.getByLabel('Name für dieses Gerät').fill(given.deviceName);
  await page.getByRole('button', { name: 'Weiter zum neuen Blatt' }).click();
  return copyDownSheet(page, 'Praxis wiederherstellen');
}
