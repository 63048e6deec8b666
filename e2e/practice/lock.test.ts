import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../../server/testing/test-server.ts';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import { bookAppointment, closeInvitation, password, registerPractice } from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';
import { openFromMenu } from '../support/users.ts';

let server: TestServer;
const patient = 'Xanthippe Quendelhofer';

before(async () => {
  server = await startProduct();
});
after(() => server.close());

/** A practice with one patient's name in its list. */
async function withPractice(story: (person: Person, main: { email: string }) => Promise<void>) {
  const person = await openPerson();
  person.page.setDefaultTimeout(15_000);
  try {
    const main = await registerPractice(person.page, server.practiceOrigin);
    await bookAppointment(person.page, { name: patient, time: '23:30' });
    await closeInvitation(person.page);
    await see(person.page, patient);
    await story(person, main);
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

async function unlock(page: Page, typed: string): Promise<void> {
  await page.getByLabel('Ihr Passwort').fill(typed);
  await page.getByRole('button', { name: 'Entsperren' }).click();
}

/** Everything in the memory of the page's scripts, as text. */
async function heapOf({ context }: Person, page: Page): Promise<string> {
  const debug = await context.newCDPSession(page);
  const chunks: string[] = [];
  debug.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await debug.send('HeapProfiler.collectGarbage');
  await debug.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await debug.detach();
  return chunks.join('');
}

/** What the browser keeps for the page's origin. */
async function keptBy(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('sprechzimmer');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('no database')));
    });
    const kept: unknown[] = [];
    for (const name of database.objectStoreNames) {
      const request = database.transaction(name).objectStore(name).getAll();
      await new Promise((resolve) => request.addEventListener('success', resolve));
      kept.push(request.result);
    }
    database.close();
    return JSON.stringify([kept, Object.entries(localStorage), Object.entries(sessionStorage)]);
  });
}

test('a locked page knows no patient: not on the screen, not in memory, not in the browser’s storage', () =>
  withPractice(async (person) => {
    const { page } = person;
    assert.ok((await heapOf(person, page)).includes(patient), 'the snapshot shows what is there');
    await openFromMenu(page, 'Bildschirm sperren');
    await see(page, 'Gesperrt');
    await page.getByLabel('Ihr Passwort').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.ok(!(await page.content()).includes(patient));
    assert.ok(!(await heapOf(person, page)).includes(patient));
    assert.ok(!(await keptBy(page)).includes(patient));
    await page.reload();
    await see(page, 'Gesperrt');
    await page.goBack().catch(() => undefined);
    assert.ok(!(await page.content()).includes(patient));
  }));

test('the key locks, the password opens, and a wrong one tells how many attempts are left', () =>
  withPractice(async ({ page }) => {
    await page.keyboard.press('Alt+Shift+L');
    await see(page, 'Gesperrt');
    await unlock(page, 'nicht das Passwort');
    await see(page, 'Es bleiben 4 Versuche');
    await unlock(page, password);
    await see(page, patient);
  }));

test('five wrong passwords sign out', () =>
  withPractice(async ({ page }, main) => {
    await openFromMenu(page, 'Bildschirm sperren');
    for (const left of ['Es bleiben 4', 'Es bleiben 3', 'Es bleiben 2', 'Ein Versuch bleibt']) {
      await unlock(page, 'nicht das Passwort');
      await see(page, left);
    }
    await unlock(page, 'nicht das Passwort');
    await see(page, 'Das Passwort war fünfmal falsch.');
    assert.equal(await page.getByLabel('E-Mail-Adresse').inputValue(), main.email);
  }));

test('all tabs of the browser lock together', () =>
  withPractice(async ({ page, context }) => {
    const other = await context.newPage();
    await other.goto(server.practiceOrigin);
    await see(other, patient);
    await page.keyboard.press('Alt+Shift+L');
    await see(page, 'Gesperrt');
    await see(other, 'Gesperrt');
  }));

test('a lock that does not reach the server is made up for before anything is shown again', () =>
  withPractice(async ({ page }) => {
    await page.route('**/api/practice/lock', (route) => route.abort('connectionreset'), { times: 1 });
    await page.keyboard.press('Alt+Shift+L');
    await see(page, 'Keine Verbindung');
    await page.getByRole('button', { name: 'Noch einmal' }).click();
    await see(page, 'Gesperrt');
    await unlock(page, password);
    await see(page, patient);
  }));

test('the room window goes on while the practice app is locked, names nobody, and is found again afterwards', () =>
  withPractice(async ({ page }) => {
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
    const room = await popup;
    await see(room, 'Im Moment wartet niemand');
    await see(room, patient);
    await page.keyboard.press('Alt+Shift+L');
    await see(page, 'Gesperrt');
    await see(room, 'Entsperren Sie die Praxis-App in Ihrem anderen Fenster.');
    await see(room, 'Im Moment wartet niemand');
    // Longer than it takes the window to ask again.
    await page.waitForTimeout(3_000);
    assert.equal(room.isClosed(), false);
    assert.ok(!(await room.content()).includes(patient));
    await unlock(page, password);
    await see(page, patient);
    await see(room, patient, 30_000);
  }));

test('after the idle minutes of the practice’s setting the page locks itself', () =>
  withPractice(async ({ page }) => {
    await page.clock.install();
    await page.reload();
    await see(page, patient);
    await page.clock.fastForward('14:00');
    await see(page, patient);
    await page.clock.fastForward('02:00');
    await see(page, 'Gesperrt');
  }));
