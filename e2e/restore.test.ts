import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repositoryRoot } from '../scripts/build.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { openPractice } from './support/practice.ts';
import { type ProductProcess, startProductProcess } from './support/product-process.ts';
import { callIn, goToWaitingRoom, isSeen } from './support/room.ts';
import { hear, seeMovingPicture } from './support/senses.ts';

let folder: string;
let first: ProductProcess;
let second: ProductProcess | undefined;
let doctor: Person;
let patient: Person;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-restore-'));
  first = await startProductProcess();
  [doctor, patient] = await Promise.all([openPerson(), openPerson()]);
});

after(async () => {
  await Promise.all([doctor.close(), patient.close(), first.close(), second?.close()]);
  await rm(folder, { recursive: true, force: true });
});

function command(dataDir: string, ...words: string[]): void {
  const { status, stdout, stderr } = spawnSync(join(repositoryRoot, 'bin', 'sprechzimmer'), words, {
    env: { ...process.env, DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout + stderr);
}

test('what was booked before a backup is held on an empty machine that it was restored to', async () => {
  const practice = await openPractice(first);
  const appointment = await practice.book('Erika Beispiel');
  const [file, dataDir] = [join(folder, 'whole.backup'), join(folder, 'data')];
  command(first.dataDir, 'backup', file);
  await first.kill9();
  command(dataDir, 'restore', file);

  second = await startProductProcess({
    DATA_DIR: dataDir,
    PRACTICE_PORT: `${first.ports.practice}`,
    ROOM_PORT: `${first.ports.room}`,
  });
  await assert.rejects(practice.practice.client.practice.session({}), { code: 'NOT_SIGNED_IN' });
  await practice.practice.signIn();
  const host = await practice.openRoom(doctor, [appointment]);
  await goToWaitingRoom(patient.page, appointment.link, 'Erika Beispiel');
  await isSeen(patient.page);
  await callIn(host, 'Erika Beispiel');
  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient.page)]);
  await Promise.all([hear(host), hear(patient.page)]);
  await host.getByRole('button', { name: 'Beenden' }).click();
  await host.close({ runBeforeUnload: false });
});
