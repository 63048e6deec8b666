import type { Page } from 'playwright-core';

/** Waits until a text can be seen on the page. */
export async function see(page: Page, text: string | RegExp, timeoutMs = 15_000): Promise<void> {
  await page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: timeoutMs });
}

/** Waits until the largest visible video's pixels change from one look to the next, as a moving picture's do. */
export async function seeMovingPicture(page: Page, timeoutMs = 15_000): Promise<void> {
  // What was seen at an earlier look differs from a picture that has stood still since.
  await page.evaluate(() => delete (globalThis as { pixelsBefore?: unknown }).pixelsBefore);
  await page.waitForFunction(
    () => {
      const area = (video: HTMLVideoElement) => video.clientWidth * video.clientHeight;
      const visible = [...document.querySelectorAll('video')].filter((video) =>
        video.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
      );
      const [video] = visible.toSorted((a, b) => area(b) - area(a));
      if (!video || area(video) === 0 || video.readyState < 2 || video.videoWidth === 0) return false;
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [64, 48];
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) return false;
      context.drawImage(video, 0, 0, 64, 48);
      const pixels = context.getImageData(0, 0, 64, 48).data;
      const store = globalThis as { pixelsBefore?: Uint8ClampedArray };
      const before = store.pixelsBefore;
      store.pixelsBefore = pixels;
      const lit = pixels.some((value, index) => index % 4 !== 3 && value > 32);
      const changed = before?.reduce((sum, value, i) => sum + Math.abs(value - (pixels[i] ?? 0)), 0) ?? 0;
      return lit && changed > 2_000;
    },
    undefined,
    { polling: 200, timeout: timeoutMs },
  );
}

/** Waits until exactly so many pictures of others can be seen, and all of them move. */
export async function seeMovingPictures(page: Page, count: number, timeoutMs = 60_000): Promise<void> {
  await page.evaluate(() => delete (globalThis as { seenBefore?: unknown }).seenBefore);
  await page.waitForFunction(
    (wanted) => {
      const store = globalThis as { seenBefore?: Map<HTMLVideoElement, Uint8ClampedArray> };
      const before = (store.seenBefore ??= new Map());
      const visible = [...document.querySelectorAll<HTMLVideoElement>('.stage video')].filter(
        (video) =>
          video.videoWidth > 0 && video.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
      );
      const moving = visible.filter((video) => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [64, 48];
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context?.drawImage(video, 0, 0, 64, 48);
        const pixels = context?.getImageData(0, 0, 64, 48).data;
        const last = before.get(video);
        if (pixels) before.set(video, pixels);
        const changed = last && pixels?.reduce((sum, value, i) => sum + Math.abs(value - (last[i] ?? 0)), 0);
        return (changed ?? 0) > 2_000;
      });
      return visible.length === wanted && moving.length === wanted;
    },
    count,
    { polling: 500, timeout: timeoutMs },
  );
}

/** Waits until sound comes out of what the largest video plays. */
export async function hear(page: Page, timeoutMs = 15_000): Promise<void> {
  await page.waitForFunction(isHeard, undefined, { polling: 100, timeout: timeoutMs });
}

/** Waits until nothing has been heard for longer than the pause between two beeps; what is on its way may still come. */
export async function hearNothing(page: Page, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let silentSince = Date.now();
  while (Date.now() - silentSince < 2_500) {
    if (await page.evaluate(isHeard)) silentSince = Date.now();
    if (Date.now() > deadline) throw new Error('sound still arrives');
    await page.waitForTimeout(50);
  }
}

/** Runs in the page. Listens to the stream of the largest video; true once its samples are no longer zero. */
function isHeard(): boolean {
  const store = globalThis as { listening?: { stream: MediaStream; analyser: AnalyserNode; track: string } };
  const area = (video: HTMLVideoElement) => video.clientWidth * video.clientHeight;
  const [video] = [...document.querySelectorAll('video')].toSorted((a, b) => area(b) - area(a));
  const stream = video?.srcObject;
  if (!(stream instanceof MediaStream)) return false;
  const [track] = stream.getAudioTracks();
  if (!video || video.muted || video.paused || !track) return false;
  if (store.listening?.track !== track.id) {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(stream).connect(analyser);
    void context.resume();
    store.listening = { stream, analyser, track: track.id };
  }
  const samples = new Float32Array(store.listening.analyser.fftSize);
  store.listening.analyser.getFloatTimeDomainData(samples);
  return samples.some((sample) => Math.abs(sample) > 0.005);
}
