import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openTestPractice } from '../../server/testing/test-practice.ts';
import { today } from '../support/practice.ts';
import { type ProductProcess, startProductProcess } from '../support/product-process.ts';

/** Room for a cluster with its log, and not for much more. */
const diskMb = 160;
let disk: string;
let product: ProductProcess;

before(async () => {
  disk = await mkdtemp(join(tmpdir(), 'sprechzimmer-disk-'));
  // In memory, and as small as it says: a disk of its own, which needs root like the rest of the lab.
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m,mode=755`, 'tmpfs', disk]);
  product = await startProductProcess({ DATA_DIR: join(disk, 'data') });
});

after(async () => {
  await product.close();
  execFileSync('umount', [disk]);
  await rm(disk, { recursive: true });
});

test('with the disk full what is acknowledged is there; with room again, it goes on by itself', async () => {
  const practice = await openTestPractice(product);
  const acknowledged: string[] = [];
  async function tryToBook(): Promise<boolean> {
    const { input } = await practice.newAppointment();
    try {
      await practice.client.appointment.book(input);
      acknowledged.push(input.id);
      return true;
    } catch {
      return false;
    }
  }
  for (let number = 0; number < 20; number++) assert.ok(await tryToBook());

  const filler = join(disk, 'filler');
  await fill(filler);
  // A log segment is there already, so the first ones after may still succeed, and then count.
  let failures = 0;
  const gaveUp = Date.now() + 120_000;
  while (failures < 20) {
    assert.ok(Date.now() < gaveUp, 'a full disk was not noticed');
    if (!(await tryToBook())) failures++;
  }
  assert.equal((await fetch(`${product.practiceOrigin}/healthz`)).status, 200, 'the server itself lives');
  assert.match(product.output(), /server\.log cannot be written: ENOSPC/);

  await rm(filler);
  const deadline = Date.now() + 120_000;
  while (!(await tryToBook())) {
    assert.ok(Date.now() < deadline, 'it did not go on by itself');
    await delay(200);
  }
  const day = today(product);
  const { appointments } = await practice.client.appointment.list({ from: day, to: day });
  const kept = new Set(appointments.map(({ id }) => String(id)));
  assert.deepEqual(
    acknowledged.filter((id) => !kept.has(id)),
    [],
  );

  // The log goes on, too, and the end of all of it comes as always.
  const log = join(disk, 'data', 'server.log');
  const lengthThen = (await stat(log)).size;
  while ((await stat(log)).size === lengthThen) {
    assert.ok(Date.now() < deadline, 'the log did not go on');
    await fetch(`${product.practiceOrigin}/healthz`);
    await delay(200);
  }
  const began = performance.now();
  await product.stop();
  assert.ok(performance.now() - began < 40_000, 'it did not end by itself');
});

/** Until nothing more can be written. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  const megabyte = Buffer.alloc(2 ** 20);
  try {
    for (;;) await file.write(megabyte);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  } finally {
    await file.close();
  }
}
