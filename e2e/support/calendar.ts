import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** Opens the calendar at the days of one view. */
export async function openCalendar(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Kalender', exact: true }).click();
  await page.getByRole('heading', { name: 'Kalender', exact: true }).waitFor();
  await page.locator('.calendar-frame [data-date]').first().waitFor();
}

/** Day, week, month or list, by its button. */
export async function chooseView(page: Page, name: 'Tag' | 'Woche' | 'Monat' | 'Liste'): Promise<void> {
  await page.getByRole('group', { name: 'Ansicht' }).getByRole('button', { name }).click();
}

/** Leafs on to the week (or whatever is shown) with that day in it. */
export async function leafTo(page: Page, day: string): Promise<void> {
  const columns = page.locator('.calendar-frame [role="columnheader"]');
  const days = () => columns.evaluateAll((all) => all.map((one) => one.getAttribute('data-date') ?? ''));
  for (let shown = await days(); !shown.includes(day); shown = await days()) {
    assert.ok(
      shown.every((one) => one < day),
      `${day} is still to come`,
    );
    await page.getByRole('button', { name: 'Später' }).click();
    await page
      .locator(`.calendar-frame [role="columnheader"][data-date="${shown[0]}"]`)
      .waitFor({ state: 'detached' });
  }
}

/** The appointment as it is drawn. */
export function drawn(page: Page, name: string): Locator {
  return page.locator('.calendar-entry').filter({ hasText: name }).first();
}

const hourSelector = '.calendar-frame [role="row"] [role="gridcell"][data-date]';

/** Where on the screen a time of a day is, in the view of a week or a day. */
async function pointOf(page: Page, day: string, time: string): Promise<{ x: number; y: number }> {
  const cell = page.locator(`${hourSelector}[data-date="${day}"]`).last();
  const box = await cell.boundingBox();
  assert.ok(box, `${day} is on the screen`);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { x: box.x + box.width / 2, y: box.y + (box.height * (hours * 60 + minutes)) / 1440 + 2 };
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

/** Marks a time for a new appointment. */
export async function markTime(page: Page, day: string, from: string, until: string): Promise<void> {
  const end = await pointOf(page, day, until);
  await drag(page, await pointOf(page, day, from), { x: end.x, y: end.y - 6 });
}

/** Takes an appointment by its upper edge and puts that where a time is. */
export async function dragTo(page: Page, name: string, day: string, time: string): Promise<void> {
  await drawn(page, name).scrollIntoViewIfNeeded();
  const box = await drawn(page, name).boundingBox();
  assert.ok(box);
  const to = await pointOf(page, day, time);
  await drag(page, { x: box.x + box.width / 2, y: box.y + 2 }, to);
}

/** Draws the lower edge of an appointment to where a time is. */
export async function lengthenTo(page: Page, name: string, day: string, time: string): Promise<void> {
  const entry = drawn(page, name);
  await entry.hover();
  const box = await entry.boundingBox();
  assert.ok(box);
  const to = await pointOf(page, day, time);
  const x = box.x + box.width / 2;
  await drag(page, { x, y: box.y + box.height - 2 }, { x, y: to.y - 4 });
}
