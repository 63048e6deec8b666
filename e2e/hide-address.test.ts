import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { isAccessible } from './support/invitations.ts';
import { openPractice } from './support/practice.ts';
import { bookAppointment, closeInvitation, registerPractice } from './support/practice-app.ts';
import { startProduct } from './support/product.ts';
import { type Relay, startRelay } from './support/relay.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

/** Short, so that these tests outlive what a patient was given at first; renewed after half of it. */
const credentialMinutes = 0.5;
const relayed = 'Verschlüsselt, über eine Zwischenstelle';

let relay: Relay;
let server: TestServer;
let doctor: Person;
let patient: Person;
/** Of another practice, whose app knows nothing of the first. */
let colleague: Person;
/** Waits from the beginning. */
let max: Awaited<ReturnType<typeof waitingPatient>>;

before(async () => {
  relay = await startRelay({ peersOfTest: ['127.0.0.1'] });
  server = await startProduct({ config: { relay: { ...relay.config, credentialMinutes } } });
  [doctor, patient, colleague] = await Promise.all([openPerson(), openPerson(), openPerson()]);
  await Promise.all([doctor, patient, colleague].map(({ context }) => context.addInitScript(noteCandidates)));
  max = await waitingPatient('Max Muster');
});

after(async () => {
  await Promise.all([doctor.close(), patient.close(), colleague.close()]);
  await server.close();
  await relay.close();
});

/** Runs in each page: keeps every candidate that any connection gives out, in events and in descriptions. */
const noteCandidates = `{
  const Plain = RTCPeerConnection;
  globalThis.notedCandidates = [];
  globalThis.RTCPeerConnection = class extends Plain {
    constructor(options) {
      super(options);
      this.addEventListener('icecandidate', ({ candidate }) => candidate && notedCandidates.push(candidate.candidate));
    }
    get localDescription() {
      const description = super.localDescription;
      notedCandidates.push(...(description?.sdp.match(/candidate:.*/g) ?? []));
      return description;
    }
  };
}`;

/** A page of its own, and until when each of the credentials lasts that it gets. */
async function waitingPatient(name: string) {
  const practice = await openPractice(server);
  const appointment = await practice.book(name);
  const page = await patient.context.newPage();
  const expiries: number[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const expiry = /"username":"(\d+):/.exec(String(payload))?.[1];
      if (expiry) expiries.push(Number(expiry) * 1000);
    }),
  );
  await goToWaitingRoom(page, appointment.link, name);
  await see(page, 'Die Praxis ist noch nicht da.');
  const openRoom = () => practice.openRoom(colleague, [appointment], { hideAddress: true });
  return { page, expiries, openRoom };
}

async function candidatesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { notedCandidates: string[] }).notedCandidates);
}

/** Only the relay's address, and nothing behind it. */
async function givesOnlyRelayed(page: Page): Promise<void> {
  const candidates = await candidatesOf(page);
  assert.ok(candidates.length > 0);
  for (const candidate of candidates) {
    assert.match(candidate, / 127\.0\.0\.1 \d+ typ relay raddr 0\.0\.0\.0 rport 0/);
  }
}

async function talkRelayed(host: Page, guest: Page, name: string): Promise<void> {
  await callIn(host, name);
  await Promise.all([seeMovingPicture(host), seeMovingPicture(guest)]);
  await Promise.all([hear(host), hear(guest)]);
  await Promise.all([see(host, relayed), see(guest, relayed)]);
  await Promise.all([givesOnlyRelayed(host), givesOnlyRelayed(guest)]);
}

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Menü$/ }).click();
  await page.getByRole('button', { name: 'Einstellungen', exact: true }).click();
  await see(page, 'IP-Adressen im Gespräch');
}

test('a practice hides IP addresses, and from then on no address but the relay’s leaves either side', async (story) => {
  const { page } = doctor;
  let link = '';

  await story.test('the main user chooses it, and it is still chosen after a reload', async () => {
    await registerPractice(page, server.practiceOrigin);
    link = await bookAppointment(page, { name: 'Erika Beispiel' });
    await closeInvitation(page);
    await openSettings(page);
    const choice = page.getByRole('checkbox', { name: 'IP-Adresse verbergen' });
    await choice.check();
    await see(page, 'Gespeichert.');
    await isAccessible(page);
    await page.reload();
    await openSettings(page);
    assert.ok(await choice.isChecked());
    await page.getByRole('button', { name: 'Zurück' }).click();
  });

  await story.test('a consultation goes through the relay, and each side says so', async () => {
    await goToWaitingRoom(patient.page, link, 'Erika Beispiel');
    const popup = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
    const host = await popup;
    await isSeen(patient.page);
    await talkRelayed(host, patient.page, 'Erika Beispiel');
    await host.getByText(relayed).click();
    await see(host, 'oder die Praxis IP-Adressen verbirgt');
    await host.close();
  });

  await story.test('when the operator takes the relay away, the settings say what that means', async () => {
    const { config } = server.context;
    const had = config.relay;
    config.relay = undefined;
    await page.reload();
    await openSettings(page);
    await see(page, 'Solange IP-Adressen verborgen werden, ist kein Gespräch möglich.');
    await isAccessible(page);
    const choice = page.getByRole('checkbox', { name: 'IP-Adresse verbergen' });
    await choice.uncheck();
    await see(page, 'Ihr Betreiber hat keine Zwischenstelle eingerichtet');
    assert.ok(await choice.isDisabled());
    await isAccessible(page);
    config.relay = had;
  });
});

test('whoever holds an appointment by its host code hides addresses, too', async () => {
  const practice = await openPractice(server);
  const appointment = await practice.book('Ada Beispiel', undefined, { hideAddress: true });
  await goToWaitingRoom(patient.page, appointment.link, 'Ada Beispiel');
  const host = await colleague.context.newPage();
  await host.goto(`${server.roomOrigin}/?host-code#${appointment.hostCode}`);
  await host.getByRole('button', { name: 'Termin öffnen' }).click();
  await host.getByRole('button', { name: 'Sprechzimmer für diesen Termin öffnen' }).click();
  await isSeen(patient.page);
  await talkRelayed(host, patient.page, 'Ada Beispiel');
  await host.close();
});

test('whoever has waited longer than their first credentials last is relayed by the renewed ones', async () => {
  const [first = 0] = max.expiries;
  while (Date.now() < first + 1_000) await max.page.waitForTimeout(200);
  assert.ok((max.expiries.at(-1) ?? 0) > Date.now(), 'renewed on the same socket');
  const host = await max.openRoom();
  await isSeen(max.page);
  await talkRelayed(host, max.page, 'Max Muster');
});
