import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ContentHash } from '@sprechzimmer/call/files/content-hash.ts';
import { chunkFrame, endFrame } from '@sprechzimmer/call/files/file-frame.ts';
import type { TestServer } from '../server/testing/test-server.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { acceptFile, fileRow, openFiles, saveFile, sendFiles } from './support/files.ts';
import { openPractice } from './support/practice.ts';
import { startProduct } from './support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { see, seeMovingPicture } from './support/senses.ts';

/** What a patient who has changed their page can reach: its channels to the host. */
type Attacker = { channels: Record<string, RTCDataChannel>; spoil: boolean; answers: string[] };

let server: TestServer;
let doctor: Person;
let patient: Person;
let host: Page;
let page: Page;

before(async () => {
  server = await startProduct();
  const practice = await openPractice(server);
  [doctor, patient] = await Promise.all([openPerson(), openPerson()]);
  const appointment = await practice.book('Erika Beispiel');
  host = await practice.openRoom(doctor, [appointment]);
  ({ page } = patient);
  await page.addInitScript(takeChannels);
  await goToWaitingRoom(page, appointment.link, 'Erika Beispiel');
  await isSeen(page);
  await callIn(host, 'Erika Beispiel');
  await Promise.all([seeMovingPicture(host), seeMovingPicture(page)]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close()]);
  await server.close();
});

/** Runs in the page, before its own code. */
function takeChannels(): void {
  const attacker = globalThis as unknown as Attacker;
  Object.assign(attacker, { channels: {}, spoil: false, answers: [] });
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      attacker.channels[label] = channel;
      channel.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.includes('"answer"')) attacker.answers.push(data);
      });
      const send = channel.send.bind(channel) as (data: unknown) => void;
      channel.send = (data: unknown) => {
        // A frame that ends a file, with its hash.
        if (attacker.spoil && data instanceof Uint8Array && data.length === 36)
          data[10] = (data[10] ?? 0) ^ 1;
        send(data);
      };
      return channel;
    }
  };
}

async function sendRaw(label: 'consultation' | 'bulk', data: string | Uint8Array): Promise<void> {
  const bytes = typeof data === 'string' ? data : [...data];
  await page.evaluate(
    ({ label, bytes }) => {
      const channel = (globalThis as unknown as Attacker).channels[label];
      if (typeof bytes === 'string') channel?.send(bytes);
      else channel?.send(new Uint8Array(bytes));
    },
    { label, bytes },
  );
}

function offerRaw(id: number, name: string, size: number): Promise<void> {
  return sendRaw(
    'consultation',
    JSON.stringify({ kind: 'file', message: { kind: 'offer', id, name, size } }),
  );
}

const names: [sent: string, shown: string, saved: string][] = [
  ['..\\..\\evil.exe', 'evil.exe', 'evil.exe'],
  ['../../.ssh/authorized_keys', 'authorized_keys', 'authorized_keys'],
  ['Rechnung\u202Efdp.exe', 'Rechnungfdp.exe', 'Rechnungfdp.exe'],
  ['con.pdf', '_con.pdf', '_con.pdf'],
];

for (const [index, [sent, shown, saved]] of names.entries()) {
  test(`a file that calls itself ${JSON.stringify(sent)} is shown and saved as ${saved}`, async () => {
    const content = Buffer.from(`content ${index}`);
    const hash = new ContentHash();
    await hash.add(new Uint8Array(content));
    await offerRaw(index, sent, content.length);
    await openFiles(host);
    await acceptFile(host, shown);
    await page.waitForFunction(
      (id) => (globalThis as unknown as Attacker).answers.some((one) => one.includes(`"id":${id},`)),
      index,
    );
    await sendRaw('bulk', chunkFrame(index, content));
    await sendRaw('bulk', endFrame(index, await hash.finish()));
    await fileRow(host, shown).getByText('Vollständig da').waitFor();
    const file = await saveFile(host, shown);
    assert.equal(file.name, saved);
    assert.deepEqual(file.content, content);
  });
}

test('a file whose hash is another is refused on both sides, and can be sent again', async () => {
  await page.evaluate(() => ((globalThis as unknown as Attacker).spoil = true));
  await sendFiles(page, { name: 'Brief.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(100_000, 7) });
  await acceptFile(host, 'Brief.pdf');
  await fileRow(host, 'Brief.pdf').getByText('Die Datei kam beschädigt an').waitFor();
  assert.equal(await fileRow(host, 'Brief.pdf').getByRole('button', { name: 'Speichern' }).count(), 0);
  await page.evaluate(() => ((globalThis as unknown as Attacker).spoil = false));
  await fileRow(page, 'Brief.pdf').getByRole('button', { name: 'Noch einmal senden' }).click();
  await acceptFile(host, 'Brief.pdf');
  await fileRow(host, 'Brief.pdf').getByText('Vollständig da').waitFor();
});

test('a file of 2 GB is refused with a sentence, and nobody is asked', async () => {
  await offerRaw(100, 'Film.mp4', 2 * 1024 ** 3);
  await fileRow(host, 'Film.mp4').getByText('Nicht angenommen: Die Datei ist zu groß.').waitFor();
  assert.equal(await fileRow(host, 'Film.mp4').getByRole('button', { name: 'Annehmen' }).count(), 0);
  await page.waitForFunction(() =>
    (globalThis as unknown as Attacker).answers.some((one) => one.includes('too-large')),
  );
});

test('100,000 messages as fast as a browser sends them: the host still switches, and the call lives', async () => {
  const flooding = page.evaluate(flood, { label: 'consultation', count: 100_000 });
  await host.getByRole('switch', { name: 'Mikrofon' }).click({ timeout: 60_000 });
  await flooding;
  await page.waitForFunction(
    () => (globalThis as unknown as Attacker).channels['consultation']?.bufferedAmount === 0,
    undefined,
    { timeout: 60_000 },
  );
  await see(page, 'hat das Mikrofon aus', 60_000);
  await host.getByRole('switch', { name: 'Mikrofon' }).click();
  await seeMovingPicture(host, 60_000);
});

test('2 GB of data that nobody has accepted: the way for files is closed, and the call goes on', async () => {
  await page.evaluate(flood, { label: 'bulk', count: 2_000_000_000 / 16_388, bytes: 16_388 });
  await page.waitForFunction(
    () => (globalThis as unknown as Attacker).channels['bulk']?.readyState === 'closed',
  );
  await Promise.all([seeMovingPicture(host), seeMovingPicture(page)]);
  await host.getByRole('button', { name: 'Beenden' }).waitFor();
});

/** Runs in the page: messages as fast as the browser takes them, until it takes no more. */
async function flood(options: { label: string; count: number; bytes?: number }): Promise<void> {
  const channel = (globalThis as unknown as Attacker).channels[options.label];
  if (!channel) throw new Error('no channel');
  const message = options.bytes ? new Uint8Array(options.bytes) : JSON.stringify({ kind: 'chat', text: 'x' });
  for (let sent = 0; sent < options.count;) {
    for (; sent < options.count && channel.bufferedAmount < 8_000_000; sent += 1) {
      if (channel.readyState !== 'open') return;
      channel.send(message as string);
    }
    await new Promise((resolve) => setTimeout(resolve));
    if (channel.readyState !== 'open') return;
  }
}
