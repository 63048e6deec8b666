import type { Page } from 'playwright-core';
import { see } from './senses.ts';

/** Opens the link, gives a name, and goes in. */
export async function goToWaitingRoom(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await goIn(page, name);
}

/** On the page of the link: gives a name, and goes in. */
export async function goIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Ihr Name').fill(name);
  await page.getByRole('button', { name: 'Ins Wartezimmer' }).click();
}

/** The patient has been told that the practice itself sees them. */
export async function isSeen(page: Page): Promise<void> {
  await see(page, 'Die Praxis sieht, dass Sie da sind.');
}

/** The host calls in whoever waits under this name. */
export async function callIn(host: Page, name: string): Promise<void> {
  await see(host, name);
  await host
    .getByRole('button', { name: /hereinbitten/i })
    .first()
    .click();
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: /^Chat/ }).click();
  await page.getByLabel('Ihre Nachricht').fill(text);
  await page.getByRole('button', { name: 'Senden' }).click();
  await page.getByLabel('Ihre Nachricht').press('Escape');
}

/** The three words that this end shows. */
export async function wordsOn(page: Page): Promise<string> {
  const line = page.locator('.security-line');
  await line.locator(':scope > summary').click();
  const words = await line.locator('.words').innerText();
  await line.locator(':scope > summary').click();
  return words.trim().replaceAll(/\s+/g, ' ');
}
