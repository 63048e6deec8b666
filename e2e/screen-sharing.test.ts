import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

/** Lines as thin as those of small letters, a clock that moves, and a tone. */
const findings = `<title>Befund</title><body style="margin:0;background:#fff">
<canvas id="lines" width="300" height="300" style="position:absolute;left:0;top:0"></canvas>
<p id="clock" style="position:absolute;left:400px;top:20px;font:60px sans-serif">0</p>
<p style="position:absolute;left:400px;top:200px;font:13px sans-serif;max-width:40em">
Befund vom 14. November: Kreatinin 0,9 mg/dl, eGFR 84 ml/min, Kalium 4,2 mmol/l, HbA1c 5,6 %. Sonografie ohne Auffälligkeiten.</p>
<button style="position:absolute;left:400px;top:300px">Ton</button>`;

let server: TestServer;
let doctor: Person;
let erika: Person;
let host: Page;
let tab: Page;

before(async () => {
  server = await startProduct();
  [doctor, erika] = await Promise.all([
    openPerson({
      // Without the fake questions: with them every shared screen is a fake one.
      devices: ['--use-fake-device-for-media-stream', '--auto-select-tab-capture-source-by-title=Befund'],
      permissions: ['camera', 'microphone'],
      audible: true,
    }),
    openPerson(),
  ]);
  const { book, openRoom } = await openPractice(server);
  const appointment = await book('Erika Beispiel');
  await goToWaitingRoom(erika.page, appointment.link, 'Erika Beispiel');
  host = await openRoom(doctor, [appointment]);
  await isSeen(erika.page);
  await callIn(host, 'Erika Beispiel');
  await seeMovingPicture(erika.page);
});

after(async () => {
  await Promise.all([doctor.close(), erika.close()]);
  await server.close();
});

test('the doctor shares a tab: the patient sees it large, sharp and moving, hears it, and sees the face beside it', async () => {
  tab = await openFindings();
  await host.bringToFront();
  await chooseTool(host, 'Bildschirm teilen');
  await see(host, /Wählen Sie am besten ein einzelnes Fenster/);
  assert.deepEqual(await accessibilityProblems(host), []);
  await host.getByRole('button', { name: 'Auswählen und teilen' }).click();
  await see(host, 'Sie teilen Ihren Bildschirm.');
  await see(erika.page, 'Bildschirm von Dr. Erika Sommer');
  await seeMovingPicture(erika.page);
  assert.equal(await largestPicture(erika.page), 'screen');
  assert.equal(await largestPicture(host), 'screen');
  await seeFace(erika.page);
  await seeFace(host);
  await hear(erika.page);

  const size = await tab.evaluate(() => [innerWidth * devicePixelRatio, innerHeight * devicePixelRatio]);
  await erika.page.waitForFunction(
    ([width, height]) => {
      const video = document.querySelector<HTMLVideoElement>('.shared-screen video');
      return video?.videoWidth === width && video?.videoHeight === height;
    },
    size,
    { timeout: 20_000 },
  );
  await erika.page.waitForFunction(lineContrastIsGood, undefined, { polling: 500, timeout: 20_000 });
  assert.deepEqual(await accessibilityProblems(host), []);
  assert.deepEqual(await accessibilityProblems(erika.page), []);
});

test('an arrow that the doctor draws is seen by both at the same place of the picture', async () => {
  await host.getByRole('button', { name: 'Pfeil', exact: true }).click();
  const picture = await pictureOn(host);
  const at = (x: number, y: number) =>
    [picture.left + x * picture.width, picture.top + y * picture.height] as const;
  await host.mouse.move(...at(0.2, 0.3));
  await host.mouse.down();
  await host.mouse.move(...at(0.5, 0.4), { steps: 5 });
  await host.mouse.move(...at(0.75, 0.6), { steps: 5 });
  await host.mouse.up();
  await seeTip(host, 0.75, 0.6);
  await seeTip(erika.page, 0.75, 0.6);
  assert.deepEqual(await accessibilityProblems(host), []);
});

test('the patient answers with one, by keys alone, and takes all of them away', async () => {
  const { page } = erika;
  await page.getByRole('button', { name: 'Pfeil', exact: true }).press('Enter');
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await seeTip(page, 0.3, 0.45);
  await seeTip(host, 0.3, 0.45);
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Pfeil weg' }).click();
  await host.locator('.arrow').first().waitFor({ state: 'detached' });
  assert.equal(await page.locator('.arrow').count(), 0);
});

test('small letters are made larger, and the picture is scrolled', async () => {
  const { page } = erika;
  const before = await pictureOn(page);
  await page.getByRole('button', { name: 'Größer' }).click();
  await page.getByRole('button', { name: 'Größer' }).click();
  const larger = await pictureOn(page);
  assert.ok(Math.abs(larger.width / before.width - 2) < 0.05, `${larger.width} after ${before.width}`);
  await page.locator('.shared-screen-scroller').press('PageDown');
  await page.waitForFunction(() => document.querySelector('.shared-screen-scroller')!.scrollTop > 0);
  await page.getByRole('button', { name: 'Kleiner' }).click();
  await page.getByRole('button', { name: 'Kleiner' }).click();
});

test('the doctor ends it with the button beside the sentence', async () => {
  await host.getByRole('button', { name: 'Teilen beenden' }).click();
  await seeFacesOnly();
});

test('closing the shared window ends it as well', async () => {
  await chooseTool(host, 'Bildschirm teilen');
  await host.getByRole('button', { name: 'Auswählen und teilen' }).click();
  await see(erika.page, 'Bildschirm von Dr. Erika Sommer');
  await tab.close();
  await seeFacesOnly();
});

test('the patient shares, and whoever shares later takes over', async () => {
  const { page } = erika;
  await chooseTool(page, 'Bildschirm teilen');
  await see(page, /Die Praxis sieht alles/);
  await page.getByRole('button', { name: 'Auswählen und teilen' }).click();
  await see(page, 'Sie teilen Ihren Bildschirm.');
  await see(host, 'Bildschirm von Erika Beispiel');
  // Chromium's fake screen moves too little for more than this.
  await host.waitForFunction(
    () => {
      const video = document.querySelector<HTMLVideoElement>('.shared-screen video');
      return (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 3;
    },
    undefined,
    { timeout: 30_000 },
  );
  assert.equal(await largestPicture(host), 'screen');
  await seeFace(host);

  tab = await openFindings();
  await host.bringToFront();
  await chooseTool(host, 'Bildschirm teilen');
  await host.getByRole('button', { name: 'Auswählen und teilen' }).click();
  await see(page, /Dr. Erika Sommer teilt jetzt den Bildschirm. Ihre Freigabe ist beendet./);
  await see(host, 'Sie teilen Ihren Bildschirm.');
});

test('nothing of it goes on with the end of the consultation', async () => {
  await host
    .getByRole('button', { name: /Gespräch beenden|Beenden/ })
    .last()
    .click();
  await see(erika.page, 'Die Videosprechstunde ist beendet');
  await host.locator('.shared-screen').waitFor({ state: 'detached' });
  assert.equal(await host.evaluate(() => document.querySelectorAll('.shared-screen').length), 0);
  assert.deepEqual([...doctor.problems, ...erika.problems], []);
});

async function openFindings(): Promise<Page> {
  const page = await doctor.context.newPage();
  await page.setContent(findings);
  await page.evaluate(() => {
    const context = document.querySelector('canvas')!.getContext('2d')!;
    for (let x = 0; x < 300; x += 4) context.fillRect(x, 0, 2, 300);
    const clock = document.querySelector<HTMLElement>('#clock')!;
    let ticks = 0;
    setInterval(() => {
      clock.textContent = String(Date.now() % 100_000);
      // A digit alone is too little to be seen moving in a picture of this size, when it changes once a second.
      clock.style.background = ticks++ % 2 === 0 ? '#000' : '#ccc';
    }, 100);
    document.querySelector('button')!.addEventListener('click', () => {
      const sound = new AudioContext();
      const tone = new OscillatorNode(sound, { frequency: 440 });
      tone.connect(sound.destination);
      tone.start();
    });
  });
  await page.getByRole('button', { name: 'Ton' }).click();
  return page;
}

/** From the menu, as in a small window. */
async function chooseTool(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Mehr' }).click();
  await page.locator('.tool-menu-list').getByRole('button', { name }).click();
}

async function largestPicture(page: Page): Promise<'screen' | 'face'> {
  return page.evaluate(() => {
    const area = (video: HTMLVideoElement) => video.clientWidth * video.clientHeight;
    const [largest] = [...document.querySelectorAll('video')].toSorted((a, b) => area(b) - area(a));
    return largest?.closest('.shared-screen') ? 'screen' : 'face';
  });
}

/** Small, and not under the shared screen. */
async function seeFace(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const face = document.querySelector<HTMLVideoElement>('.remote-picture video');
    const screen = document.querySelector('.shared-screen');
    if (!face || !screen || face.videoWidth === 0) return false;
    const [a, b] = [face.getBoundingClientRect(), screen.getBoundingClientRect()];
    return a.width > 60 && (a.left >= b.right || a.bottom <= b.top);
  });
}

async function seeFacesOnly(): Promise<void> {
  for (const page of [host, erika.page]) {
    await page.locator('.shared-screen').waitFor({ state: 'detached' });
    await seeMovingPicture(page);
    assert.equal(await largestPicture(page), 'face');
  }
}

/** Where the shared picture itself is on the page, without the bars beside it. */
async function pictureOn(page: Page) {
  return page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('.shared-screen video')!;
    const box = video.getBoundingClientRect();
    const scale = Math.min(box.width / video.videoWidth, box.height / video.videoHeight);
    const [width, height] = [video.videoWidth * scale, video.videoHeight * scale];
    return {
      left: box.left + (box.width - width) / 2,
      top: box.top + (box.height - height) / 2,
      width,
      height,
    };
  });
}

/** Waits until the tip of an arrow is within a hundredth of this place of the picture. */
async function seeTip(page: Page, x: number, y: number): Promise<void> {
  const picture = await pictureOn(page);
  await page.waitForFunction(
    ({ left, top }) =>
      [...document.querySelectorAll<SVGPolygonElement>('polygon.arrow')].some((arrow) => {
        const { a, d, e, f } = arrow.getScreenCTM()!;
        const tip = arrow.points.getItem(0);
        return Math.hypot(tip.x * a + e - left, tip.y * d + f - top) < 6;
      }),
    { left: picture.left + x * picture.width, top: picture.top + y * picture.height },
  );
}

/** Runs in the page: black lines of two pixels, two apart, are still black and white. */
function lineContrastIsGood(): boolean {
  const video = document.querySelector<HTMLVideoElement>('.shared-screen video');
  if (!video || video.readyState < 2) return false;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const context = canvas.getContext('2d')!;
  context.drawImage(video, 0, 0);
  const row = context.getImageData(20, 150, 240, 1).data;
  const levels = Array.from({ length: 240 }, (_, index) => row[index * 4]!).toSorted((a, b) => a - b);
  return levels[192]! - levels[48]! > 150;
}
