import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { exportPublicKey, generateDeviceKeys } from '@sprechzimmer/crypto/device-keys.ts';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { Page } from 'playwright-core';
import { accessibilityProblems } from '../../web/room/testing/accessibility.ts';
import { openPerson, type Person, type PersonOptions } from '../support/browsers.ts';
import {
  approveWaiting,
  askToJoin,
  bookAppointment,
  closeInvitation,
  openDevices,
  password,
  recoverPractice,
  registerPractice,
  removeDevice,
  takeIn,
  typeSignIn,
} from '../support/practice-app.ts';
import { startProduct } from '../support/product.ts';
import { see } from '../support/senses.ts';

const server = await startProduct();
after(() => server.close());
const { db } = server.context;

const desk: PersonOptions = {};
const phone: PersonOptions = { viewport: { width: 390, height: 844 } };

/** Two browsers with nothing in common, as at two desks. */
async function withTwo(
  story: (first: Person, second: Person) => Promise<void>,
  options: PersonOptions = desk,
): Promise<void> {
  const [first, second] = await Promise.all([openPerson(), openPerson(options)]);
  try {
    for (const { page } of [first, second]) page.setDefaultTimeout(15_000);
    await story(first, second);
    assert.deepEqual([...first.problems, ...second.problems], []);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
}

async function practiceOf(email: string): Promise<string> {
  const row = await db
    .selectFrom('practice_user')
    .where('email', '=', email)
    .select('practice_id')
    .executeTakeFirstOrThrow();
  return row.practice_id;
}

async function devicesOf(practiceId: string) {
  return db.selectFrom('device').where('practice_id', '=', practiceId).select('id').execute();
}

/** The generations of everything that lies sealed. */
async function generationsOf(practiceId: string): Promise<number[]> {
  const appointments = await db
    .selectFrom('appointment')
    .where('practice_id', '=', practiceId)
    .select('generation')
    .execute();
  const profiles = await db
    .selectFrom('profile')
    .where('practice_id', '=', practiceId)
    .select('generation')
    .execute();
  return [...new Set([...appointments, ...profiles].map(({ generation }) => generation))];
}

test('a second device is taken in by its code and goes on by itself', () =>
  withTwo(async ({ page }, { page: second }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    await bookAppointment(page, { name: 'Frau Muster' });
    await closeInvitation(page);
    const code = await askToJoin(second, server.practiceOrigin, { email, deviceName: 'Empfang' });
    assert.deepEqual(await accessibilityProblems(second), []);
    await approveWaiting(page, code);
    await see(page, 'Das Gerät „Empfang“ ist freigegeben.');
    await see(second, 'Dieses Gerät ist freigegeben');
    await second.getByRole('button', { name: 'Hier weiterarbeiten' }).click();
    await see(second, 'Frau Muster');
    await openDevices(second);
    await see(second, ', von Dr. Erika Sommer');
    await see(second, '(dieses Gerät)');
    assert.deepEqual(await accessibilityProblems(second), []);
  }, phone));

test('a scanned code fills itself in and leaves the address bar; a wrong one tells what is left', () =>
  withTwo(async ({ page }, { page: second }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    const code = await askToJoin(second, server.practiceOrigin, { email, deviceName: 'Empfang' });
    await page.goto(`${server.practiceOrigin}/#approve=${code.replaceAll('-', '')}`);
    await see(page, 'Neues Gerät freigeben');
    await page.getByLabel('Code vom neuen Gerät').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.equal(new URL(page.url()).hash, '');
    const field = page.getByLabel('Code vom neuen Gerät');
    assert.equal((await field.inputValue()).replaceAll('-', ''), code.replaceAll('-', ''));
    await field.fill('0000-0000-0000');
    await page.getByLabel('Zur Sicherheit: Ihr Passwort').fill(password);
    await page.getByRole('button', { name: 'Gerät freigeben' }).click();
    await see(page, 'Sie haben noch 2 Versuche.');
    await field.fill(code);
    await page.getByLabel('Zur Sicherheit: Ihr Passwort').fill('nicht das Passwort');
    await page.getByRole('button', { name: 'Gerät freigeben' }).click();
    await see(page, 'Das Passwort stimmt nicht.');
    await page.getByLabel('Zur Sicherheit: Ihr Passwort').fill(password);
    await page.getByRole('button', { name: 'Gerät freigeben' }).click();
    await see(page, 'Das Gerät „Empfang“ ist freigegeben.');
  }));

test('keys that are swapped on the way to the main user end in an alarm, and nothing leaves', () =>
  withTwo(async ({ page }, { page: second }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    const practiceId = await practiceOf(email);
    const foreign = await generateDeviceKeys();
    const agreeKey = toBase64url(await exportPublicKey(foreign.agree.publicKey));
    await page.route('**/api/device/requests', async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      await route.fulfill({ response, body: text.replace(/"agreeKey":"[^"]+"/, `"agreeKey":"${agreeKey}"`) });
    });
    const code = await askToJoin(second, server.practiceOrigin, { email, deviceName: 'Empfang' });
    await approveWaiting(page, code);
    await see(page, 'Nicht freigegeben: Jemand greift ein');
    await see(second, 'Ihre Praxis hat dieses Gerät nicht freigegeben.');
    assert.equal((await devicesOf(practiceId)).length, 1);
    const entries = await db
      .selectFrom('membership_entry')
      .where('practice_id', '=', practiceId)
      .select('seq')
      .execute();
    assert.equal(entries.length, 1);
  }));

test('a device that was put straight into the database raises the alarm and gets no key', () =>
  withTwo(async ({ page }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    const practiceId = await practiceOf(email);
    const { sign, agree } = await generateDeviceKeys();
    const id = crypto.randomUUID();
    await db
      .insertInto('device')
      .values({
        id,
        practice_id: practiceId,
        sign_key: Buffer.from(await exportPublicKey(sign.publicKey)),
        agree_key: Buffer.from(await exportPublicKey(agree.publicKey)),
        created_at: new Date(),
      })
      .execute();
    await page.reload();
    await see(page, 'Achtung: Hier stimmt etwas nicht');
    await see(page, 'Der Server nennt ein Gerät oder eine Person');
    await see(page, 'Geben Sie hier nichts ein');
    assert.equal(await page.getByRole('textbox').count(), 0);
    assert.deepEqual(await accessibilityProblems(page), []);
    const wraps = await db.selectFrom('practice_key_wrap').where('device_id', '=', id).selectAll().execute();
    assert.deepEqual(wraps, []);
  }));

test('a log that has become shorter raises the alarm', () =>
  withTwo(async ({ page }, { page: second }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    const practiceId = await practiceOf(email);
    const [first] = await devicesOf(practiceId);
    await takeIn(page, second, server.practiceOrigin, { email, deviceName: 'Empfang' });
    await db
      .deleteFrom('membership_entry')
      .where('practice_id', '=', practiceId)
      .where('seq', '=', 1)
      .execute();
    await db
      .deleteFrom('device')
      .where('practice_id', '=', practiceId)
      .where('id', '!=', first?.id ?? '')
      .execute();
    await page.reload();
    await see(page, 'fehlt etwas, das dieses Gerät schon gesehen hat');
  }));

test('a paused device is shut out until it is approved again', () =>
  withTwo(async ({ page }, { page: second }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    await takeIn(page, second, server.practiceOrigin, { email, deviceName: 'Empfang' });
    await openDevices(page);
    await page.getByRole('button', { name: 'Gerät „Empfang“ pausieren' }).click();
    await page.getByLabel('Zur Sicherheit: Ihr Passwort').fill(password);
    await page.getByRole('button', { name: 'Pausieren', exact: true }).click();
    await see(page, 'Das Gerät „Empfang“ ist pausiert.');
    await typeSignIn(second, email);
    await second.locator('.notice-bad').waitFor();
    await page.getByRole('button', { name: 'Gerät „Empfang“ wieder freigeben' }).click();
    await page.getByLabel('Zur Sicherheit: Ihr Passwort').fill(password);
    await page.getByRole('button', { name: 'Wieder freigeben', exact: true }).click();
    await see(page, 'Das Gerät „Empfang“ ist wieder freigegeben.');
    await typeSignIn(second, email);
    await second.getByRole('button', { name: 'Hier weitermachen' }).waitFor();
  }));

test('what a removed device has kept opens nothing that is there from then on', () =>
  withTwo(async ({ page }, { page: second }) => {
    const { email } = await registerPractice(page, server.practiceOrigin);
    const practiceId = await practiceOf(email);
    const link = await bookAppointment(page, { name: 'Frau Muster' });
    await closeInvitation(page);
    await takeIn(page, second, server.practiceOrigin, { email, deviceName: 'Empfang' });
    await removeDevice(page, 'Empfang');
    await see(page, 'Alles hat den neuen Schlüssel');
    assert.deepEqual(await generationsOf(practiceId), [2]);
    const wraps = await db
      .selectFrom('practice_key_wrap')
      .innerJoin('device', 'device.id', 'practice_key_wrap.device_id')
      .where('practice_id', '=', practiceId)
      .select(['device_id', 'generation'])
      .execute();
    const left = await devicesOf(practiceId);
    assert.deepEqual(
      wraps,
      left.map(({ id }) => ({ device_id: id, generation: 2 })),
    );
    await typeSignIn(second, email);
    await second.locator('.notice-bad').waitFor();

    await page.getByRole('button', { name: 'Neue Codes für kommende Termine' }).click();
    await page.getByRole('button', { name: 'Neue Codes für kommende Termine' }).click();
    await see(page, 'Diese Personen brauchen ihren neuen Code.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Einladung für Frau Muster' }).click();
    const renewed = await page.locator('.copyable-text').filter({ hasText: '/#' }).innerText();
    assert.notEqual(renewed, link);
  }));

/** The page dies at its `step`th request that changes members or seals records, before or after it has arrived. */
async function dieAt(page: Page, step: number, arrives: boolean): Promise<void> {
  const gone = new Promise<void>((resolve) => page.once('close', () => resolve()));
  let count = 0;
  await page.route(/\/api\/membership\//, async (route) => {
    count += 1;
    if (count < step) return route.continue();
    if (count === step && arrives) await route.fetch();
    await route.abort(); // else closing the page would let it through
    void page.close();
  });
  await removeDevice(page, 'Empfang').catch(() => undefined);
  await gone;
}

for (const step of [1, 2, 3, 4]) {
  for (const arrives of [false, true]) {
    test(`a renewal that dies at request ${step}, ${arrives ? 'after' : 'before'} it has arrived, is taken up without loss`, () =>
      withTwo(async ({ page, context }, { page: second }) => {
        const { email } = await registerPractice(page, server.practiceOrigin);
        const practiceId = await practiceOf(email);
        await bookAppointment(page, { name: 'Frau Muster' });
        await closeInvitation(page);
        await takeIn(page, second, server.practiceOrigin, { email, deviceName: 'Empfang' });
        await dieAt(page, step, arrives);

        const next = await context.newPage();
        next.setDefaultTimeout(15_000);
        await next.goto(server.practiceOrigin);
        await see(next, 'Frau Muster');
        if (step === 1 && !arrives) await removeDevice(next, 'Empfang');
        if ((step === 1 && arrives) || (step === 2 && !arrives)) {
          await see(next, 'Der Schlüssel Ihrer Praxis ist noch der alte');
          await next.getByLabel('Zur Sicherheit: Ihr Passwort').fill(password);
          await next.getByRole('button', { name: 'Schlüssel erneuern' }).click();
        }
        if (!(step === 4 && arrives)) await see(next, 'Alles hat den neuen Schlüssel');
        assert.deepEqual(await generationsOf(practiceId), [2]);
        assert.equal((await devicesOf(practiceId)).length, 1);
        await next.reload();
        await see(next, 'Frau Muster');
      }));
  }
}

test('all devices lost: sheet and password open everything on a new one, and the old ones are out', () =>
  withTwo(async ({ page }, { page: second }) => {
    const { email, recoveryCode } = await registerPractice(page, server.practiceOrigin);
    const practiceId = await practiceOf(email);
    await bookAppointment(page, { name: 'Frau Muster' });
    await closeInvitation(page);
    const given = { email, recoveryCode, deviceName: 'Empfang' };
    const newCode = await recoverPractice(second, server.practiceOrigin, given);
    assert.notEqual(newCode, recoveryCode);
    await see(second, 'Frau Muster');
    await see(second, 'Ihre Praxis wurde wiederhergestellt');
    assert.deepEqual(await accessibilityProblems(second), []);
    await second.getByRole('button', { name: 'Verstanden' }).click();
    await second.getByText('Ihre Praxis wurde wiederhergestellt').waitFor({ state: 'detached' });
    await see(second, 'Alles hat den neuen Schlüssel');
    assert.deepEqual(await generationsOf(practiceId), [2]);
    await page.reload();
    await typeSignIn(page, email);
    await page.locator('.notice-bad').waitFor();
    assert.equal(await page.getByText('Frau Muster').count(), 0);
  }));
