import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Browser, Page } from 'playwright-core';
import { openPersonWithDisk } from '../e2e/support/browsers.ts';
import { acceptFile, fileRow, openFiles } from '../e2e/support/files.ts';
import { openPractice } from '../e2e/support/practice.ts';
import { startProduct } from '../e2e/support/product.ts';
import { callIn, goToWaitingRoom, isSeen } from '../e2e/support/room.ts';
import { seeMovingPicture } from '../e2e/support/senses.ts';

export type FileMemoryMeasure = {
  /** By how much the pages' processes grew at most while 200 MB went from one to the other, on the side where it was more. */
  fileMemoryMb: number;
  fileMbPerSecond: number;
};

const megabytes = 200;
const sampleEveryMs = 100;

/** In a consultation with picture and sound; both browsers with a profile on the disk, and the file is on the disk. */
export async function measureFileMemory(): Promise<FileMemoryMeasure> {
  const folder = await mkdtemp(join(tmpdir(), 'file-memory-'));
  const server = await startProduct();
  const people = await Promise.all(
    ['doctor', 'patient'].map((name) => openPersonWithDisk(join(folder, name))),
  );
  const [doctor, patient] = people as [(typeof people)[0], (typeof people)[0]];
  try {
    const practice = await openPractice(server);
    const appointment = await practice.book('Erika Beispiel');
    const host = await practice.openRoom(doctor, [appointment]);
    await goToWaitingRoom(patient.page, appointment.link, 'Erika Beispiel');
    await isSeen(patient.page);
    await callIn(host, 'Erika Beispiel');
    await Promise.all([seeMovingPicture(host), seeMovingPicture(patient.page)]);
    // What is loaded and reserved once is no memory per file.
    await sendFile(patient.page, host, await writeFile(folder, 'warm.bin', 10));
    const large = await writeFile(folder, 'large.bin', megabytes);
    const watches = await Promise.all(people.map(({ browser }) => watchMemory(browser)));
    const seconds = await sendFile(patient.page, host, large);
    const growths = await Promise.all(watches.map((watch) => watch.stop()));
    return { fileMemoryMb: Math.max(...growths), fileMbPerSecond: megabytes / seconds };
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the seconds from its being accepted to its being there, and checked */
async function sendFile(from: Page, to: Page, path: string): Promise<number> {
  const name = path.split('/').at(-1) ?? '';
  await openFiles(from);
  await from.locator('.files-foot input[type=file]').setInputFiles(path);
  await openFiles(to);
  await fileRow(to, name).waitFor();
  const started = performance.now();
  await acceptFile(to, name);
  await fileRow(to, name).getByText('Vollständig da').waitFor({ timeout: 400_000 });
  return (performance.now() - started) / 1_000;
}

async function writeFile(folder: string, name: string, size: number): Promise<string> {
  const path = join(folder, name);
  const stream = createWriteStream(path);
  const block = Buffer.alloc(1024 * 1024, 7);
  for (let written = 0; written < size; written += 1) stream.write(block);
  stream.end();
  await finished(stream);
  return path;
}

/** `stop` gives the growth at its highest, in megabytes. */
async function watchMemory(browser: Browser): Promise<{ stop: () => Promise<number> }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const before = await memoryOf(renderers);
  let highest = before;
  const stopped = new AbortController();
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      highest = Math.max(highest, await memoryOf(renderers));
      await new Promise((resolve) => setTimeout(resolve, sampleEveryMs));
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await watching;
      return highest - before;
    },
  };
}

/** What the processes hold, memory that they share divided among those who do; in megabytes. */
async function memoryOf(pids: number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}
