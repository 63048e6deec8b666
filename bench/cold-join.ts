import { openPerson } from '../e2e/support/browsers.ts';
import { openPractice } from '../e2e/support/practice.ts';
import { startProduct } from '../e2e/support/product.ts';
import { median } from './child.ts';

export type ColdJoinMeasure = {
  /**
   * From opening the link in a browser that has never been here, with a name typed in no time, to "the practice sees that
   * you are there" beside the own moving picture. Median, in milliseconds; key derivation included.
   */
  coldJoinMs: number;
  /** Requests until then, the socket included. */
  roomRequests: number;
};

const rounds = 9;

export async function measureColdJoin(): Promise<ColdJoinMeasure> {
  const server = await startProduct();
  const [doctor, patient] = await Promise.all([openPerson(), openPerson()]);
  try {
    const practice = await openPractice(server);
    const appointment = await practice.book('Erika Beispiel');
    await practice.openRoom(doctor, [appointment]);
    const times: number[] = [];
    let roomRequests = 0;
    for (let round = 0; round < rounds; round++) {
      // A context of its own has an empty cache.
      const context = await patient.browser.newContext({ locale: 'de-DE' });
      const page = await context.newPage();
      let requests = 0;
      page.on('request', () => requests++);
      page.on('websocket', () => requests++);
      await page.addInitScript(typeAndEnter);
      await page.goto(appointment.link, { waitUntil: 'commit' });
      const handle = await page.waitForFunction(isReady, undefined, { polling: 'raf' });
      times.push((await handle.jsonValue()) as number);
      roomRequests = Math.max(roomRequests, requests);
      await page.getByRole('button', { name: 'Wartezimmer verlassen' }).click();
      await page.getByText('Sie haben das Wartezimmer verlassen').waitFor();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await context.close();
    }
    return { coldJoinMs: median(times), roomRequests };
  } finally {
    await Promise.all([doctor.close(), patient.close()]);
    await server.close();
  }
}

/** Runs in the page: the quickest person there is. */
function typeAndEnter(): void {
  const observer = new MutationObserver(() => {
    const input = document.querySelector<HTMLInputElement>('input[name="name"]');
    const button = document.querySelector<HTMLButtonElement>('button[type="submit"]');
    if (!input || !button) return;
    observer.disconnect();
    input.value = 'Erika Beispiel';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(() => button.click());
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Runs in the page. @returns milliseconds since the navigation began, once all is there */
function isReady(): number | false {
  const seen = document.body.innerText.includes('Die Praxis sieht, dass Sie da sind.');
  const picture = [...document.querySelectorAll('video')].some(
    (video) => video.muted && video.readyState >= 2,
  );
  return seen && picture && performance.now();
}
