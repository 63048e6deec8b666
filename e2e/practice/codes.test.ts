import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { generateCode } from '@sprechzimmer/crypto/code.ts';
import type { TestServer } from '../../server/testing/test-server.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import { openPractice, today } from '../support/practice.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';

let server: TestServer;
let practice: Awaited<ReturnType<typeof openPractice>>;
let patient: Person;

before(async () => {
  server = await startProduct();
  practice = await openPractice(server);
  patient = await openPerson({ viewport: { width: 390, height: 844 } });
});

after(async () => {
  await patient.close();
  await server.close();
});

/** Types a code and a name into a new tab, and tries to go in. */
async function enter(code: string): Promise<{ page: Page; sent: string[] }> {
  await Promise.all(patient.context.pages().map((page) => page.close()));
  const page = await patient.context.newPage();
  const sent: string[] = [];
  await page.goto(server.roomOrigin);
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url());
  });
  await page.getByLabel('Ihr Code').fill(code);
  await page.getByLabel('Ihr Name').fill('Erika Beispiel');
  await page.getByRole('button', { name: 'Ins Wartezimmer' }).click();
  return { page, sent };
}

test('a code is taken as people type it, and told to be right', async () => {
  const { code } = await practice.book('Erika Beispiel');
  const { page } = patient;
  await page.goto(server.roomOrigin);
  await page
    .getByLabel('Ihr Code')
    .pressSequentially(code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'));
  await see(page, 'Der Code ist richtig geschrieben.');
  await page.getByLabel('Ihr Name').fill('Erika Beispiel');
  await page.getByRole('button', { name: 'Ins Wartezimmer' }).click();
  await see(page, 'Die Praxis ist noch nicht da.');
  await page.getByRole('button', { name: 'Wartezimmer verlassen' }).click();
});

test('a mistyped code is told at once, and nothing is sent', async () => {
  const code = generateCode();
  const wrong = (code.startsWith('A') ? 'B' : 'A') + code.slice(1);
  const { page, sent } = await enter(wrong);
  await see(page, 'Da ist ein Tippfehler.');
  await page.waitForTimeout(500);
  assert.deepEqual(sent, []);
});

test('a right code on another day shows the date and lets nobody in', async () => {
  const tomorrow = today(server, 1);
  const { code } = await practice.book('Erika Beispiel', tomorrow);
  const { page } = await enter(code);
  await see(page, 'Ihr Termin ist nicht heute');
  const day = new Intl.DateTimeFormat('de-DE', { day: 'numeric', month: 'long' }).format(
    new Date(`${tomorrow}T12:00`),
  );
  await see(page, day);
  await see(page, '10:30');
  await see(page, 'Dieser Code öffnet an diesem Tag.');
  assert.equal(await page.getByText('Wartezimmer').filter({ visible: true }).count(), 0);
});

test('an unknown and a revoked code get the same answer, and after ten of them a clear wait', async () => {
  const revoked = await practice.book('Erika Beispiel');
  await practice.practice.client.appointment.cancel({ id: revoked.id, version: revoked.version });
  const answers: string[] = [];
  for (const code of [revoked.code, generateCode()]) {
    const { page } = await enter(code);
    await see(page, 'Dieser Code gilt nicht');
    answers.push(await page.locator('main').innerText());
  }
  assert.equal(answers[0], answers[1]);
  for (let attempt = 3; attempt <= 10; attempt++) {
    const { page } = await enter(generateCode());
    await see(page, 'Dieser Code gilt nicht');
  }
  const { page } = await enter(generateCode());
  await see(page, 'Zu viele Versuche');
  await see(page, /Bitte warten Sie noch .* Minuten/);
});
