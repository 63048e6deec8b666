import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openPerson, type Person } from '../../e2e/support/browsers.ts';
import {
  bookAppointment,
  closeInvitation,
  password,
  registerPractice,
} from '../../e2e/support/practice-app.ts';
import { today } from '../../e2e/support/practice.ts';
import { startProduct } from '../../e2e/support/product.ts';
import { see } from '../../e2e/support/senses.ts';

const server = await startProduct();
after(() => server.close());

async function withPerson(story: (person: Person) => Promise<void>): Promise<void> {
  const person = await openPerson();
  person.page.setDefaultTimeout(10_000);
  try {
    await story(person);
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

/** The next request of this operation arrives at the server; its answer does not arrive here. */
async function loseAnswerTo(page: Page, operation: string): Promise<void> {
  await page.route(
    `**/api/${operation}`,
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
}

function rowsOf(page: Page) {
  return page.locator('.appointment');
}

async function openToday(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Termine', exact: true }).waitFor();
}

test('a lost answer while registering loses nothing: once more is enough', () =>
  withPerson(async ({ page }) => {
    await loseAnswerTo(page, 'practice/register');
    const registering = registerPractice(page, server.practiceOrigin);
    await see(page, 'Die Praxis ist noch nicht angelegt');
    await page.getByRole('button', { name: 'Noch einmal' }).click();
    await registering;
  }));

test('after a lost answer and a reload one can still sign in, as the page explains', () =>
  withPerson(async ({ page, context }) => {
    await loseAnswerTo(page, 'practice/register');
    const registering = registerPractice(page, server.practiceOrigin).catch(() => undefined);
    await see(page, 'Die Praxis ist noch nicht angelegt');
    await context.clearCookies(); // the cookie came with the answer that was lost
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await see(page, 'Wurde die Praxis angelegt?');
    await page.getByLabel('Passwort').fill(password);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await openToday(page);
    await page.reload();
    await openToday(page);
    await registering;
  }));

test('a lost answer to a booking makes one appointment, though the hour was changed before trying again', () =>
  withPerson(async ({ page }) => {
    await registerPractice(page, server.practiceOrigin);
    await loseAnswerTo(page, 'appointment/book');
    const booking = bookAppointment(page, { name: 'Frau Muster', time: '10:30', note: 'Befund' });
    await see(page, 'Keine Verbindung');
    assert.equal(await page.getByLabel(/Notiz/).inputValue(), 'Befund');
    await page.getByLabel('Uhrzeit').fill('11:45');
    await page.getByRole('button', { name: 'Noch einmal' }).click();
    await booking;
    await closeInvitation(page);
    await openToday(page);
    assert.equal(await rowsOf(page).count(), 1);
    await see(page, '11:45');
  }));

test('typed text is not lost by the back button, nor when the session ends meanwhile', () =>
  withPerson(async ({ page }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    await page.getByRole('button', { name: 'Ersten Termin anlegen' }).click();
    await page.getByLabel('Für wen').fill('Frau Muster');
    await page.goBack();
    await page.getByRole('button', { name: 'Weiter bearbeiten' }).click();
    assert.equal(await page.getByLabel('Für wen').inputValue(), 'Frau Muster');

    const { db } = server.context;
    const user = db.selectFrom('practice_user').where('email', '=', email).select('id');
    await db.deleteFrom('session').where('user_id', '=', user).execute();
    await page.getByLabel('Uhrzeit').fill('10:30');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await see(page, 'Was Sie gerade eingegeben haben, steht nach der Anmeldung noch da.');
    await page.getByLabel('Passwort').fill(password);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    assert.equal(await page.getByLabel('Für wen').inputValue(), 'Frau Muster');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await see(page, 'Einladung für Frau Muster');
  }));

test('a change by a colleague meanwhile is told, and what was typed can win', () =>
  withPerson(async ({ page, context }) => {
    await registerPractice(page, server.practiceOrigin);
    await bookAppointment(page, { name: 'Frau Muster' });
    await closeInvitation(page);
    const other = await context.newPage();
    await other.goto(server.practiceOrigin);
    for (const each of [page, other]) {
      await each.getByRole('button', { name: 'Termin mit Frau Muster ändern' }).click();
    }
    await other.getByLabel(/Notiz/).fill('vom anderen Fenster');
    await other.getByRole('button', { name: 'Termin speichern' }).click();
    await openToday(other);
    await page.getByLabel('Für wen').fill('Herr Beispiel');
    await page.getByRole('button', { name: 'Termin speichern' }).click();
    await see(page, 'Jemand hat diesen Termin inzwischen geändert');
    await page.getByRole('button', { name: 'Meine Eingaben speichern' }).click();
    await openToday(page);
    await see(page, 'Der Termin mit Herr Beispiel ist gespeichert.');
    assert.equal(await rowsOf(page).count(), 1);
  }));

test('moving to another day says that the code changes, and cancelling names person and day', () =>
  withPerson(async ({ page }) => {
    await registerPractice(page, server.practiceOrigin);
    const link = await bookAppointment(page, { name: 'Frau Muster' });
    await closeInvitation(page);
    await page.getByRole('button', { name: 'Termin mit Frau Muster ändern' }).click();
    await page.getByLabel('Tag').fill(today(server, 1));
    await see(page, 'Dafür gibt es einen neuen Code');
    await page.getByRole('button', { name: 'Termin speichern' }).click();
    await see(page, 'Einladung für Frau Muster');
    assert.notEqual(await page.locator('.copyable-text').first().innerText(), link);
    await closeInvitation(page);
    await page.getByRole('button', { name: 'Termin mit Frau Muster ändern' }).click();
    await page.getByRole('button', { name: 'Termin absagen' }).click();
    const question = page.getByRole('dialog');
    assert.match(
      await question.getByRole('heading').innerText(),
      /Frau Muster am \p{L}+, \d+\. \p{L}+, 10:30 Uhr/u,
    );
    await question.getByRole('button', { name: 'Termin absagen' }).click();
    await see(page, 'ist abgesagt');
    await see(page, 'Noch keine Termine');
  }));

test('what was just moved can be cancelled at once, though the list of appointments comes late', () =>
  withPerson(async ({ page }) => {
    await registerPractice(page, server.practiceOrigin);
    await bookAppointment(page, { name: 'Frau Muster' });
    await closeInvitation(page);
    await page.route('**/api/appointment/list', async (route) => {
      await delay(5_000);
      await route.continue();
    });
    await page.getByRole('button', { name: 'Termin mit Frau Muster ändern' }).click();
    await page.getByLabel('Tag').fill(today(server, 1));
    await page.getByRole('button', { name: 'Termin speichern' }).click();
    await see(page, 'Einladung für Frau Muster');
    await closeInvitation(page);
    await page.getByRole('button', { name: 'Termin mit Frau Muster ändern' }).click();
    assert.equal(await page.getByLabel('Tag').inputValue(), today(server, 1));
    await page.getByRole('button', { name: 'Termin absagen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Termin absagen' }).click();
    await see(page, 'ist abgesagt');
    await see(page, 'Noch keine Termine');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }));

test('a record that does not open is shown as unreadable beside the others', () =>
  withPerson(async ({ page }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    await bookAppointment(page, { name: 'Frau Muster', time: '09:00' });
    await closeInvitation(page);
    await bookAppointment(page, { name: 'Herr Beispiel', time: '10:00' });
    await closeInvitation(page);
    const { db } = server.context;
    const practice = db.selectFrom('practice_user').where('email', '=', email).select('practice_id');
    const first = await db
      .selectFrom('appointment')
      .where('practice_id', '=', practice)
      .orderBy('created_at')
      .select('id')
      .executeTakeFirstOrThrow();
    const damaged = Buffer.alloc(200, 1);
    await db.updateTable('appointment').set({ sealed: damaged }).where('id', '=', first.id).execute();
    await page.reload();
    await see(page, 'Nicht lesbar');
    await see(page, 'Herr Beispiel');
    assert.equal(await page.getByText('Frau Muster').count(), 0);
  }));

test('names and notes are text, whatever they hold', () =>
  withPerson(async ({ page }) => {
    await registerPractice(page, server.practiceOrigin);
    const name = '<img src=x onerror=alert(1)>';
    await page.getByRole('button', { name: 'Ersten Termin anlegen' }).click();
    await page.getByLabel('Uhrzeit').fill('10:30');
    await page.getByLabel('Für wen').fill(name);
    await page.getByLabel(/E-Mail-Adresse/).fill('a@b.de?cc=eve@example.org');
    await page.getByLabel(/Notiz/).fill('<script>alert(2)</script>');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await see(page, 'Das ist keine E-Mail-Adresse.');
    await page.getByLabel(/E-Mail-Adresse/).fill('');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await see(page, `Einladung für ${name}`);
    const mailto = await page.getByRole('link', { name: 'E-Mail schreiben' }).getAttribute('href');
    assert.match(mailto ?? '', /^mailto:\?subject=[^&]*&body=[^&]*$/);
    await closeInvitation(page);
    await see(page, name);
    assert.equal(await page.locator('main img, main script').count(), 0);
  }));

test('where the browser does not let a page copy, the text is selected', () =>
  withPerson(async ({ page }) => {
    await registerPractice(page, server.practiceOrigin);
    const link = await bookAppointment(page, { name: 'Frau Muster' });
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
    await page.getByRole('button', { name: 'Link kopieren' }).click();
    await see(page, 'Der Text ist markiert');
    assert.equal(await page.evaluate(() => getSelection()?.toString().trim()), link);
  }));

test('on paper there is the recovery sheet and nothing else', () =>
  withPerson(async ({ page }) => {
    await page.goto(server.practiceOrigin);
    await page.getByRole('button', { name: 'Praxis anlegen' }).click();
    await page.getByLabel('Name der Praxis').fill('Praxis am Markt');
    await page.getByLabel('Telefon der Praxis').fill('030 1234567');
    await page.getByRole('button', { name: 'Weiter' }).click();
    await page.getByLabel('Ihr Name').fill('Dr. Erika Sommer');
    await page.getByLabel('E-Mail-Adresse').fill('erika@markt.example');
    await page.getByLabel('Passwort', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Weiter' }).click();
    await page.getByRole('button', { name: 'Weiter zum Wiederherstellungsblatt' }).click();
    const groups = await page.locator('.screen-only .code-groups code').allInnerTexts();
    await page.emulateMedia({ media: 'print' });
    const paper = await page.locator('body').innerText();
    for (const expected of ['Praxis am Markt', server.practiceOrigin, ...groups]) {
      assert.ok(paper.includes(expected), expected);
    }
    for (const other of ['Drucken', 'Schritt 4', 'Deutsch', 'Zurück']) {
      assert.equal(paper.includes(other), false, other);
    }
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('button', { name: 'Ich habe den Code auf Papier' }).click();
    const covered = await page.locator('body').innerText();
    for (const group of groups)
      assert.equal(covered.includes(group), false, 'the code is covered while re-typing');
  }));

test('a browser whose site data was deleted says that the keys are gone', () =>
  withPerson(async ({ page }) => {
    await registerPractice(page, server.practiceOrigin);
    await page.evaluate(async () => {
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('sprechzimmer');
        request.addEventListener('success', resolve);
        request.addEventListener('error', reject);
      });
    });
    await page.reload();
    await see(page, 'Die Schlüssel dieses Geräts sind weg');
  }));

test('a browser that keeps nothing is told so instead of failing later', () =>
  withPerson(async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
    await page.goto(server.practiceOrigin);
    await see(page, 'Dieser Browser darf nichts behalten');
  }));

test('the room window is opened once, and a reload of the practice app leaves it as it is', () =>
  withPerson(async ({ page, context }) => {
    await registerPractice(page, server.practiceOrigin);
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
    const room = await opening;
    await room.waitForURL(`${server.roomOrigin}/**`);
    await room.evaluate(() => document.documentElement.setAttribute('data-mark', 'untouched'));
    await page.reload();
    await page.getByRole('button', { name: /^Sprechzimmer (öffnen|zeigen)$/ }).click();
    await page.getByRole('button', { name: 'Sprechzimmer zeigen' }).waitFor();
    await page.waitForTimeout(500); // a reload of the window would happen now
    assert.equal(await room.locator('html').getAttribute('data-mark'), 'untouched');
    assert.equal(context.pages().length, 2);
  }));

test('a browser that blocks windows offers a link, and nobody but the room is told anything', () =>
  withPerson(async ({ page }) => {
    await registerPractice(page, server.practiceOrigin);
    await bookAppointment(page, { name: 'Frau Muster' });
    await closeInvitation(page);
    await page.evaluate(() => {
      window.open = () => null;
    });
    await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
    const link = page.getByRole('link', { name: 'Sprechzimmer im Tab öffnen' });
    const address = `${server.roomOrigin}/?host=${encodeURIComponent(server.practiceOrigin)}`;
    assert.equal(await link.getAttribute('href'), address);
    const answers = await page.evaluate(async () => {
      const heard: unknown[] = [];
      addEventListener('message', (event) => heard.push(event.data));
      postMessage({ kind: 'room-window-ready' }, location.origin);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return heard;
    });
    assert.deepEqual(answers, [{ kind: 'room-window-ready' }]);
  }));
