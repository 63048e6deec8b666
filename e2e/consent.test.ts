import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openConsent } from '@sprechzimmer/crypto/consent.ts';
import { consentAnswer } from '@sprechzimmer/protocol/invitation.ts';
import type { TestServer } from '../server/testing/test-server.ts';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { type BookedAppointment, openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';

const text = 'Ich bin mit der Videosprechstunde einverstanden.\n<b>Nichts</b> wird aufgezeichnet.';

let server: TestServer;
let doctor: Person;
let patient: Person;
let host: Page;
let appointment: BookedAppointment;

before(async () => {
  server = await startProduct();
  const practice = await openPractice(server);
  [doctor, patient] = await Promise.all([
    openPerson(),
    openPerson({ viewport: { width: 390, height: 844 } }),
  ]);
  appointment = await practice.book('Erika Beispiel', undefined, { consent: text, compareWords: true });
  host = await practice.openRoom(doctor, [appointment]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close()]);
  await server.close();
});

/** The newest answer that the server keeps, opened as the practice's own browser does. */
async function keptAnswer() {
  const row = await server.context.db
    .selectFrom('consent')
    .select(['invitation_id', 'sealed'])
    .executeTakeFirst();
  if (!row) return undefined;
  const opened = await openConsent(fromBase64url(appointment.expected.psk), new Uint8Array(row.sealed));
  const { given, invitationId } = consentAnswer.parse(opened);
  assert.equal(row.invitation_id, appointment.expected.invitationId);
  assert.equal(invitationId, appointment.expected.invitationId);
  return given;
}

async function isKept(given: boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while ((await keptAnswer()) !== given) {
    assert.ok(Date.now() < deadline, 'the server keeps the answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function isInOrder(page: Page): Promise<void> {
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
}

test('a participant is asked for consent, answers, and changes their mind', async (story) => {
  const { page } = patient;
  const asks = () => page.getByRole('button', { name: 'Ich willige ein', exact: true });

  await story.test('the text is there before anything else, as the practice wrote it', async () => {
    await goToWaitingRoom(page, appointment.link, 'Erika Beispiel');
    await asks().waitFor();
    assert.equal(await page.locator('.consent-text').innerText(), text);
    await isInOrder(page);
  });

  await story.test('waiting goes on, and the practice sees that there is no consent yet', async () => {
    await isSeen(page);
    await see(host, 'Einwilligung fehlt');
    assert.equal(await keptAnswer(), undefined);
  });

  await story.test('whoever declines waits on, and may consent after all', async () => {
    await page.getByRole('button', { name: 'Ich willige nicht ein' }).click();
    await see(page, 'Sie haben nicht eingewilligt.');
    await isSeen(page);
    await isKept(false);
    await see(host, 'Einwilligung fehlt');
    await page.getByText('Text der Einwilligung').click();
    await page.getByRole('button', { name: 'Doch einwilligen' }).click();
    await see(page, 'Sie haben eingewilligt.');
    await see(host, 'Einwilligung erteilt');
    await isKept(true);
    await isInOrder(page);
    await isInOrder(host);
  });

  await story.test('a reload does not ask again, and the practice knows the answer', async () => {
    await page.reload();
    await see(page, 'Sie haben eingewilligt.');
    await isSeen(page);
    await see(host, 'Einwilligung erteilt');
    assert.equal(await asks().count(), 0);
  });

  await story.test('on paper there is the text and nothing else', async () => {
    await page.getByText('Text der Einwilligung').click();
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.consent-text').isVisible());
    assert.equal(await page.getByRole('button').filter({ visible: true }).count(), 0);
    await page.emulateMedia({ media: 'screen' });
  });

  await story.test(
    'it is taken back during the consultation, after one question, and seen at once',
    async () => {
      await callIn(host, 'Erika Beispiel');
      await Promise.all([seeMovingPicture(host), seeMovingPicture(page)]);
      assert.equal(await page.getByText('Einwilligung widerrufen').filter({ visible: true }).count(), 0);
      await page.locator('.security-line > summary').click();
      await page.getByRole('button', { name: 'Einwilligung widerrufen' }).click();
      await see(page, 'wirklich widerrufen?');
      await page.getByRole('button', { name: 'Nein' }).click();
      await page.getByRole('button', { name: 'Einwilligung widerrufen' }).click();
      await isInOrder(page);
      await page.getByRole('button', { name: 'Ja, widerrufen' }).click();
      await see(host, 'Einwilligung widerrufen');
      await isKept(false);
      await seeMovingPicture(host);
      await page.locator('.security-line > summary').click();
    },
  );
});

test('words are compared where the invitation went through the server', async (story) => {
  const { page } = patient;
  const panel = () => host.locator('.compare-words');

  await story.test('the host sees them at once, with both answers, beside the picture', async () => {
    await see(
      host,
      'Diese Einladung ging über den Server. Bitte vergleichen Sie die drei Wörter mit Erika Beispiel:',
    );
    const words = await panel().locator('.words').innerText();
    await page.locator('.security-line > summary').click();
    assert.equal(await page.locator('.security-line .words').innerText(), words);
    await page.locator('.security-line > summary').click();
    const [notice, picture] = await Promise.all(
      ['.consultation-notice', '.remote-picture'].map((box) => host.locator(box).boundingBox()),
    );
    assert.ok(notice && picture && notice.y + notice.height <= picture.y + 1, 'not over the picture');
    assert.ok(picture.height > 150);
    await isInOrder(host);
  });

  await story.test('“the same” is asked once, and then it is quiet', async () => {
    await host.getByRole('button', { name: 'Stimmen überein' }).click();
    assert.equal(await panel().count(), 0);
    await seeMovingPicture(host);
    const picture = await host.locator('.remote-picture').boundingBox();
    assert.equal(picture?.y, 0);
  });

  await story.test('a new connection has new words, and they are asked about anew', async () => {
    await page.reload();
    await panel().waitFor();
  });

  await story.test('“not the same” ends it on the red page at both ends, with no way back', async () => {
    await host.getByRole('button', { name: 'Stimmen nicht überein' }).click();
    await see(host, 'Verbindung nicht sicher – abgebrochen');
    await see(host, 'Betroffen ist Erika Beispiel.');
    await see(page, 'Verbindung nicht sicher – abgebrochen');
    await isInOrder(host);
    await host.getByRole('button', { name: 'Verstanden, zurück zum Sprechzimmer' }).click();
    await see(host, 'Abgebrochen: Verbindung nicht sicher');
    await goToWaitingRoom(page, appointment.link, 'Erika Beispiel');
    await see(page, 'Die sichere Verbindung wird gerade aufgebaut.');
    assert.equal(await host.getByRole('button', { name: 'Hereinbitten' }).count(), 0);
  });

  await story.test('nothing went wrong on the way that only a browser would tell', () => {
    assert.deepEqual([...doctor.problems, ...patient.problems], []);
  });
});
