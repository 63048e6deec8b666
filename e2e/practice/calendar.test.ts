import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { addDays } from '@sprechzimmer/time/calendar-day.ts';
import type { TestServer } from '../../server/testing/test-server.ts';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import {
  chooseView,
  dragTo,
  drawn,
  leafTo,
  lengthenTo,
  markTime,
  openCalendar,
} from '../support/calendar.ts';
import { bookAppointment, closeInvitation, registerPractice } from '../support/practice-app.ts';
import { today } from '../support/practice.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';
import { activate, addUser, openFromMenu, signOut } from '../support/users.ts';

let server: TestServer;

before(async () => {
  server = await startProduct();
});
after(() => server.close());

async function withPractice(story: (person: Person) => Promise<void>, plan = 'basis'): Promise<void> {
  const person = await openPerson();
  person.page.setDefaultTimeout(15_000);
  try {
    const main = await registerPractice(person.page, server.practiceOrigin, {
      email: `${randomUUID()}@praxis.example`,
    });
    if (plan !== 'basis') {
      const { db } = server.context;
      const id = db.selectFrom('practice_user').where('email', '=', main.email).select('practice_id');
      await db.updateTable('practice').set({ plan }).where('id', '=', id).execute();
      await person.page.reload();
      await see(person.page, 'Noch keine Termine');
    }
    await story(person);
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
}

/** Tuesday of next week: a day to come with days to come on both sides, all in one week. */
function tuesday(): string {
  const now = today(server);
  const weekday = new Date(`${now}T12:00:00Z`).getUTCDay() || 7;
  return addDays(now, 9 - weekday);
}

const inWords = (day: string) =>
  new Intl.DateTimeFormat('de-DE', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T12:00:00Z`));

/** Books from the start page and goes to the week. @returns the link */
async function bookAndOpen(page: Page, name: string, day: string, time: string): Promise<string> {
  const link = await bookAppointment(page, { name, day, time });
  await closeInvitation(page);
  await openCalendar(page);
  await leafTo(page, day);
  await drawn(page, name).waitFor();
  return link;
}

/** What a patient's page says to a link. */
async function patientSees(link: string, text: string): Promise<void> {
  const patient = await openPerson({ viewport: { width: 390, height: 844 } });
  try {
    await patient.page.goto(link);
    await patient.page.getByLabel('Ihr Name').fill('Erika Beispiel');
    await patient.page.getByRole('button', { name: 'Ins Wartezimmer' }).click();
    await see(patient.page, text);
  } finally {
    await patient.close();
  }
}

test('an appointment is made by drawing over a time, and stands there', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    await openCalendar(page);
    await leafTo(page, day);
    await see(page, 'Keine Termine in diesem Zeitraum.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await markTime(page, day, '09:00', '09:45');
    await page.getByRole('heading', { name: 'Neuer Termin' }).waitFor();
    assert.equal(await page.getByLabel('Tag').inputValue(), day);
    assert.equal(await page.getByLabel('Uhrzeit').inputValue(), '09:00');
    assert.equal(await page.getByLabel('Dauer').inputValue(), '45');
    await page.getByLabel('Für wen').fill('Frau Muster');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await see(page, 'Einladung für Frau Muster');
    await closeInvitation(page);
    await page.getByRole('heading', { name: 'Kalender', exact: true }).waitFor();
    await drawn(page, 'Frau Muster').waitFor();
    assert.match(await drawn(page, 'Frau Muster').innerText(), /09:00/);
  }));

test('an appointment is made, opened and moved with the keyboard alone', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    await openCalendar(page);
    await leafTo(page, day);
    await page.getByRole('button', { name: 'Neuer Termin' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Tag').fill(day);
    await page.getByLabel('Uhrzeit').fill('10:00');
    await page.getByLabel('Für wen').fill('Frau Muster');
    await page.keyboard.press('Enter');
    await see(page, 'Einladung für Frau Muster');
    await page.getByRole('button', { name: 'Fertig' }).focus();
    await page.keyboard.press('Enter');
    await drawn(page, 'Frau Muster').focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Gewählter Termin' });
    await panel.getByRole('heading', { name: 'Frau Muster' }).waitFor();
    assert.equal(
      await page.evaluate(() => document.activeElement?.tagName),
      'H2',
      'the focus is in the panel',
    );
    await panel.getByRole('button', { name: 'Verschieben' }).focus();
    await page.keyboard.press('Enter');
    await panel.getByLabel('Neue Uhrzeit').fill('14:30');
    await panel.getByLabel('Dauer').selectOption('60');
    await panel.getByLabel('Neue Uhrzeit').press('Enter');
    await see(page, `Frau Muster: jetzt ${inWords(day)}, 14:30 Uhr.`);
    await see(page, '14:30 bis 15:30 Uhr');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.classList.contains('calendar-entry'));
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /14:30.*Frau Muster/);
  }));

test('an appointment is moved and lengthened with the pointer, and both are taken back', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    const link = await bookAndOpen(page, 'Frau Muster', day, '08:00');
    await dragTo(page, 'Frau Muster', day, '10:15');
    await see(page, `Frau Muster: jetzt ${inWords(day)}, 10:15 Uhr.`);
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await see(page, 'Der Termin mit Frau Muster ist wieder, wie er war.');
    await see(page, /^08:00$/);
    await lengthenTo(page, 'Frau Muster', day, '09:00');
    await see(page, `Frau Muster: jetzt ${inWords(day)}, 8:00 Uhr.`);
    await drawn(page, 'Frau Muster').click();
    await see(page, '08:00 bis 09:00 Uhr');
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await see(page, '08:00 bis 08:20 Uhr');
    await patientSees(link, 'Ihr Termin ist nicht heute');
  }));

test('moving to another day asks first, kills the old code, and taking it back revives it', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    const next = addDays(day, 1);
    const link = await bookAndOpen(page, 'Frau Muster', day, '08:00');
    await dragTo(page, 'Frau Muster', next, '08:00');
    await see(page, `Termin mit Frau Muster auf ${inWords(next)} verlegen?`);
    await see(page, 'Die alten Codes gelten dann nicht mehr.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'So lassen' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await patientSees(link, 'Ihr Termin ist nicht heute');
    await dragTo(page, 'Frau Muster', next, '08:00');
    await page.getByRole('button', { name: 'Verlegen' }).click();
    await see(page, `Frau Muster: jetzt ${inWords(next)}, 8:00 Uhr. Die alten Codes gelten nicht mehr.`);
    await page.getByRole('button', { name: 'Bescheid sagen' }).waitFor();
    await patientSees(link, 'Dieser Code gilt nicht');
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await see(page, 'Der Termin mit Frau Muster ist wieder, wie er war.');
    await patientSees(link, 'Ihr Termin ist nicht heute');
  }));

test('a cancelled appointment goes, its code with it, and both come back', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    const link = await bookAndOpen(page, 'Frau Muster', day, '08:00');
    await drawn(page, 'Frau Muster').click();
    await page.getByRole('button', { name: 'Termin absagen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Termin absagen' }).click();
    await see(page, 'Der Termin mit Frau Muster ist abgesagt.');
    assert.equal(await drawn(page, 'Frau Muster').count(), 0);
    await patientSees(link, 'Dieser Code gilt nicht');
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await see(page, 'Der Termin mit Frau Muster gilt wieder, mit denselben Codes.');
    await drawn(page, 'Frau Muster').waitFor();
    await patientSees(link, 'Ihr Termin ist nicht heute');
  }));

test('a move that does not reach the server puts the appointment back, says so, and can be tried again', () =>
  withPractice(async ({ page, context }) => {
    const day = tuesday();
    await bookAndOpen(page, 'Frau Muster', day, '08:00');
    await context.setOffline(true);
    await dragTo(page, 'Frau Muster', day, '10:00');
    await see(page, 'Der Termin steht wieder, wo er war.');
    assert.match(await drawn(page, 'Frau Muster').innerText(), /08:00/);
    await context.setOffline(false);
    await page.getByRole('alert').getByRole('button', { name: 'Noch einmal' }).last().click();
    await see(page, `Frau Muster: jetzt ${inWords(day)}, 10:00 Uhr.`);
  }));

test('a double booking is warned of and not forbidden', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    await bookAndOpen(page, 'Frau Muster', day, '08:00');
    await page.getByRole('button', { name: 'Neuer Termin' }).click();
    await page.getByLabel('Tag').fill(day);
    await page.getByLabel('Uhrzeit').fill('08:10');
    await see(page, 'Dr. Erika Sommer hat zu dieser Zeit auch: Frau Muster (8:00 Uhr).');
    await page.getByLabel('Für wen').fill('Herr Beispiel');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await closeInvitation(page);
    await drawn(page, 'Herr Beispiel').waitFor();
    await dragTo(page, 'Herr Beispiel', day, '10:00');
    await see(page, `Herr Beispiel: jetzt ${inWords(day)}, 10:00 Uhr.`);
    await dragTo(page, 'Herr Beispiel', day, '08:15');
    await see(
      page,
      /Herr Beispiel: jetzt .*, 8:15 Uhr\. .* hat zu dieser Zeit auch: Frau Muster \(8:00 Uhr\)\./,
    );
  }));

test('day, week, month and list show the same appointment, and nothing in them keeps anyone out', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    await bookAndOpen(page, 'Frau Muster', day, '08:00');
    assert.deepEqual(await accessibilityProblems(page), []);
    await drawn(page, 'Frau Muster').click();
    await page.getByRole('complementary', { name: 'Gewählter Termin' }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Verschieben' }).click();
    await page.getByLabel('Neuer Tag').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Termin schließen' }).click();
    for (const view of ['Monat', 'Liste'] as const) {
      await chooseView(page, view);
      await drawn(page, 'Frau Muster').waitFor();
      assert.deepEqual(await accessibilityProblems(page), []);
    }
    await chooseView(page, 'Woche');
    await page
      .getByRole('link', { name: /diesen Tag zeigen/ })
      .nth(1)
      .click();
    await see(page, `${inWords(day)} ${day.slice(0, 4)}`);
    await drawn(page, 'Frau Muster').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test('one practitioner can be left out, and this browser remembers it', () =>
  withPractice(async ({ page }) => {
    const code = await addUser(page, {
      name: 'Dr. Jonas Winter',
      email: `${randomUUID()}@praxis.example`,
    });
    await signOut(page);
    await activate(page, code, 'sieben rote Schirme');
    await page.getByRole('heading', { name: 'Termine', exact: true }).waitFor();
    const day = tuesday();
    await bookAndOpen(page, 'Frau Muster', day, '08:00');
    await page.getByRole('button', { name: 'Neuer Termin' }).click();
    await page.getByLabel('Tag').fill(day);
    await page.getByLabel('Uhrzeit').fill('08:00');
    await page.getByLabel('Bei wem').selectOption({ label: 'Dr. Erika Sommer' });
    await page.getByLabel('Für wen').fill('Herr Beispiel');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    await closeInvitation(page);
    await drawn(page, 'Herr Beispiel').waitFor();
    assert.match(await drawn(page, 'Herr Beispiel').innerText(), /ES/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('checkbox', { name: 'Dr. Erika Sommer' }).uncheck();
    await drawn(page, 'Herr Beispiel').waitFor({ state: 'detached' });
    await drawn(page, 'Frau Muster').waitFor();
    await page.reload();
    await openCalendar(page);
    await leafTo(page, day);
    await drawn(page, 'Frau Muster').waitFor();
    assert.equal(await drawn(page, 'Herr Beispiel').count(), 0);
  }, 'plus'));

/** The last Sunday of that month which is still to come: the clock is changed in that night. */
function nightOfChange(month: '03' | '10'): string {
  const now = today(server);
  const lastSunday = (year: number) => {
    const last = `${year}-${month}-31`;
    return addDays(last, -new Date(`${last}T12:00:00Z`).getUTCDay());
  };
  const year = Number(now.slice(0, 4));
  return lastSunday(year) > now ? lastSunday(year) : lastSunday(year + 1);
}

test('in the nights when the clock is changed, appointments stand at the hour that the wall shows', () =>
  withPractice(async ({ page }) => {
    const [spring, autumn] = [nightOfChange('03'), nightOfChange('10')];
    for (const [name, day, time] of [
      ['Vor der Umstellung', spring, '01:30'],
      ['Nach der Umstellung', spring, '03:30'],
      ['Zweimal halb drei', autumn, '02:30'],
    ] as const) {
      await bookAppointment(page, { name, day, time });
      await closeInvitation(page);
    }
    await openCalendar(page);
    for (const [day, entries] of [
      [spring, { 'Vor der Umstellung': '01:30', 'Nach der Umstellung': '03:30' }],
      [autumn, { 'Zweimal halb drei': '02:30' }],
    ] as const) {
      await page.getByRole('button', { name: 'Heute', exact: true }).last().click();
      await leafTo(page, day);
      for (const [name, time] of Object.entries(entries)) {
        await drawn(page, name).waitFor();
        assert.match(await drawn(page, name).innerText(), new RegExp(time));
      }
    }
    await drawn(page, 'Zweimal halb drei').click();
    await page.getByRole('button', { name: 'Verschieben' }).click();
    await page.getByLabel('Neuer Tag').fill(spring);
    await page.getByRole('button', { name: 'Verschieben', exact: true }).click();
    await see(page, 'Diese Uhrzeit gibt es in dieser Nacht nicht');
  }));

test('back leads from the form to the calendar, and from there to today', () =>
  withPractice(async ({ page }) => {
    await openCalendar(page);
    await chooseView(page, 'Monat');
    await page.getByRole('button', { name: 'Neuer Termin' }).click();
    await page.getByRole('heading', { name: 'Neuer Termin' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Kalender', exact: true }).waitFor();
    const month = page.getByRole('group', { name: 'Ansicht' }).getByRole('button', { name: 'Monat' });
    assert.equal(await month.getAttribute('aria-pressed'), 'true');
    await page.goBack();
    await page.getByRole('heading', { name: 'Termine', exact: true }).waitFor();
  }));

test('an appointment for right now has its invitation and the consulting room open', () =>
  withPractice(async ({ page }) => {
    await openCalendar(page);
    await page.getByRole('button', { name: 'Jetzt sprechen' }).click();
    await page.getByRole('heading', { name: 'Jetzt sprechen' }).waitFor();
    assert.equal(await page.getByLabel('Tag').inputValue(), today(server));
    assert.match(await page.getByLabel('Uhrzeit').inputValue(), /^\d\d:\d\d$/);
    await page.getByLabel('Für wen').fill('Frau Muster');
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Termin anlegen' }).click();
    const room = await popup;
    await see(page, 'Einladung für Frau Muster');
    const link = await page.locator('.copyable-text').filter({ hasText: '/#' }).innerText();
    await see(room, 'Frau Muster');
    const patient = await openPerson({ viewport: { width: 390, height: 844 } });
    try {
      await patient.page.goto(link);
      await patient.page.getByLabel('Ihr Name').fill('Erika Muster');
      await patient.page.getByRole('button', { name: 'Ins Wartezimmer' }).click();
      await room
        .getByRole('button', { name: /Hereinbitten/ })
        .first()
        .waitFor();
    } finally {
      await patient.close();
    }
  }));

test('an appointment of another day says which, and offers one for right now with the same person', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    await bookAppointment(page, { name: 'Frau Muster', day, time: '08:00' });
    await closeInvitation(page);
    await page.getByRole('button', { name: 'Termin mit Frau Muster öffnen' }).click();
    await see(page, `Das Sprechzimmer öffnet für diesen Termin am ${inWords(day)}.`);
    assert.deepEqual(await accessibilityProblems(page), []);
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Jetzt anrufen' }).click();
    const room = await popup;
    await see(page, 'Einladung für Frau Muster');
    await see(room, 'Frau Muster');
    await closeInvitation(page);
    await openCalendar(page);
    await drawn(page, 'Frau Muster').waitFor();
  }));

test('on a phone the appointment has a page of its own, and leads back', async () => {
  const person = await openPerson({ viewport: { width: 390, height: 844 } });
  person.page.setDefaultTimeout(15_000);
  try {
    const { page } = person;
    await registerPractice(page, server.practiceOrigin, { email: `${randomUUID()}@praxis.example` });
    const day = tuesday();
    await bookAppointment(page, { name: 'Frau Muster', day, time: '08:00' });
    await closeInvitation(page);
    await openCalendar(page);
    await leafTo(page, day);
    assert.deepEqual(await accessibilityProblems(page), []);
    await drawn(page, 'Frau Muster').click();
    await page.getByRole('heading', { name: 'Frau Muster', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Verschieben' }).click();
    await page.getByLabel('Neue Uhrzeit').fill('09:30');
    await page.getByRole('button', { name: 'Verschieben', exact: true }).click();
    await see(page, `Frau Muster: jetzt ${inWords(day)}, 9:30 Uhr.`);
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.goBack();
    await page.getByRole('heading', { name: 'Kalender', exact: true }).waitFor();
    assert.match(await drawn(page, 'Frau Muster').innerText(), /09:30/);
    assert.deepEqual(person.problems, []);
  } finally {
    await person.close();
  }
});

test('a practitioner chooses their own colour, and keeps it when their name is changed', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    await bookAndOpen(page, 'Frau Muster', day, '08:00');
    const color = () =>
      drawn(page, 'Frau Muster').evaluate((entry) => getComputedStyle(entry).backgroundColor);
    const before = await color();
    await openFromMenu(page, 'Meine Angaben');
    await page.getByRole('radio', { name: 'Himbeere' }).check();
    await page.getByRole('button', { name: 'Speichern' }).first().click();
    await see(page, 'Gespeichert');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByLabel('Ihr Name').fill('Dr. Erika Sommer-Winter');
    await page.getByRole('button', { name: 'Speichern' }).first().click();
    await openCalendar(page);
    await drawn(page, 'Frau Muster').waitFor();
    assert.notEqual(await color(), before);
  }));

test('an appointment that cannot be read stands on its day, and says so', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    await bookAndOpen(page, 'Frau Muster', day, '08:00');
    await server.context.db
      .updateTable('appointment')
      .set({ sealed: Buffer.alloc(200), version: 2 })
      .where('day', '=', day)
      .execute();
    await page.reload();
    await openCalendar(page);
    await leafTo(page, day);
    await drawn(page, 'Nicht lesbar').click();
    await see(page, 'Dieser Termin lässt sich auf diesem Gerät nicht öffnen');
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test('the practice’s clock counts, wherever the browser is', () =>
  withPractice(async ({ page }) => {
    const day = tuesday();
    await bookAppointment(page, { name: 'Frau Muster', day, time: '08:00' });
    const timeZone = 'America/New_York'; // the browser's is Berlin
    await server.context.db.updateTable('practice').set({ time_zone: timeZone }).execute();
    await page.reload();
    await openCalendar(page);
    const there = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(
      server.context.now(),
    );
    const marked = page.locator('.calendar-frame [role="columnheader"][aria-current="date"]');
    assert.equal(await marked.getAttribute('data-date'), there);
    await leafTo(page, day);
    await drawn(page, 'Frau Muster').waitFor();
    assert.match(await drawn(page, 'Frau Muster').innerText(), /08:00/);
    await dragTo(page, 'Frau Muster', day, '10:00');
    await see(page, `Frau Muster: jetzt ${inWords(day)}, 10:00 Uhr.`);
    await page.getByRole('button', { name: 'Jetzt sprechen' }).click();
    const typed = await page.getByLabel('Uhrzeit').inputValue();
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
    const now = server.context.now().getTime();
    const lately = [0, 1].map((minutes) => clock.format(now - minutes * 60_000));
    assert.ok(lately.includes(typed), `${typed} is now in New York: ${lately.join(', ')}`);
  }));
