import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPerson, type Person } from './support/browsers.ts';
import { bookAppointment, closeInvitation, registerPractice } from './support/practice-app.ts';
import { type ProductProcess, startProductProcess } from './support/product-process.ts';
import { callIn, goToWaitingRoom, isSeen, say } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';
import { openFromMenu } from './support/users.ts';

/** One for each field that a person fills in and the server must not learn. The login's address is the server's to know. */
const canaries = {
  practiceName: 'KanarieApraxis',
  telephone: '0305550199',
  userName: 'KanarieBärztin',
  deviceName: 'KanarieCgeraet',
  participant: 'KanarieDerwartet',
  contact: 'kanarie.e@patient.example',
  note: 'KanarieFnotiz',
  savedContact: 'KanarieJkontakt',
  savedAddress: 'kanarie.k@patient.example',
  savedNumber: '0305550188',
  consentText: 'KanarieLeinwilligung',
  givenName: 'KanarieGangegeben',
  chatOfPatient: 'KanarieHchat',
  chatOfHost: 'KanarieIchat',
};

let product: ProductProcess;
let doctor: Person;
let patient: Person;
/** Every byte that went to or came from the server, one entry a frame, body or address. */
const wire: Buffer[] = [];

before(async () => {
  product = await startProductProcess();
  [doctor, patient] = await Promise.all([openPerson(), openPerson()]);
  for (const person of [doctor, patient]) {
    person.context.on('page', listen);
    listen(person.page);
  }
});

after(async () => {
  await Promise.all([doctor.close(), patient.close()]);
  await product.close();
});

function listen(page: Page): void {
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => wire.push(Buffer.from(payload)));
    socket.on('framereceived', ({ payload }) => wire.push(Buffer.from(payload)));
  });
  page.on('request', (request) => {
    // A browser never sends the fragment; Playwright tells the address with it.
    const [address = ''] = request.url().split('#');
    wire.push(Buffer.from(address), request.postDataBuffer() ?? Buffer.alloc(0));
    wire.push(Buffer.from(JSON.stringify(request.headers())));
  });
}

/** What a practice writes down beside its appointments. */
async function writeDown(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Kontakte', exact: true }).click();
  await page.getByRole('button', { name: 'Kontakt hinzufügen' }).click();
  await page.getByLabel('Name').fill(canaries.savedContact);
  await page.getByLabel(/^E-Mail/).fill(canaries.savedAddress);
  await page.getByLabel(/^Telefon/).fill(canaries.savedNumber);
  await page.getByRole('button', { name: 'Kontakt speichern' }).click();
  await see(page, `${canaries.savedContact} ist gespeichert.`);
  await openFromMenu(page, 'Einstellungen');
  await page.getByRole('button', { name: /^Einwilligung/ }).click();
  await page.getByLabel('Text auf Deutsch').fill(canaries.consentText);
  await page.getByRole('button', { name: 'Einwilligung speichern' }).click();
  await see(page, 'Die Einwilligung ist gespeichert.');
  await page.getByRole('button', { name: 'Heute', exact: true }).click();
}

test('the server sees nothing of what people write, say or are called', async () => {
  const { recoveryCode } = await registerPractice(doctor.page, product.practiceOrigin, canaries);
  const { participant, contact, note, givenName, chatOfHost, chatOfPatient } = canaries;
  const link = await bookAppointment(doctor.page, { name: participant, contact, note });
  await closeInvitation(doctor.page);
  await writeDown(doctor.page);
  const popup = doctor.page.waitForEvent('popup');
  await doctor.page.getByRole('button', { name: 'Sprechzimmer öffnen' }).click();
  const host = await popup;
  await goToWaitingRoom(patient.page, link, givenName);
  await isSeen(patient.page);
  await callIn(host, givenName);
  await seeMovingPicture(patient.page);
  await say(patient.page, chatOfPatient);
  await host.getByRole('button', { name: /^Chat, 1/ }).click();
  await host.getByLabel('Ihre Nachricht').fill(chatOfHost);
  await host.getByRole('button', { name: 'Senden' }).click();
  await see(host, chatOfHost);
  await host.getByRole('button', { name: 'Beenden' }).click();
  await see(patient.page, 'beendet');
  await host.getByRole('button', { name: 'Nachweis ansehen' }).click();
  await see(host, 'Der Nachweis liegt verschlüsselt beim Termin');
  const recorded = host.locator('.record-sheet dd').filter({ hasText: / · |SHA-256 / });
  const wordsAndCertificates = await recorded.allInnerTexts();
  assert.equal(wordsAndCertificates.length, 3);

  const code = link.split('#')[1] ?? '';
  const grouped = code.match(/.{4}/g)?.join('-') ?? '';
  const secrets = [
    ...Object.values(canaries),
    code,
    grouped,
    recoveryCode,
    ...wordsAndCertificates.map((text) => text.split('\n')[0] ?? ''),
    'a=fingerprint',
    'candidate:',
    'a=ice-ufrag',
  ];
  assert.equal(code.length, 12);
  const log = await readFile(join(product.dataDir, 'server.log'));
  await product.kill9();
  const database = await readAll(product.dataDir);

  assert.ok(wire.length > 30 && wire.some((part) => part.includes('join')), 'the wire was listened to');
  assert.ok(log.includes('"level"'), 'the log was read');
  assert.ok(
    database.some((file) => file.includes('@praxis.example')),
    'the database was read',
  );
  const places = { wire, log: [log], output: [Buffer.from(product.output())], database };
  for (const [place, parts] of Object.entries(places)) {
    for (const secret of secrets) assert.ok(!holds(parts, secret), `${place} holds ${secret}`);
  }
  await product.restart();
});

test('the search finds a canary in every form it may hide in', () => {
  const bytes = Buffer.from('KanarieBärztin');
  const hidden = ['', 'x', 'xy'].map((before) =>
    Buffer.from(`${before}KanarieBärztin und mehr`).toString('base64url'),
  );
  for (const text of [...hidden, `\\x${bytes.toString('hex')}`, 'Frau KanarieBärztin!']) {
    assert.ok(holds([Buffer.from(`{"field":"${text}"}`)], 'KanarieBärztin'), text);
  }
});

/** Whether any part holds the text, plain, as hex, or anywhere within base64. */
function holds(parts: Buffer[], text: string): boolean {
  const bytes = Buffer.from(text);
  const needles = [text, bytes.toString('hex'), bytes.toString('utf16le')];
  for (const shift of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // The first and last symbols depend on the neighbours.
    needles.push(shifted.slice(shift === 0 ? 0 : 4, Math.floor(((shift + bytes.length) * 8) / 6)));
  }
  const forms = needles.flatMap((needle) => [needle, needle.replaceAll('+', '-').replaceAll('/', '_')]);
  return parts.some((part) => forms.some((form) => part.includes(form)));
}

/** Every file of the data folder: tables, indexes and the write-ahead log, as they lie on the disk. */
async function readAll(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))));
}
