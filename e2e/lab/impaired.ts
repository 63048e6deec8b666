import type { Page } from 'playwright-core';
import { openBareCall } from './bare-call.ts';
import { openCall } from './call.ts';
import type { Lab } from './lab.ts';
import type { Line } from './network.ts';
import { longestStill, received, type Received } from './watch.ts';

/** What the patient's line is like, in both directions. */
export const impairments = {
  rate4000: { kbit: 4_000 },
  rate500: { kbit: 500 },
  rate200: { kbit: 200 },
  rate100: { kbit: 100 },
  loss10: { lossPercent: 10 },
} satisfies Record<string, Line>;
export type Impairment = keyof typeof impairments;

/** What one end saw and heard of the other while it was measured. */
export type Seen = {
  freezes: number;
  frozenMs: number;
  /** The longest that the picture stood still, switched off by the product included. */
  longestStillMs: number;
  /** Of the sound that was played, in percent: what had to be made up because nothing had arrived in time. */
  soundLossPercent: number;
  /** Of the packets with sound, in percent. */
  packetLossPercent: number;
  resolution: string;
  framesPerSecond: number;
  kbitPerSecond: number;
};
export type BothSeen = { practice: Seen; patient: Seen };
export type ImpairedResult = { product: BothSeen; bare: BothSeen };

/**
 * The product, then the bare connection, in the same browsers over the same line. Either is connected before the line
 * gets worse, and begins to send at the beginning of the measurement.
 */
export async function measureImpaired(
  lab: Lab,
  impairment: Impairment,
  forMs = 25_000,
): Promise<ImpairedResult> {
  const { network } = lab;
  const people = await lab.openPeople();
  const { doctor, patient } = people;
  const worsen = () => network.setLine('patient', impairments[impairment]);
  try {
    const call = await openCall(lab, doctor, patient);
    worsen();
    await call.host.bringToFront();
    await call.host
      .getByRole('button', { name: /hereinbitten/i })
      .first()
      .click();
    const product = await measureBoth(call.host, call.patient, forMs);
    network.setLine('patient', {});
    await call.close();

    const bareCall = await openBareCall(doctor, patient);
    worsen();
    await bareCall.start();
    const bare = await measureBoth(bareCall.host, bareCall.patient, forMs);
    return { product, bare };
  } finally {
    network.setLine('patient', {});
    await people.close();
  }
}

async function measureBoth(host: Page, patientPage: Page, forMs: number): Promise<BothSeen> {
  const [practice, patient] = (await Promise.all(
    [host, patientPage].map((page) => measure(page, forMs)),
  )) as [Seen, Seen];
  return { practice, patient };
}

async function measure(page: Page, forMs: number): Promise<Seen> {
  const before = await received(page);
  await page.waitForTimeout(forMs);
  const after = await received(page);
  const grown = (name: keyof Received) => after[name] - before[name];
  const seconds = grown('atMs') / 1_000;
  return {
    freezes: grown('freezes'),
    frozenMs: Math.round(grown('frozenMs')),
    longestStillMs: await longestStill(page, before.atMs),
    soundLossPercent: percent(grown('lostSamples'), grown('soundSamples')),
    packetLossPercent: percent(grown('soundPacketsLost'), grown('soundPackets') + grown('soundPacketsLost')),
    resolution: `${after.width}x${after.height}`,
    framesPerSecond: Math.round((grown('framesDecoded') / seconds) * 10) / 10,
    kbitPerSecond: Math.round((grown('bytes') * 8) / seconds / 1_000),
  };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((part / whole) * 1_000) / 10;
}
