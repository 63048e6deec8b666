import { setTimeout as delay } from 'node:timers/promises';
import { say } from '../support/room.ts';
import { see, seeMovingPicture } from '../support/senses.ts';
import { type Call, openCall, pathBetween } from './call.ts';
import type { Lab } from './lab.ts';
import type { Family, Line } from './network.ts';
import { longestStill, pictureBack } from './watch.ts';

export type CaseResult = {
  connected: boolean;
  path: 'direct' | 'relayed' | null;
  /** Between this end and the other, or the relay. */
  protocol: string | null;
  /** From "Ins Wartezimmer" to the warm connection. */
  connectMs: number | null;
  /** From "Hereinbitten" to the first frame of the other side, on the slower end. */
  firstFrameMs: number | null;
  /** From the mishap (or its end, where it has one) to the picture running again, on the slower end; 0: none was missed. */
  recoverMs: number | null;
  /** The longest that the picture stood still meanwhile. */
  longestStillMs: number | null;
};

type Case = {
  /** Of both ends. */
  line: Line;
  family?: Family;
  expected: { path: 'direct' | 'relayed'; protocol: string };
  mishap?: (lab: Lab, call: Call) => Promise<Recovery>;
};
type Recovery = { recoverMs: number; longestStillMs: number };

const symmetric: Line = { nat: 'symmetric' };
const [directly, relayed] = [
  { path: 'direct', protocol: 'udp' },
  { path: 'relayed', protocol: 'udp' },
] as const;

export const cases = {
  open: { line: {}, expected: directly },
  portRestricted: { line: { nat: 'port-restricted' }, expected: directly },
  symmetric: { line: symmetric, expected: relayed },
  udpBlocked: {
    line: { nat: 'port-restricted', blocked: 'udp' },
    expected: { path: 'relayed', protocol: 'tcp' },
  },
  only443: {
    line: { nat: 'port-restricted', blocked: 'all-but-443' },
    expected: { path: 'relayed', protocol: 'tls' },
  },
  ipv6Only: { line: { nat: 'port-restricted' }, family: 6, expected: directly },
  addressChange: { line: { nat: 'port-restricted' }, expected: directly, mishap: changeAddress },
  outage20s: { line: { nat: 'port-restricted' }, expected: directly, mishap: loseNetwork },
  relayRestart: { line: symmetric, expected: relayed, mishap: restartRelay },
  serverRestart: { line: { nat: 'port-restricted' }, expected: directly, mishap: restartServer },
} satisfies Record<string, Case>;
export type CaseName = keyof typeof cases;
export const caseNames = Object.keys(cases) as CaseName[];

/** Two people meet over such lines; then the mishap, if the case has one, and the picture has to come back. */
export async function runCase(lab: Lab, name: CaseName): Promise<CaseResult> {
  const { line, family = 4, mishap }: Case = cases[name];
  const { network } = lab;
  for (const each of ['practice', 'patient', 'mobile'] as const) network.setLine(each, line);
  network.setFamily(family);
  const people = await lab.openPeople(family);
  try {
    const call = await openCall(lab, people.doctor, people.patient);
    const firstFrameMs = await call.callIn();
    await Promise.all([seeMovingPicture(call.host), seeMovingPicture(call.patient)]);
    const path = await pathBetween(call);
    const recovery = await mishap?.(lab, call);
    const { recoverMs = null, longestStillMs = null } = recovery ?? {};
    return { connected: true, ...path, connectMs: call.connectMs, firstFrameMs, recoverMs, longestStillMs };
  } finally {
    await people.close();
  }
}

/** From the Wi-Fi at home to the mobile network, in the middle of the call. */
async function changeAddress({ network }: Lab, call: Call): Promise<Recovery> {
  const since = Date.now();
  network.moveToMobile();
  return recovery(call, since);
}

/** What both are told while the way is lost. */
const interrupted = 'Die Verbindung war kurz weg. Wir verbinden Sie neu.';

/** The patient's router loses its way for 20 s; nothing tells the browser. */
async function loseNetwork({ network }: Lab, call: Call): Promise<Recovery> {
  const { line } = cases.outage20s;
  network.setLine('patient', { ...line, blocked: 'everything' });
  const over = delay(20_000);
  await Promise.all([call.host, call.patient].map((page) => see(page, interrupted, 20_000)));
  await over;
  network.setLine('patient', line);
  return recovery(call, Date.now());
}

async function restartRelay({ relay }: Lab, call: Call): Promise<Recovery> {
  const since = Date.now();
  await relay.kill9();
  await relay.restart();
  return recovery(call, since);
}

/** The two talk on, and can write to each other, while there is no server. */
async function restartServer({ product }: Lab, call: Call): Promise<Recovery> {
  const since = Date.now();
  await product.kill9();
  await say(call.patient, 'Sind Sie noch da?');
  await call.host.getByRole('button', { name: /^Chat, 1 ungelesen/ }).waitFor();
  await product.restart();
  // Its start takes the machine's processors away from the browsers for a moment: that is no loss.
  return recovery(call, since, { patienceMs: 3_000, lossMs: 3_000 });
}

const recoversWithinMs = 30_000;

async function recovery(
  { host, patient }: Call,
  since: number,
  { patienceMs = recoversWithinMs, lossMs = 1_000 } = {},
): Promise<Recovery> {
  const pages = [host, patient];
  const backs = await Promise.all(pages.map((page) => pictureBack(page, since, { patienceMs, lossMs })));
  await Promise.all(pages.map((page) => seeMovingPicture(page)));
  const stills = await Promise.all(pages.map((page) => longestStill(page, since)));
  return {
    recoverMs: Math.max(...backs.map((back) => (back === undefined ? 0 : back - since))),
    longestStillMs: Math.max(...stills),
  };
}
