import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, say } from './support/room.ts';
import { see } from './support/senses.ts';

/** The relay is the attacker: it holds every frame between host and patient and may do with it what it likes. */
type Relay = {
  /** Frames of the host to the patient. @returns what the patient gets */
  toPatient?(frame: Buffer, count: number): Buffer[];
  /** Frames of the patient to the host. @returns what the host gets */
  toHost?(frame: Buffer, count: number): Buffer[];
};

const secretName = 'Erika Geheimname';
const redPage = 'Verbindung nicht sicher – abgebrochen';
const [suiteAt, kindAt, payloadAt] = [4, 5, 6];
const isRecord = (frame: Buffer) => frame[kindAt] === 3;

let server: TestServer;
let practice: Awaited<ReturnType<typeof openPractice>>;
let doctor: Person;
let patient: Person;

before(async () => {
  server = await startProduct();
  practice = await openPractice(server);
  [doctor, patient] = await Promise.all([openPerson(), openPerson()]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close()]);
  await server.close();
});

function flipped(frame: Buffer, at: number): Buffer {
  const changed = Buffer.from(frame);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** Keeps records back until there are two, then lets go of what `change` makes of them; later ones pass. */
function firstTwoRecords(change: (first: Buffer, second: Buffer) => Buffer[]): (frame: Buffer) => Buffer[] {
  const held: Buffer[] = [];
  return (frame) => {
    if (!isRecord(frame) || held.length === 2) return [frame];
    held.push(frame);
    const [first, second] = held;
    return first && second ? change(first, second) : [];
  };
}

const attacks: Record<string, () => Relay> = {
  'changes the host’s commitment': () => ({
    toPatient: (frame, n) => [n === 0 ? flipped(frame, 20) : frame],
  }),
  'replaces the patient’s key share': () => ({
    toHost: (frame, n) => [n === 0 ? Buffer.from(frame).fill(7, payloadAt + 1, payloadAt + 65) : frame],
  }),
  'replaces the host’s key share': () => ({
    toPatient: (frame, n) => [n === 1 ? Buffer.from(frame).fill(7, payloadAt + 1, payloadAt + 65) : frame],
  }),
  'offers an old version': () => ({
    toPatient: (frame) => {
      const old = Buffer.from(frame);
      old[suiteAt] = 0;
      return [old];
    },
  }),
  'reaches into the offer, where the fingerprint is': () => ({
    toPatient: (frame) => [isRecord(frame) && frame.length > 500 ? flipped(frame, 400) : frame],
  }),
  'reaches into the answer, where the fingerprint is': () => ({
    toHost: (frame) => [isRecord(frame) && frame.length > 500 ? flipped(frame, 400) : frame],
  }),
  'puts a description of its own in clear into a record': () => ({
    toPatient: (frame) => [
      isRecord(frame)
        ? Buffer.concat([
            frame.subarray(0, payloadAt),
            Buffer.from(JSON.stringify({ kind: 'offer', sdp: 'v=0' })),
          ])
        : frame,
    ],
  }),
  'repeats a message': () => ({ toPatient: (frame) => (isRecord(frame) ? [frame, frame] : [frame]) }),
  'repeats the last handshake message': () => ({
    toPatient: (frame, n) => (n === 1 ? [frame, frame] : [frame]),
  }),
  'swaps two messages': () => ({ toPatient: firstTwoRecords((first, second) => [second, first]) }),
  'leaves a message out': () => ({ toPatient: firstTwoRecords((_, second) => [second]) }),
  'withholds the end of the handshake': () => ({ toPatient: (frame, n) => (n === 0 ? [frame] : []) }),
};

for (const [name, attack] of Object.entries(attacks)) {
  test(`a server that ${name} reaches the red page, no picture and no name`, async () => {
    const { patientPage, host } = await meetThrough(attack());
    await see(patientPage, redPage, 25_000);
    await assertNothingGiven(patientPage, host);
  });
}

test('a server that sends the patient’s own messages back reaches the red page', async () => {
  const { patientPage, host } = await meetThrough({}, { reflect: true });
  await see(patientPage, redPage);
  await assertNothingGiven(patientPage, host);
});

test('a certificate other than the one that was named reaches the red page', async () => {
  const { patientPage, host } = await meetThrough({}, { otherCertificate: true });
  await see(patientPage, redPage);
  await assertNothingGiven(patientPage, host);
});

test('a chat message that is a script is shown as text, at both ends', async () => {
  const { patientPage, host } = await meetThrough({});
  await isSeen(patientPage);
  await callIn(host, secretName);
  const script = '<img src=x onerror="document.title=`stolen`"><script>document.title="stolen"</script>';
  await say(patientPage, script);
  await host.getByRole('button', { name: /^Chat/ }).click();
  await see(host, script);
  await host.getByLabel('Ihre Nachricht').fill(script);
  await host.getByRole('button', { name: 'Senden' }).click();
  await patientPage.getByRole('button', { name: /^Chat/ }).click();
  await patientPage.getByText(script).nth(1).waitFor();
  assert.equal(await host.locator('.chat-entry-text img, .chat-entry-text script').count(), 0);
  assert.doesNotMatch(await host.title(), /stolen/);
  assert.doesNotMatch(await patientPage.title(), /stolen/);
  await patientPage.getByRole('button', { name: 'Auflegen' }).click();
  await see(host, 'hat aufgelegt');
  await host.close({ runBeforeUnload: false });
});

/** An appointment, its host's window, and the patient with the attacker on the line. */
async function meetThrough(relay: Relay, options: { reflect?: boolean; otherCertificate?: boolean } = {}) {
  const appointment = await practice.book('Erwartete Person');
  const host = await practice.openRoom(doctor, [appointment]);
  const context = await patient.browser.newContext({ locale: 'de-DE' });
  const patientPage = await context.newPage();
  if (options.otherCertificate) {
    await patientPage.addInitScript(() => {
      RTCDtlsTransport.prototype.getRemoteCertificates = () => [new TextEncoder().encode('another').buffer];
    });
  }
  await patientPage.routeWebSocket(/\/signalling$/, (socket) => {
    const upstream = socket.connectToServer();
    let [toPatient, toHost] = [0, 0];
    upstream.onMessage((message) => {
      const frames =
        typeof message === 'string' ? [message] : (relay.toPatient?.(message, toPatient++) ?? [message]);
      for (const frame of frames) socket.send(frame);
    });
    socket.onMessage((message) => {
      const frames =
        typeof message === 'string' ? [message] : (relay.toHost?.(message, toHost++) ?? [message]);
      for (const frame of frames) upstream.send(frame);
      if (options.reflect && typeof message !== 'string' && isRecord(message)) socket.send(message);
    });
  });
  await goToWaitingRoom(patientPage, appointment.link, secretName);
  return { patientPage, host };
}

/** Both ends are where nothing moves and nothing was told, and stay there. */
async function assertNothingGiven(patientPage: Page, host: Page): Promise<void> {
  await patientPage.waitForTimeout(500);
  assert.ok(!(await host.content()).includes(secretName), 'the name was not sent');
  for (const page of [patientPage, host]) {
    const playing = await page.evaluate(() =>
      [...document.querySelectorAll('video:not([data-own])')].some((video) => {
        const stream = (video as HTMLVideoElement).srcObject;
        const own = (video as HTMLVideoElement).muted;
        return !own && stream instanceof MediaStream && stream.getTracks().some((track) => !track.muted);
      }),
    );
    assert.equal(playing, false, 'no picture and no sound arrived');
  }
  await patientPage.context().close();
  await host.close({ runBeforeUnload: false });
}
