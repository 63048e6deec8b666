import type { Page } from 'playwright-core';
import { openPerson, type Person } from '../e2e/support/browsers.ts';
import { openPractice } from '../e2e/support/practice.ts';
import { startProduct } from '../e2e/support/product.ts';
import { goToWaitingRoom, isSeen } from '../e2e/support/room.ts';
import { type BarePage, connectBarePages, openBarePage } from './bare-call.ts';
import { median } from './child.ts';

export type CallInMeasure = {
  /** From the click on "Hereinbitten" to the first remote frame on the slower side, median, in milliseconds. */
  callInMs: number;
  /** The same from a click to `replaceTrack` on both ends of a bare, warm connection between two plain pages. */
  callInFloorMs: number;
  callInRatio: number;
};

const rounds = 20;
/** Long enough that the connection is warm: congestion control and clocks have settled alike on both sides. */
const warmMs = 700;

/** Product and floor in turn, in the same two browser processes, each round on a new connection that never sent media. */
export async function measureCallIn(): Promise<CallInMeasure> {
  const server = await startProduct();
  const [doctor, patient] = await Promise.all([openPerson(), openPerson()]);
  try {
    const practice = await openPractice(server);
    const appointment = await practice.book('Erika Beispiel');
    const host = await practice.openRoom(doctor, [appointment]);
    const floor = await openFloor(server.roomOrigin, doctor, patient);
    const product: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      product.push(await callInOnce(host, patient, appointment.link));
      bare.push(await floor.once());
    }
    const [callInMs, callInFloorMs] = [median(product), median(bare)];
    return { callInMs, callInFloorMs, callInRatio: callInMs / callInFloorMs };
  } finally {
    await Promise.all([doctor.close(), patient.close()]);
    await server.close();
  }
}

async function callInOnce(host: Page, patient: Person, link: string): Promise<number> {
  const page = await patient.context.newPage();
  await goToWaitingRoom(page, link, 'Erika Beispiel');
  await isSeen(page);
  const button = host.getByRole('button', { name: /hereinbitten/i }).first();
  await button.waitFor();
  await host.waitForTimeout(warmMs);
  await host.bringToFront();
  const frames = [host, page].map((end) => end.evaluate(firstRemoteFrame));
  await host.evaluate(() => {
    addEventListener('click', () => ((globalThis as { clickedAt?: number }).clickedAt = Date.now()), {
      capture: true,
      once: true,
    });
  });
  await button.click();
  const [hostAt = 0, patientAt = 0] = await Promise.all(frames);
  const clickedAt = await host.evaluate(() => (globalThis as { clickedAt?: number }).clickedAt ?? 0);
  await host.getByRole('button', { name: 'Beenden' }).click();
  await page.getByText('Die Videosprechstunde ist beendet').waitFor();
  await page.close({ runBeforeUnload: false });
  return Math.max(hostAt, patientAt) - clickedAt;
}

/** Runs in the page. @returns when the first frame of the other side was presented */
function firstRemoteFrame(): Promise<number> {
  const video = document.querySelector<HTMLVideoElement>('.remote-picture video, video.remote');
  return new Promise((resolve) => video?.requestVideoFrameCallback(() => resolve(Date.now())));
}

/** Two plain pages with nothing but a peer connection. */
async function openFloor(origin: string, doctor: Person, patient: Person) {
  const pages = await Promise.all([doctor, patient].map((person) => openBarePage(origin, person)));
  const [caller, called] = pages as [Page, Page];

  async function once(): Promise<number> {
    await connectBarePages([caller, called]);
    await caller.waitForTimeout(warmMs);
    // A page behind another one may show its frames when it likes: two seconds were seen.
    await Promise.all(pages.map((page) => page.bringToFront()));
    const frames = pages.map((page) => page.evaluate(firstRemoteFrame));
    const clickedAt = await caller.evaluate(() => (globalThis as unknown as BarePage).callIn());
    const [callerAt = 0, calledAt = 0] = await Promise.all(frames);
    await Promise.all(pages.map((page) => page.evaluate(() => (globalThis as unknown as BarePage).end())));
    return Math.max(callerAt, calledAt) - clickedAt;
  }
  return { once };
}
