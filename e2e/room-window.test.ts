import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { isInOrder, openScene, type Scene } from './support/consultation.ts';
import { see, seeMovingPicture } from './support/senses.ts';

let scene: Scene;
let host: Page;
let patient: Page;

before(async () => {
  scene = await openScene('Prof. Dr. Maximiliane-Charlotte von Hohenstein-Württemberg');
  ({ host, patient } = scene);
});

after(() => scene.close());

async function isShown(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(
    (looked) => document.querySelector(looked)?.checkVisibility({ opacityProperty: true }),
    selector,
  );
}

async function cornerOf(page: Page): Promise<string> {
  const classes = (await page.locator('.own-corner').getAttribute('class')) ?? '';
  return /own-corner-((start|end)-\w+)/.exec(classes)?.[1] ?? '';
}

test('called in with a key, both are in a consultation', async () => {
  await host.bringToFront();
  await host.keyboard.press('n');
  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient)]);
  await isInOrder(host);
  await isInOrder(patient);
});

test('with the Tab key alone every control is reached, those over the pictures too', async () => {
  await host.getByRole('heading', { level: 1 }).focus();
  const names: string[] = [];
  for (let presses = 0; presses < 12; presses++) {
    await host.keyboard.press('Tab');
    names.push(
      await host.evaluate(() => {
        const { activeElement: focused } = document;
        return focused?.getAttribute('aria-label') ?? (focused as HTMLElement | null)?.innerText ?? '';
      }),
    );
  }
  for (const wanted of [
    /^Verschlüsselt/,
    /^Kamera und Mikrofon wählen/,
    /^Eigenes Bild in eine andere Ecke/,
    /^Mikrofon/,
    /^Kamera\s/,
    /^Chat/,
    /^Mehr/,
    /^Beenden/,
  ])
    assert.ok(
      names.some((name) => wanted.test(name)),
      `${String(wanted)} in ${names.join(' | ')}`,
    );
  await host.getByRole('button', { name: 'Vollbild', exact: true }).first().focus();
  await isShown(host, '.stage-tools');
});

test('the menu opens and closes by mouse, keyboard and touch', async () => {
  const items = (page: Page) => page.locator('.tool-menu-item');
  await host.getByRole('button', { name: 'Mehr' }).click();
  await items(host).first().waitFor();
  await isInOrder(host);
  await host.mouse.click(60, 200);
  await items(host).first().waitFor({ state: 'detached' });
  await host.getByRole('button', { name: 'Mehr' }).press('Enter');
  await host.keyboard.press('Tab');
  await host.keyboard.press('Escape');
  await items(host).first().waitFor({ state: 'detached' });
  assert.match(await host.locator(':focus').innerText(), /Mehr/);
  await patient.getByRole('button', { name: 'Mehr' }).tap();
  await isInOrder(patient);
  await patient.getByRole('button', { name: 'Tasten', exact: true }).tap();
  await see(patient, 'Tasten benutzen');
  await isInOrder(patient);
  await patient.getByRole('button', { name: 'Schließen' }).tap();
});

test('a touch on a picture shows what a pointer would', async () => {
  await patient.touchscreen.tap(120, 300);
  await isShown(patient, '.stage-tools');
  await patient.locator('.own-corner video').tap({ position: { x: 20, y: 20 } });
  await isShown(patient, '.own-corner .picture-tools');
});

test('the own picture is dragged into the nearest corner, and goes by keys as well', async () => {
  const box = await host.locator('.own-corner').boundingBox();
  assert.ok(box);
  await host.mouse.move(box.x + 20, box.y + 15);
  await host.mouse.down();
  await host.mouse.move(140, 300, { steps: 4 });
  await host.mouse.move(60, 160, { steps: 4 });
  await host.mouse.up();
  assert.equal(await cornerOf(host), 'start-top');
  const move = host.getByRole('button', { name: 'Eigenes Bild in eine andere Ecke schieben' });
  await move.press('ArrowDown');
  assert.equal(await cornerOf(host), 'start-bottom');
  await move.press('Enter');
  assert.equal(await cornerOf(host), 'end-bottom');
});

test('keys switch, open and close; whoever has switched them off is not surprised by any', async () => {
  await patient.locator('body').press('m');
  await see(host, 'hat das Mikrofon aus.');
  await patient.locator('body').press('m');
  await patient.locator('body').press('c');
  await patient.getByLabel('Ihre Nachricht').waitFor();
  assert.equal(await patient.getByLabel('Ihre Nachricht').inputValue(), '');
  await patient.keyboard.press('Escape');
  await patient.locator('body').press('?');
  await patient.getByLabel('Tasten benutzen').uncheck();
  await patient.keyboard.press('Escape');
  await patient.locator('body').press('c');
  await patient.locator('body').press('m');
  assert.equal(await patient.getByLabel('Ihre Nachricht').count(), 0);
  await patient.getByRole('switch', { name: 'Mikrofon', checked: true }).waitFor();
  await patient.getByRole('button', { name: 'Mehr' }).click();
  await patient.getByRole('button', { name: 'Tasten', exact: true }).click();
  await patient.getByLabel('Tasten benutzen').check();
  await patient.keyboard.press('Escape');
});

test('in full screen the bar goes away, and comes back with whatever moves', async () => {
  const bar = (page: Page, opacity: string) =>
    page.waitForFunction((wanted) => {
      const element = document.querySelector('.bar');
      return element && getComputedStyle(element).opacity === wanted;
    }, opacity);
  await host.locator('body').press('f');
  await host.waitForFunction(() => document.fullscreenElement !== null);
  await bar(host, '0');
  await host.mouse.move(200, 220);
  await bar(host, '1');
  await bar(host, '0');
  await host.keyboard.press('Shift');
  await bar(host, '1');
  await isInOrder(host);
  await host.keyboard.press('f');
  await host.waitForFunction(() => document.fullscreenElement === null);
  await patient.touchscreen.tap(120, 300);
  await patient.getByRole('button', { name: 'Vollbild', exact: true }).first().tap();
  await bar(patient, '0');
  await patient.touchscreen.tap(120, 300);
  await bar(patient, '1');
  await patient.getByRole('button', { name: 'Vollbild verlassen' }).first().tap();
});

test('one line tells how the connection is, how long it has been used, and how much went over it', async () => {
  const figures = async () => {
    const [elapsed = '', used = ''] = await host.locator('.line-facts').first().locator('dd').allInnerTexts();
    const [minutes = 0, seconds = 0] = elapsed.split(':').map(Number);
    return { seconds: minutes * 60 + seconds, used: Number.parseFloat(used.replace(',', '.')) };
  };
  await see(host, /^(gut|ausreichend|schwach)$/);
  await host.locator('.security-line > summary').click();
  await see(host, /^Die Verbindung (ist gut|reicht aus|ist schwach)/);
  await see(host, /etwa .* MB je Minute/);
  const before = await figures();
  await host.waitForFunction(
    (text) => document.querySelectorAll('.line-facts dd')[1]?.textContent !== text,
    await host.locator('.line-facts dd').nth(1).textContent(),
  );
  const later = await figures();
  assert.ok(later.seconds > before.seconds || later.used > before.used, JSON.stringify([before, later]));
  assert.ok(before.seconds > 0 && later.used > 0);
  await host.getByText('Für die Technik').click();
  await see(host, /Punkte breit/);
  await isInOrder(host);
  await host.keyboard.press('Escape');
  await see(host, 'Verschlüsselt, direkt verbunden');
});

test('the room stays over other windows, keeps talking there, and comes back', async () => {
  const opened = scene.doctor.context.waitForEvent('page');
  await host.locator('body').press('p');
  const floating = await opened;
  await see(host, 'Das Sprechzimmer liegt im Vordergrund');
  await isInOrder(host);
  await seeMovingPicture(floating);
  const fontOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).fontFamily);
  assert.equal(await fontOf(floating), await fontOf(host));
  await floating.getByRole('switch', { name: 'Mikrofon' }).click();
  await see(patient, 'hat das Mikrofon aus.');
  await floating.locator('body').press('m');
  await floating.getByRole('switch', { name: 'Mikrofon', checked: true }).waitFor();
  await host.getByRole('button', { name: 'Hierher zurückholen' }).click();
  await host.getByRole('button', { name: 'Beenden' }).waitFor();
  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient)]);
});

test('a patient keeps the picture over other windows', async () => {
  await patient.getByRole('button', { name: 'Mehr' }).tap();
  await patient.getByRole('button', { name: 'Im Vordergrund halten' }).tap();
  await patient.waitForFunction(() => document.pictureInPictureElement !== null);
  await patient.getByRole('button', { name: 'Mehr' }).tap();
  await patient.getByRole('button', { name: 'Nicht mehr im Vordergrund' }).tap();
  await patient.waitForFunction(() => document.pictureInPictureElement === null);
});

test('lying down, small, large-lettered or dark, nothing overlaps or is cut off', async () => {
  for (const size of [
    { width: 844, height: 390 },
    { width: 320, height: 568 },
  ]) {
    await patient.setViewportSize(size);
    await isInOrder(patient);
  }
  await host.setViewportSize({ width: 360, height: 480 });
  await host.emulateMedia({ colorScheme: 'dark' });
  await host.locator('body').press('?');
  await isInOrder(host);
  await host.keyboard.press('Escape');
  await host.evaluate(() => (document.documentElement.style.fontSize = '212.5%'));
  await isInOrder(host);
});

test('nothing went wrong on the way that only a browser would tell', () => {
  assert.deepEqual([...scene.doctor.problems, ...scene.erika.problems], []);
});
