import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestServer } from '../server/testing/test-server.ts';
import { accessibilityProblems } from '../web/room/testing/accessibility.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { acceptFile, dropFiles, fileRow, openFiles, saveFile, sendFiles } from './support/files.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen, say } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';

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

function file(name: string, content: string | Buffer, mimeType = 'application/pdf') {
  return { name, mimeType, buffer: Buffer.from(content) };
}

/** Two people in consultation. */
async function meet(prepare?: (page: Page) => Promise<void>): Promise<{ host: Page; page: Page }> {
  const appointment = await practice.book('Erika Beispiel');
  const host = await practice.openRoom(doctor, [appointment]);
  const page = await patient.context.newPage();
  await prepare?.(page);
  await goToWaitingRoom(page, appointment.link, 'Erika Beispiel');
  await isSeen(page);
  await callIn(host, 'Erika Beispiel');
  await Promise.all([seeMovingPicture(host), seeMovingPicture(page)]);
  return { host, page };
}

async function part({ host, page }: { host: Page; page: Page }): Promise<void> {
  await page.close({ runBeforeUnload: false });
  await host.close({ runBeforeUnload: false });
}

test('files go both ways', async (story) => {
  const { host, page } = await meet();
  const report = randomBytes(3_000_000);

  await story.test(
    'the patient offers one, and the practice is told quietly, with name and size',
    async () => {
      await sendFiles(page, file('Befund.pdf', report));
      await see(host, 'Erika Beispiel möchte eine Datei senden');
      await host.getByRole('button', { name: 'möchte eine Datei senden' }).click();
      await see(host, 'Befund.pdf');
      await see(host, 'PDF-Datei · 2,9 MB');
      assert.equal(await host.getByRole('button', { name: 'Speichern' }).count(), 0);
      assert.deepEqual(await accessibilityProblems(host), []);
    },
  );

  await story.test('it comes once it was accepted, is checked, and can be saved as it was', async () => {
    await acceptFile(host, 'Befund.pdf');
    await see(host, 'Vollständig da und geprüft.');
    await see(page, 'Angekommen.');
    const saved = await saveFile(host, 'Befund.pdf');
    assert.equal(saved.name, 'Befund.pdf');
    assert.ok(saved.content.equals(report));
    await see(host, 'Gespeichert. Die Datei liegt bei Ihren Downloads.');
  });

  await story.test('the practice sends several at once, and all are accepted with one press', async () => {
    const contents = [1, 2, 3].map((number) => file(`Blatt ${number}.txt`, `Blatt ${number}`, 'text/plain'));
    await sendFiles(host, ...contents);
    await page.getByRole('button', { name: 'Alle 3 annehmen' }).click();
    for (const { name, buffer } of contents) {
      await fileRow(page, name).getByText('Vollständig da').waitFor();
      assert.ok((await saveFile(page, name)).content.equals(buffer));
    }
  });

  await story.test(
    'what was dropped anywhere on the page is offered, with its progress, and can be cancelled',
    async () => {
      await dropFiles(page, [{ name: 'Film.mp4', size: 150_000_000 }]);
      await acceptFile(host, 'Film.mp4');
      await fileRow(page, 'Film.mp4').getByRole('progressbar').waitFor();
      await fileRow(host, 'Film.mp4')
        .getByText(/ von 143 MB/)
        .waitFor();
      await seeMovingPicture(host);
      await fileRow(page, 'Film.mp4').getByRole('button', { name: 'Abbrechen' }).click();
      await fileRow(host, 'Film.mp4').getByText('Erika Beispiel hat abgebrochen.').waitFor();
      await fileRow(page, 'Film.mp4').getByText('Abgebrochen.').waitFor();
    },
  );

  await story.test('the one who receives may cancel as well', async () => {
    await dropFiles(host, [{ name: 'Kurs.mp4', size: 150_000_000 }]);
    await acceptFile(page, 'Kurs.mp4');
    await fileRow(page, 'Kurs.mp4')
      .getByText(/ von 143 MB/)
      .waitFor();
    await fileRow(page, 'Kurs.mp4').getByRole('button', { name: 'Abbrechen' }).click();
    await fileRow(host, 'Kurs.mp4').getByText('hat abgebrochen.').waitFor();
  });

  await story.test('who does not want a file declines it', async () => {
    await sendFiles(page, file('Werbung.pdf', 'Werbung'));
    await fileRow(host, 'Werbung.pdf').getByRole('button', { name: 'Ablehnen' }).click();
    await fileRow(page, 'Werbung.pdf').getByText('hat abgelehnt.').waitFor();
  });

  await story.test('a file of 201 MB is not even offered, and the sentence says why', async () => {
    await dropFiles(page, [{ name: 'Lang.mp4', size: 201 * 1024 * 1024 }]);
    await fileRow(page, 'Lang.mp4').getByText('Zu groß: Möglich sind höchstens 200 MB.').waitFor();
    assert.equal(await fileRow(host, 'Lang.mp4').count(), 0);
  });

  await story.test('a picture is shown small, drawn anew; HTML and SVG are not shown at all', async () => {
    const png = Buffer.from(await page.screenshot({ type: 'png' }));
    await sendFiles(
      page,
      file('Bild.png', png, 'image/png'),
      file('Seite.html', '<script>document.title = "stolen"</script>', 'text/html'),
      file(
        'Zeichnung.svg',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>top.document.title = "stolen"</script></svg>',
        'image/svg+xml',
      ),
    );
    await host.getByRole('button', { name: 'Alle 3 annehmen' }).click();
    const thumbnail = fileRow(host, 'Bild.png').locator('img');
    await thumbnail.waitFor();
    const type = await thumbnail.evaluate(async (image: HTMLImageElement) => {
      const canvas = new OffscreenCanvas(1, 1);
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return image.src.startsWith('blob:') && image.naturalWidth > 0;
    });
    assert.ok(type);
    const pages = doctor.context.pages().length;
    await host.evaluate(() => {
      const create = URL.createObjectURL.bind(URL);
      const store = globalThis as { types?: string[] };
      store.types = [];
      URL.createObjectURL = (blob) => {
        if (blob instanceof Blob) store.types?.push(blob.type);
        return create(blob);
      };
    });
    for (const name of ['Seite.html', 'Zeichnung.svg']) {
      await fileRow(host, name).getByText('Vollständig da').waitFor();
      await see(host, 'Eine solche Datei kann etwas ausführen.');
      assert.equal((await saveFile(host, name)).name, name);
      assert.equal(await fileRow(host, name).locator('img, svg:not(.icon), iframe').count(), 0);
    }
    assert.deepEqual(await host.evaluate(() => (globalThis as { types?: string[] }).types), [
      'application/octet-stream',
      'application/octet-stream',
    ]);
    assert.equal(doctor.context.pages().length, pages);
    assert.doesNotMatch(await host.title(), /stolen/);
  });

  await story.test(
    'links in the chat are links that say where they lead, and nothing else is one',
    async () => {
      await page.getByRole('button', { name: 'Dateien schließen' }).click();
      await say(
        page,
        'Siehe https://example.org/a. Nicht javascript:alert(1), nicht https://bank.example@evil.example',
      );
      await host.getByRole('button', { name: /^Chat/ }).click();
      const links = host.locator('.chat-entry-text a');
      await links.first().waitFor();
      assert.equal(await links.count(), 1);
      assert.equal(await links.getAttribute('href'), 'https://example.org/a');
      assert.equal(await links.innerText(), 'https://example.org/a');
      assert.equal(await links.getAttribute('rel'), 'noopener noreferrer nofollow');
      assert.equal(await links.getAttribute('target'), '_blank');
    },
  );

  await story.test('what was not saved is at hand after the end', async () => {
    await sendFiles(page, file('Rezept.pdf', 'Rezept'));
    await see(host, 'möchte eine Datei senden');
    await acceptFile(host, 'Rezept.pdf');
    await fileRow(host, 'Rezept.pdf').getByText('Vollständig da').waitFor();
    await page.getByRole('button', { name: 'Auflegen' }).click();
    await see(host, 'Noch nicht gespeichert');
    assert.deepEqual(await accessibilityProblems(host), []);
  });

  await story.test(
    'a locked practice shows neither file nor name, and has both again afterwards',
    async () => {
      const left = host.getByRole('region', { name: 'Noch nicht gespeichert' });
      await left.getByText('Rezept.pdf').waitFor();
      const { roomOrigin } = server;
      await doctor.page.evaluate((roomOrigin) => {
        // It does not answer as long as it is locked.
        const silence = (event: Event) => event.stopImmediatePropagation();
        addEventListener('message', silence, true);
        Object.assign(globalThis, { unlock: () => removeEventListener('message', silence, true) });
        open('', 'sprechzimmer-room')?.postMessage({ kind: 'room-window-locked' }, roomOrigin);
      }, roomOrigin);
      await see(host, 'Entsperren Sie die Praxis-App in Ihrem anderen Fenster.');
      assert.equal(await left.count(), 0);
      assert.equal(await host.getByRole('button', { name: 'Speichern' }).count(), 0);
      const seen = await host.locator('body').innerText();
      assert.ok(!seen.includes('Rezept.pdf') && !seen.includes('Erika Beispiel'), seen);

      await doctor.page.evaluate(() => (globalThis as unknown as { unlock: () => void }).unlock());
      await host.evaluate(() => (opener as Window).postMessage({ kind: 'room-window-ready' }, '*'));
      await left.getByText('Rezept.pdf').waitFor();
      assert.equal((await saveFile(host, 'Rezept.pdf')).content.toString(), 'Rezept');
    },
  );
  assert.deepEqual([...doctor.problems, ...patient.problems], []);
  await part({ host, page });
});

test('a photo is taken on request, seen first, and sent without the place where it was taken', async (story) => {
  const { host, page } = await meet();

  await story.test('the patient is asked, and may say no', async () => {
    await openFiles(host);
    await host.getByRole('button', { name: 'Foto erbitten' }).click();
    await see(host, 'Erika Beispiel ist um ein Foto gebeten.');
    await page.getByRole('button', { name: 'bittet um ein Foto' }).click();
    await see(page, 'Der Ort der Aufnahme wird entfernt.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Kein Foto' }).click();
    await see(host, 'möchte gerade kein Foto senden');
  });

  await story.test('a photo of the camera that is on is seen, taken anew, and sent', async () => {
    await host.getByRole('button', { name: 'Foto erbitten' }).click();
    await page.locator('.photo-taker').waitFor();
    await page.locator('.photo-taker').getByRole('button', { name: 'Foto aufnehmen' }).click();
    await page.getByAltText('Ihr Foto').waitFor();
    await page.getByRole('button', { name: 'Neu aufnehmen' }).click();
    await page.getByRole('button', { name: 'Foto senden' }).click();
    await fileRow(host, 'Foto').getByText('Vollständig da').waitFor();
    await fileRow(host, 'Foto').locator('img').waitFor();
    const { name, content } = await saveFile(host, 'Foto');
    assert.match(name, /^Foto \d\d\.\d\d\.jpg$/);
    assert.equal(content.subarray(0, 3).toString('hex'), 'ffd8ff');
  });

  await story.test(
    'a photo of a phone keeps its resolution and loses what the camera wrote into it',
    async () => {
      const taken = await photoWithPlace(page, 4_000, 3_000);
      assert.ok(taken.includes('GPS canary'));
      await host.getByRole('button', { name: 'Foto erbitten' }).click();
      await page.locator('.photo-taker').waitFor();
      await page.locator('.photo-taker input').setInputFiles(file('IMG_0001.jpg', taken, 'image/jpeg'));
      await page.getByAltText('Ihr Foto').waitFor();
      const size = await page
        .getByAltText('Ihr Foto')
        .evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
      assert.deepEqual(size, [4_000, 3_000]);
      await page.getByRole('button', { name: 'Foto senden' }).click();
      const row = host.locator('.file-row').first();
      await row.getByText('Vollständig da').waitFor();
      const { content } = await saveFile(host, 'Foto');
      assert.ok(content.length > 10_000 && !content.includes('GPS canary') && !content.includes('Exif'));
    },
  );
  await part({ host, page });
});

/** A JPEG as a phone writes it, with an Exif segment that tells the place. */
async function photoWithPlace(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    ({ width, height }) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = 'teal';
      context.fillRect(0, 0, width / 2, height);
      return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
    },
    { width, height },
  );
  const jpeg = Buffer.from(base64, 'base64');
  const exif = Buffer.from('Exif\0\0GPS canary 52.5200N 13.4050E');
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}
