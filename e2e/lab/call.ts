import type { Page } from 'playwright-core';
import { goToWaitingRoom } from '../support/room.ts';
import { see } from '../support/senses.ts';
import type { Person } from '../support/browsers.ts';
import type { Lab } from './lab.ts';
import { clickedAt, type EndPath, firstFrameAfter, pathOf } from './watch.ts';

const patientName = 'Erika Beispiel';
/** Where UDP is blocked, browsers try it for a while before they settle for TCP. */
const connectsWithinMs = 30_000;

export type Call = {
  host: Page;
  patient: Page;
  /** From "Ins Wartezimmer" to the warm connection. */
  connectMs: number;
  /** @returns from the click to the first frame of the other side, on the slower end */
  callIn(): Promise<number>;
  close(): Promise<void>;
};

/** Two people on their way into the consultation: the patient waits, and the practice sees them. */
export async function openCall(lab: Lab, doctor: Person, patient: Person): Promise<Call> {
  const appointment = await lab.practice.book(patientName);
  const host = await lab.practice.openRoom(doctor, [appointment]);
  const page = await patient.context.newPage();
  await goToWaitingRoom(page, appointment.link, patientName);
  const wentInAt = Date.now();
  await see(page, 'Die Praxis sieht, dass Sie da sind.', connectsWithinMs);
  const connectMs = Date.now() - wentInAt;
  const button = host.getByRole('button', { name: /hereinbitten/i }).first();
  await button.waitFor();
  return {
    host,
    patient: page,
    connectMs,
    async callIn() {
      // A page behind another one may show its frames when it likes.
      await host.bringToFront();
      await button.click();
      const since = await clickedAt(host);
      const firsts = await Promise.all([host, page].map((end) => firstFrameAfter(end, since)));
      return Math.max(...firsts) - since;
    },
    async close() {
      await host.close({ runBeforeUnload: false });
      await page.close({ runBeforeUnload: false });
    },
  };
}

/** How the two are connected: relayed if either end sends through the relay. */
export async function pathBetween({ host, patient }: Pick<Call, 'host' | 'patient'>): Promise<{
  path: 'direct' | 'relayed';
  protocol: string;
}> {
  const ends = (await Promise.all([pathOf(host), pathOf(patient)])) as [EndPath, EndPath];
  const relayed = ends.filter((end) => end.relayed);
  const protocols = new Set((relayed.length > 0 ? relayed : ends).map((end) => end.protocol));
  return { path: relayed.length > 0 ? 'relayed' : 'direct', protocol: [...protocols].join(' and ') };
}
