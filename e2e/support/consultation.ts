import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person, type PersonOptions } from './browsers.ts';
import { openPractice } from './practice.ts';
import { startProduct } from './product.ts';
import { goToWaitingRoom, isSeen } from './room.ts';

/** A host's window, and a patient with a phone in its waiting room. */
export type Scene = {
  doctor: Person;
  erika: Person;
  host: Page;
  patient: Page;
  close: () => Promise<void>;
};

export async function openScene(name: string, options: PersonOptions = {}): Promise<Scene> {
  const server = await startProduct();
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  const [doctor, erika] = await Promise.all([openPerson(), openPerson({ ...phone, ...options })]);
  const practice = await openPractice(server);
  const appointment = await practice.book(name);
  const host = await practice.openRoom(doctor, [appointment]);
  await erika.context.addInitScript(keepConnections);
  await goToWaitingRoom(erika.page, appointment.link, name);
  await isSeen(erika.page);
  return {
    doctor,
    erika,
    host,
    patient: erika.page,
    close: async () => {
      await Promise.all([doctor.close(), erika.close()]);
      await server.close();
    },
  };
}

export async function isInOrder(page: Page): Promise<void> {
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
}

/** Waits until tracks of these names go to the other side, for instance `fake_device_2`, or `Fake Audio Input 2, off`. */
export async function isSent(page: Page, wanted: string[]): Promise<void> {
  await page.waitForFunction((names) => {
    const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
    const sent = connections
      .filter(({ connectionState }) => connectionState === 'connected')
      .flatMap((connection) => connection.getSenders())
      .map(({ track }) => (track?.enabled ? track.label : `${track?.label ?? ''}, off`));
    return names.every((name) => sent.includes(name));
  }, wanted);
}

/** Runs in the page, before its own code: lets the test see what is really sent. */
function keepConnections(): void {
  const connections: RTCPeerConnection[] = [];
  Object.assign(globalThis, { connections });
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
}
