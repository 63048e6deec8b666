import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CDPSession, Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { isAccessible } from './support/invitations.ts';
import { openPractice, today } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { type Relay, startRelay } from './support/relay.ts';
import { goToWaitingRoom, isSeen } from './support/room.ts';
import { see } from './support/senses.ts';

let relay: Relay;
let server: TestServer;
let doctor: Person;
let patient: Person;

before(async () => {
  relay = await startRelay({ peersOfTest: ['127.0.0.1'] });
  server = await startProduct({ config: { relay: relay.config } });
  // No fake answer to the browser's question: the tests say what the person has answered.
  const devices = [
    '--use-fake-device-for-media-stream',
    `--ignore-certificate-errors-spki-list=${relay.certificateHash}`,
  ];
  [doctor, patient] = await Promise.all([openPerson(), openPerson({ devices })]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close()]);
  await server.close();
  await relay.close();
});

type Answer = 'granted' | 'denied';

/** What a person answers for camera and microphone, in the browser's own settings. */
async function answer(page: Page, setting: Answer): Promise<void> {
  const browser = page.context().browser();
  assert.ok(browser);
  const [own, all]: [CDPSession, CDPSession] = await Promise.all([
    page.context().newCDPSession(page),
    browser.newBrowserCDPSession(),
  ]);
  const { targetInfo } = await own.send('Target.getTargetInfo');
  const { browserContextId } = targetInfo;
  assert.ok(browserContextId);
  for (const name of ['camera', 'microphone']) {
    const origin = server.roomOrigin;
    await all.send('Browser.setPermission', { permission: { name }, setting, origin, browserContextId });
  }
}

test('a blocked camera is explained in pictures, the practice sees it and helps, and it goes on by itself', async (story) => {
  const practice = await openPractice(server);
  const appointment = await practice.book('Erika Beispiel');
  const host = await practice.openRoom(doctor, [appointment]);
  const { page } = patient;
  await answer(page, 'denied');
  await goToWaitingRoom(page, appointment.link, 'Erika Beispiel');
  await isSeen(page);

  await story.test('the patient is shown where to press in this very browser', async () => {
    await see(page, 'Ihr Browser darf Kamera und Mikrofon nicht benutzen.');
    await see(
      page,
      'Klicken Sie links neben der Adresse auf das Zeichen mit den zwei Reglern oder dem Schloss.',
    );
    assert.ok((await page.locator('.drawing').count()) >= 2);
    await isAccessible(page);
  });

  await story.test('the practice sees what is wrong, a word each', async () => {
    await see(host, 'Mikrofon gesperrt');
    await see(host, 'Kamera gesperrt');
    await isAccessible(host);
  });

  await story.test(
    'one press shows a sentence large on the patient’s page, and the practice is told',
    async () => {
      await host.getByRole('button', { name: '„Bitte erlauben Sie das Mikrofon.“ zeigen' }).click();
      const sentence = page.getByRole('alert').getByText('Bitte erlauben Sie das Mikrofon.');
      await sentence.waitFor();
      const size = await sentence.evaluate((element) =>
        Number.parseFloat(getComputedStyle(element).fontSize),
      );
      assert.ok(size >= 32, `${size} px`);
      await see(host, 'Wird angezeigt: Bitte erlauben Sie das Mikrofon.');
      await isAccessible(page);
    },
  );

  await story.test(
    'once it is allowed, picture and sound are there without a reload, and the hint is gone',
    async () => {
      await answer(page, 'granted');
      await see(page, 'Ihr Mikrofon hört Sie.');
      assert.equal(await page.getByRole('alert').getByText('Bitte erlauben').count(), 0);
      assert.equal(await page.getByText('Ihr Browser darf').count(), 0);
      await see(host, 'Bereit');
    },
  );

  await story.test('who is not heard in the consultation gets a hint there, and puts it away', async () => {
    await host
      .getByRole('button', { name: /Hereinbitten/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Auflegen' }).waitFor();
    await host.getByRole('button', { name: /^Mehr/ }).click();
    await host.getByRole('button', { name: 'Hinweis zeigen' }).click();
    await host.getByRole('button', { name: 'Bitte sprechen Sie lauter. Wir hören Sie nicht.' }).click();
    await see(page, 'Bitte sprechen Sie lauter. Wir hören Sie nicht.');
    await page.getByRole('button', { name: 'Verstanden' }).click();
    assert.equal(await page.getByText('Bitte sprechen Sie lauter.').count(), 0);
    await host.getByRole('button', { name: 'Beenden' }).click();
    await see(page, 'Die Videosprechstunde ist beendet');
  });
});

test('days before the appointment everything is tested, each way of the relay with data', async (story) => {
  const practice = await openPractice(server);
  const appointment = await practice.book('Hans Beispiel', today(server, 3));
  const page = await patient.context.newPage();
  await answer(page, 'granted');
  await goToWaitingRoom(page, appointment.link, 'Hans Beispiel');
  await see(page, 'Ihr Termin ist nicht heute');
  await page.getByRole('link', { name: 'Technik jetzt schon testen' }).click();
  await see(page, 'Technik testen');
  assert.ok(!page.url().includes(appointment.code));
  await page.getByRole('button', { name: 'Test beginnen' }).click();

  await story.test('picture and sound prove themselves', async () => {
    await see(page, /Ihr Bild ist da, \d+ × \d+ Punkte groß\./);
    await see(page, 'Ihr Mikrofon hört Sie.');
  });

  await story.test('a tone that was not heard has a remedy', async () => {
    await page.getByRole('button', { name: 'Ton abspielen' }).click();
    await page.getByRole('button', { name: 'Nein', exact: true }).click();
    await see(page, 'Stellen Sie die Lautstärke höher');
    await see(page, 'Das geht noch nicht:');
    await page.getByRole('button', { name: 'Noch einmal abspielen' }).click();
    await page.getByRole('button', { name: 'Ja', exact: true }).click();
  });

  await story.test('every port of the relay is open, and data went through each', async () => {
    await see(page, 'Ihre Verbindung reicht für Bild und Ton.', 60_000);
    await page.getByText('Einzelheiten für die Technik').click();
    const rows = await page.locator('.ways tbody tr').allInnerTexts();
    for (const [kind, port] of [
      ['UDP', relay.ports.plain[0]],
      ['TCP', relay.ports.plain[0]],
      ['TLS', relay.ports.tls[0]],
      ['TLS', relay.ports.tls[1]],
    ]) {
      const row = rows.find((text) => text.includes(`${kind} ${port}`));
      assert.match(row ?? '', /offen\s+\d+ ms\s+[\d.]+ kbit\/s/, `${kind} ${port}: ${row}`);
    }
    await see(page, 'Alles bereit für Ihren Termin.');
    await isAccessible(page);
  });

  await story.test('with the relay gone the page says that no way leads out, and what helps', async () => {
    await relay.kill9();
    await page.getByRole('button', { name: 'Noch einmal prüfen' }).click();
    await see(page, 'Aus diesem Netz führt kein Weg für Bild und Ton hinaus.', 60_000);
    await see(page, 'Nehmen Sie ein anderes Netz');
    await see(page, 'Das geht noch nicht:');
  });
  await page.close();
});

test('without a code only the browser is tested, which the page says', async () => {
  const page = await patient.context.newPage();
  await page.goto(server.roomOrigin);
  await page.getByRole('link', { name: 'Technik vorher testen' }).click();
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await page.getByRole('button', { name: 'Test beginnen' }).click();
  await see(page, 'Mit dem Code aus Ihrer Einladung prüfen wir auch den Weg durch das Netz.');
  await see(page, 'Den Weg durch das Netz konnten wir nicht prüfen.', 30_000);
  assert.deepEqual(patient.problems, []);
  await page.close();
});
