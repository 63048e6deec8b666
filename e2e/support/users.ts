import type { Page } from 'playwright-core';
import { password } from './practice-app.ts';
import { see } from './senses.ts';

/** Opens a page from the menu top right, by its words there. */
export async function openFromMenu(page: Page, words: string): Promise<void> {
  await openMenu(page);
  await page.locator('#user-menu').getByRole('button', { name: words }).click();
}

export async function openMenu(page: Page): Promise<void> {
  await page.locator('.user-menu-button').click();
}

/** The password that every change of the practice's members asks for. */
export async function confirmWithPassword(page: Page, submit: string, typed = password): Promise<void> {
  await page.getByLabel('Zur Sicherheit: Ihr Passwort').fill(typed);
  await page.getByRole('button', { name: submit, exact: true }).last().click();
}

export type NewUser = { name: string; email: string; role?: 'Behandelt' | 'Assistenz' };

/** From the list of users to the printed sheet and back. @returns the activation code */
export async function addUser(page: Page, { name, email, role = 'Behandelt' }: NewUser): Promise<string> {
  await openFromMenu(page, 'Benutzer');
  await page.getByRole('button', { name: 'Benutzer hinzufügen' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await page.getByLabel('Aufgabe').selectOption({ label: role });
  await confirmWithPassword(page, 'Code erstellen');
  await see(page, `Aktivierungscode für ${name}`);
  const groups = await page.locator('.screen-only .code-groups code').allInnerTexts();
  await page.getByRole('button', { name: 'Ich habe das Blatt' }).click();
  return groups.join('-');
}

export async function signOut(page: Page): Promise<void> {
  await openFromMenu(page, 'Abmelden');
  await see(page, 'Sie sind abgemeldet.');
}

export async function signIn(page: Page, email: string, typed = password): Promise<void> {
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await page.getByLabel('Passwort', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Anmelden' }).click();
}

/** At a device of the practice where nobody is signed in. */
export async function activate(page: Page, code: string, newPassword: string): Promise<void> {
  await page.getByRole('button', { name: 'Ich habe einen Aktivierungscode' }).click();
  await page.getByLabel('Aktivierungscode').fill(code);
  await page.getByLabel('Ihr neues Passwort').fill(newPassword);
  await page.getByRole('button', { name: 'Aktivieren', exact: true }).click();
}
