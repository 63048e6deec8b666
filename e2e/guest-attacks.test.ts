import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPeople, type Person } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, say } from './support/room.ts';
import { see, seeMovingPictures } from './support/senses.ts';

const light = {
  viewport: { width: 480, height: 640 },
  devices: ['--use-fake-device-for-media-stream=fps=8', '--use-fake-ui-for-media-stream'],
};
const falseName = 'Dr. Fremd';
const afterwards = 'Ich bin noch da';
/** More than the two seconds that the host leaves a page to close its own end. */
const dismissedWithinMs = 10_000;

/** What the attacker's page keeps: its ways to the host and to the other guest, whatever our code does with them. */
type Kept = { connection: RTCPeerConnection; channel: RTCDataChannel }[];

let server: TestServer;
let doctor: Person;
let erika: Person;
let attacker: Person;
let host: Page;
let attackersLink: string;

before(async () => {
  server = await startProduct();
  [doctor, erika, attacker] = (await openPeople(3, light)) as [Person, Person, Person];
  await attacker.page.addInitScript(keepEverything);
  const practice = await openPractice(server);
  const [patient, interpreter] = await Promise.all([
    practice.book('Erika Beispiel'),
    practice.book('Ali Demir'),
  ]);
  const { appointmentId } = patient.expected;
  const expected = { ...interpreter.expected, appointmentId, role: 'interpreter' as const };
  host = await practice.openRoom(doctor, [patient, { ...interpreter, expected }]);
  attackersLink = interpreter.link;
  await goToWaitingRoom(erika.page, patient.link, 'Erika Beispiel');
  await isSeen(erika.page);
  await callIn(host, 'Erika Beispiel');
  await seeMovingPictures(erika.page, 1);
});

after(async () => {
  await doctor.close();
  await server.close();
});

/** Runs in the attacker's page, before ours: it closes no way that a person is spoken to over, and goes on sending. */
function keepEverything(): void {
  const kept: Kept = [];
  class KeptConnection extends RTCPeerConnection {
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      if (label === 'consultation') kept.push({ connection: this, channel });
      return channel;
    }
    override close(): void {
      if (!kept.some(({ connection }) => connection === this)) super.close();
    }
  }
  const replaceTrack = Reflect.get(RTCRtpSender.prototype, 'replaceTrack');
  RTCRtpSender.prototype.replaceTrack = async function (track) {
    if (track) await replaceTrack.call(this, track);
  };
  Object.assign(globalThis, { kept, RTCPeerConnection: KeptConnection });
}

/** Over every way that the attacker still has. */
async function sayOnAllWays(...messages: ChannelMessage[]): Promise<void> {
  await attacker.page.evaluate((all) => {
    for (const { channel } of (globalThis as unknown as { kept: Kept }).kept) {
      if (channel.readyState === 'open') for (const message of all) channel.send(JSON.stringify(message));
    }
  }, messages);
}

/** Of each of the attacker's ways: whether it is open, and how much picture and sound has come over it, in packets. */
async function waysOfAttacker(): Promise<{ isOpen: boolean; packets: number }[]> {
  return attacker.page.evaluate(async () => {
    const { kept } = globalThis as unknown as { kept: Kept };
    return Promise.all(
      kept.map(async ({ connection, channel }) => {
        const reports = [...(await connection.getStats()).values()] as {
          type: string;
          packetsReceived?: number;
        }[];
        const received = reports.filter(({ type }) => type === 'inbound-rtp');
        const packets = received.reduce((sum, { packetsReceived = 0 }) => sum + packetsReceived, 0);
        const isOpen = connection.connectionState === 'connected' || channel.readyState === 'open';
        return { isOpen, packets };
      }),
    );
  });
}

/** Over how many ways something has come within a second and a half. */
async function countArriving(): Promise<number> {
  const earlier = await waysOfAttacker();
  await attacker.page.waitForTimeout(1_500);
  const later = await waysOfAttacker();
  return later.filter(({ packets }, index) => packets > (earlier[index]?.packets ?? 0)).length;
}

async function untilNoWayIsOpen(): Promise<void> {
  const deadline = Date.now() + dismissedWithinMs;
  while ((await waysOfAttacker()).some(({ isOpen }) => isOpen)) {
    assert.ok(Date.now() < deadline, 'the others leave the way of who was seen out open');
    await attacker.page.waitForTimeout(200);
  }
}

async function assertNeverShown(text: string): Promise<void> {
  for (const page of [host, erika.page]) assert.ok(!(await page.content()).includes(text), text);
}

const hello: ChannelMessage = {
  kind: 'hello',
  name: falseName,
  readiness: { camera: 'on', microphone: 'on' },
  waitingForMs: 0,
};

test('a guest who greets a second time, waiting or in the middle, goes on under the name that was heard first', async (story) => {
  await story.test('in the waiting room', async () => {
    await goToWaitingRoom(attacker.page, attackersLink, 'Ali Demir');
    await isSeen(attacker.page);
    await sayOnAllWays(hello);
    await see(host, 'Ali Demir wartet (Dolmetschen)');
    await host.getByRole('button', { name: 'Dazubitten Ali Demir' }).click();
    await see(erika.page, 'Ali Demir ist jetzt dabei.');
    await Promise.all([host, erika.page].map((page) => seeMovingPictures(page, 2)));
    assert.equal(await countArriving(), 2, 'the attacker is in, and sees both');
  });

  await story.test('in consultation, to the host and to the other guest', async () => {
    const id = 'A'.repeat(22);
    const people = [{ id, name: falseName, role: 'relative' as const }];
    await sayOnAllWays(
      hello,
      { kind: 'people', people },
      { kind: 'vouch', id, psk: 'A'.repeat(43), serial: 1, begins: true },
      hello,
    );
    // Messages keep their order: whoever has read this has had the greetings before.
    await say(attacker.page, 'Merhaba');
    for (const page of [host, erika.page]) {
      await page.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
      await see(page, /Ali Demir, \d/);
      await see(page, 'Merhaba');
      await page.keyboard.press('Escape');
    }
    await assertNeverShown(falseName);
    await Promise.all([host, erika.page].map((page) => seeMovingPictures(page, 2)));
  });
});

test('a guest cannot end for another what that one has with the practice', async () => {
  await attacker.page.evaluate(
    (message) => {
      const [, toErika] = (globalThis as unknown as { kept: Kept }).kept;
      toErika?.channel.send(message);
    },
    JSON.stringify({ kind: 'end' }),
  );
  await say(attacker.page, 'Nach dem Ende');
  await erika.page.getByRole('button', { name: /^Chat, 1 ungelesen/ }).click();
  await see(erika.page, 'Nach dem Ende');
  await erika.page.keyboard.press('Escape');
  await seeMovingPictures(erika.page, 2);
});

test('a guest who was seen out and whose page closes nothing sees and hears nobody, and is seen and read by nobody', async () => {
  await host.getByRole('button', { name: 'Mehr' }).click();
  await host.getByRole('button', { name: 'Wer ist dabei' }).click();
  await host.getByRole('button', { name: 'Ali Demir hinausbitten' }).click();
  await see(attacker.page, 'Die Videosprechstunde ist beendet');
  await sayOnAllWays(hello, { kind: 'chat', text: afterwards });
  await see(erika.page, 'Ali Demir ist nicht mehr dabei.');
  await Promise.all([host, erika.page].map((page) => seeMovingPictures(page, 1)));
  await untilNoWayIsOpen();
  assert.equal(await countArriving(), 0);
  await assertNeverShown(afterwards);
  await assertNeverShown(falseName);
  assert.deepEqual(
    [doctor, erika].flatMap(({ problems }) => problems),
    [],
  );
});
