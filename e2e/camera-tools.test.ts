import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';

const square = 8;
const [width, height] = [320, 240];

let server: TestServer;
let folder: string;
let doctor: Person;
let erika: Person;
let max: Person;
let host: Page;

before(async () => {
  server = await startProduct();
  folder = await mkdtemp(join(tmpdir(), 'camera-'));
  const camera = join(folder, 'board.y4m');
  await writeFile(camera, chessBoard());
  [doctor, erika, max] = await Promise.all([
    openPerson(),
    openPerson({
      devices: [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${camera}`,
      ],
    }),
    openPerson({
      // Chromium's second one gives pictures of depth, which nobody can be sent.
      devices: ['--use-fake-device-for-media-stream=device-count=3', '--use-fake-ui-for-media-stream'],
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    }),
  ]);
});

after(async () => {
  await Promise.all([doctor.close(), erika.close(), max.close()]);
  await rm(folder, { recursive: true });
  await server.close();
});

test('a room that is to be blurred is never seen sharp, from the first picture on', async (story) => {
  const { page } = erika;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  const { book, openRoom } = await openPractice(server);
  const [first, second] = [await book('Erika Beispiel'), await book('Max Muster')];

  await story.test('what was chosen last time counts', async () => {
    await page.goto(server.roomOrigin);
    await page.evaluate(() => localStorage.setItem('background', 'blurred'));
    await goToWaitingRoom(page, first.link, 'Erika Beispiel');
    host = await openRoom(doctor, [first, second]);
    await isSeen(page);
    await watchSharpness(host);
    await callIn(host, 'Erika Beispiel');
    await seePictures(host, 20);
    assert.ok((await sharpest(host)) < 60, `a sharp picture came: ${await sharpest(host)}`);
  });

  await story.test('also after the camera was off', async () => {
    const camera = page.locator('.bar').getByRole('switch', { name: 'Kamera' });
    for (const on of [false, true, false, true]) {
      await camera.click();
      await page.waitForFunction(
        (wanted) => document.querySelectorAll('.bar [role=switch]')[1]?.ariaChecked === String(wanted),
        on,
        { timeout: 20_000 },
      );
    }
    await seePictures(host, 20);
    assert.ok((await sharpest(host)) < 60, `a sharp picture came: ${await sharpest(host)}`);
  });

  await story.test('until the person lets the room be seen, and blurs it again', async () => {
    await page.getByRole('button', { name: 'Mehr' }).click();
    await page.getByRole('button', { name: 'Kamera und Ton' }).click();
    const blur = page.getByLabel('Hintergrund unscharf');
    assert.equal(await blur.isChecked(), true);
    assert.deepEqual(await accessibilityProblems(page), []);
    await blur.uncheck();
    await host.waitForFunction(() => (globalThis as { sharpest?: number }).sharpest! > 100);
    await blur.check();
    await host.waitForFunction(() => (globalThis as { sharpness?: number }).sharpness! < 60);
    assert.equal(await page.evaluate(() => localStorage.getItem('background')), 'blurred');
  });

  await story.test('on a slow line a camera stays dark, until the person does without the blur', async () => {
    const line = Promise.withResolvers<void>();
    await page.route('**/*.tflite', async (route) => {
      await line.promise;
      await route.continue();
    });
    const camera = page.locator('.bar').getByRole('switch', { name: 'Kamera' });
    const blur = page.getByLabel('Hintergrund unscharf');
    await host.evaluate(() => ((globalThis as { sharpest?: number }).sharpest = 0));
    for (let press = 0; press < 2; press++) await camera.dispatchEvent('click');
    await see(page, 'Der Hintergrund wird gleich unscharf');
    assert.equal(await blur.isChecked(), true);
    assert.ok((await sharpest(host)) < 60, `a sharp picture came: ${await sharpest(host)}`);
    await blur.uncheck();
    await host.waitForFunction(() => (globalThis as { sharpest?: number }).sharpest! > 100);
    line.resolve();
    await seePictures(host, 20);
    assert.equal(await blur.isChecked(), false, 'what comes late goes nowhere');
    await blur.check();
    await host.waitForFunction(() => (globalThis as { sharpness?: number }).sharpness! < 60);
  });

  assert.equal(await page.locator('.blur-trouble').count(), 0, 'nothing went wrong on the way');
  assert.deepEqual(new Set(asked), new Set([server.roomOrigin]), 'only the own server was asked');
  assert.deepEqual(erika.problems, []);
  await host.getByRole('button', { name: 'Beenden' }).click();
  await see(page, 'Die Videosprechstunde ist beendet');
  await goToWaitingRoom(max.page, second.link, 'Max Muster');
});

test('on a phone the other camera takes over in the middle of it', async () => {
  const { page } = max;
  await isSeen(page);
  await callIn(host, 'Max Muster');
  await seeMovingPicture(host);
  await page.getByRole('button', { name: 'Mehr' }).tap();
  await page.getByRole('button', { name: 'Kamera und Ton' }).tap();
  await page.getByLabel('Kamera', { exact: true }).selectOption({ label: 'fake_device_2' });
  await showsCamera(page, 'fake_device_2');
  await page.getByRole('button', { name: 'Kamera nach hinten richten' }).tap();
  await showsCamera(page, 'fake_device_0');
  assert.deepEqual(await accessibilityProblems(page), []);
  await seeMovingPicture(host);
  assert.deepEqual([...doctor.problems, ...max.problems], []);
});

async function showsCamera(page: Page, label: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const video = document.querySelector<HTMLVideoElement>('.own-corner video');
    const [track] = (video?.srcObject as MediaStream | undefined)?.getVideoTracks() ?? [];
    return track?.readyState === 'live' && track.label === wanted;
  }, label);
}

/** Looks at every picture that comes: how much brightness changes from one square of the board to the next. */
async function watchSharpness(page: Page): Promise<void> {
  await page.evaluate(
    ({ width: w, height: h, square: size }) => {
      const store = globalThis as { sharpest?: number; sharpness?: number; pictures?: number };
      [store.sharpest, store.pictures] = [0, 0];
      const video = document.querySelector<HTMLVideoElement>('.remote-picture video')!;
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [w, h];
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      const look = () => {
        context.drawImage(video, 0, 0, w, h);
        const { data } = context.getImageData(0, 0, w, h);
        const differences: number[] = [];
        for (let y = size / 2; y < h; y += size) {
          for (let x = size / 2; x + size < w; x += size)
            differences.push(Math.abs(data[(y * w + x) * 4]! - data[(y * w + x + size) * 4]!));
        }
        store.sharpness = differences.reduce((sum, one) => sum + one, 0) / differences.length;
        store.sharpest = Math.max(store.sharpest!, store.sharpness);
        store.pictures!++;
        video.requestVideoFrameCallback(look);
      };
      video.requestVideoFrameCallback(look);
    },
    { width, height, square },
  );
}

async function seePictures(page: Page, more: number): Promise<void> {
  await page.evaluate(() => ((globalThis as { pictures?: number }).pictures = 0));
  await page.waitForFunction((count) => (globalThis as { pictures?: number }).pictures! >= count, more, {
    timeout: 30_000,
  });
}

async function sharpest(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as { sharpest?: number }).sharpest!);
}

/** A camera that films black and white squares, as Chromium reads it from a file. */
function chessBoard(): Buffer {
  const light = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      light[y * width + x] = (Math.floor(x / square) + Math.floor(y / square)) % 2 ? 235 : 16;
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`),
    frame,
    frame,
  ]);
}
