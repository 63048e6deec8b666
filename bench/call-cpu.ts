import type { Page } from 'playwright-core';
import { openPerson, type Person } from '../e2e/support/browsers.ts';
import { type BookedAppointment, openPractice } from '../e2e/support/practice.ts';
import { startProduct } from '../e2e/support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from '../e2e/support/room.ts';
import { seeMovingPicture } from '../e2e/support/senses.ts';
import { type BarePage, connectBarePages, openBarePage } from './bare-call.ts';
import { median } from './child.ts';
import { browserCpuSeconds } from './process-cpu.ts';

export type CallCpuMeasure = {
  /** CPU seconds of both browsers, all of their processes, per minute of a consultation. */
  callCpuSeconds: number;
  /** The same of a bare peer connection between two plain pages of the same size, in the same kind of browser. */
  callCpuFloorSeconds: number;
  callCpuRatio: number;
  /** What the patient's side showed meanwhile, so that nobody saves by showing less. */
  callCpuPicture: string;
  callCpuFloorPicture: string;
};

type Sample = { seconds: number; picture: string };

/** Until the browsers have found the rate and size that they stay at. */
const warmUpMs = 12_000;
const measuredMs = 20_000;
/** Each way twice, so that a machine that gets slower or faster is unfair to neither. */
const order = ['product', 'bare', 'bare', 'product'] as const;
const sizes = [
  { width: 480, height: 640 },
  { width: 1280, height: 800 },
] as const;

export async function measureCallCpu(): Promise<CallCpuMeasure> {
  const server = await startProduct();
  try {
    const practice = await openPractice(server);
    const appointment = await practice.book('Erika Beispiel');
    const samples: Record<(typeof order)[number], Sample[]> = { product: [], bare: [] };
    for (const kind of order) {
      const [doctor, patient] = await Promise.all([openPerson(), openPerson({ viewport: sizes[1] })]);
      try {
        const pages =
          kind === 'bare'
            ? await talkBare(server.roomOrigin, doctor, patient)
            : await consult(await practice.openRoom(doctor, [appointment]), patient.page, appointment);
        samples[kind].push(await sample(pages));
      } finally {
        await Promise.all([doctor.close(), patient.close()]);
      }
    }
    const seconds = (kind: keyof typeof samples) => median(samples[kind].map((one) => one.seconds));
    const [callCpuSeconds, callCpuFloorSeconds] = [seconds('product'), seconds('bare')];
    return {
      callCpuSeconds,
      callCpuFloorSeconds,
      callCpuRatio: callCpuSeconds / callCpuFloorSeconds,
      callCpuPicture: samples.product[0]?.picture ?? '',
      callCpuFloorPicture: samples.bare[0]?.picture ?? '',
    };
  } finally {
    await server.close();
  }
}

async function consult(host: Page, patient: Page, { link }: BookedAppointment): Promise<[Page, Page]> {
  await goToWaitingRoom(patient, link, 'Erika Beispiel');
  await isSeen(patient);
  await callIn(host, 'Erika Beispiel');
  return [host, patient];
}

async function talkBare(origin: string, doctor: Person, patient: Person): Promise<[Page, Page]> {
  const pages = [await openBarePage(origin, doctor), await openBarePage(origin, patient)] as const;
  await Promise.all(pages.map((page, index) => page.setViewportSize(sizes[index] ?? sizes[1])));
  await connectBarePages(pages);
  await pages[0].waitForFunction(() => (globalThis as unknown as BarePage).isWarm());
  await pages[0].evaluate(() => (globalThis as unknown as BarePage).callIn());
  return [...pages];
}

async function sample(pages: [Page, Page]): Promise<Sample> {
  const [, patient] = pages;
  await Promise.all(pages.map((page) => page.bringToFront()));
  await Promise.all(pages.map((page) => seeMovingPicture(page)));
  await patient.waitForTimeout(warmUpMs);
  const [cpuBefore, before, startedAt] = [
    browserCpuSeconds(),
    await lookAtPicture(patient),
    performance.now(),
  ];
  await patient.waitForTimeout(measuredMs);
  const [cpuAfter, after] = [browserCpuSeconds(), await lookAtPicture(patient)];
  const minutes = (performance.now() - startedAt) / 60_000;
  const framesPerSecond = Math.round((after.frames - before.frames) / (minutes * 60));
  return {
    seconds: (cpuAfter - cpuBefore) / minutes,
    picture: `${after.width}x${after.height} at ${framesPerSecond}/s`,
  };
}

function lookAtPicture(page: Page) {
  return page.evaluate(() => {
    const area = (video: HTMLVideoElement) => video.clientWidth * video.clientHeight;
    const [video] = [...document.querySelectorAll('video')].toSorted((a, b) => area(b) - area(a));
    const { videoWidth: width = 0, videoHeight: height = 0 } = video ?? {};
    return { width, height, frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0 };
  });
}
