import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestServer } from '../../server/testing/test-server.ts';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './browsers.ts';
import { bookAppointment, registerPractice } from './practice-app.ts';
import { today } from './practice.ts';
import { see } from './senses.ts';

type Options = { plan?: string; permissions?: string[] };

/** A practice with this plan, its main user signed in; nothing may go wrong that only a browser would tell. */
export async function withPractice(
  server: TestServer,
  story: (person: Person) => Promise<void>,
  { plan = 'plus', permissions = ['clipboard-write'] }: Options = {},
): Promise<void> {
  const person = await openPerson({ permissions });
  person.page.setDefaultTimeout(15_000);
  try {
    const main = await registerPractice(person.page, server.practiceOrigin);
    const { db } = server.context;
    const practice = db.selectFrom('practice_user').where('email', '=', main.email).select('practice_id');
    await db.updateTable('practice').set({ plan }).where('id', '=', practice).execute();
    await person.page.reload();
    await see(person.page, 'Noch keine Termine');
    await story(person);
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

export const patient = { name: 'Jürgen Groß', contact: 'juergen@example.org', time: '10:30' };

/** An appointment in three days, on its invitation. @returns the link */
export const bookPatient = (server: TestServer, page: Page): Promise<string> =>
  bookAppointment(page, { ...patient, day: today(server, 3) });

/** Nothing for axe to find, once colours have come to rest. */
export async function isAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
  assert.deepEqual(await accessibilityProblems(page), []);
}

/** Opens one of the ways to invite. */
export async function unfold(page: Page, way: string): Promise<void> {
  await page.locator('.way > summary', { hasText: way }).click();
}

/** What the keyboard pastes: the page's own policy lets no script read the clipboard. */
export async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'pasted';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press('ControlOrMeta+V');
  return page.evaluate(() => {
    const field = document.querySelector<HTMLTextAreaElement>('#pasted');
    field?.remove();
    return field?.value ?? '';
  });
}
