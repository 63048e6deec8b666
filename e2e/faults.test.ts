import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../server/db/database.ts';
import { createRandom } from '../server/testing/fuzz/random.ts';
import { newDelivery } from '../server/testing/test-deliveries.ts';
import { startTestMailServer, type TestMailServer } from '../server/testing/test-mail-server.ts';
import { allowUsers } from '../server/testing/test-practice.ts';
import { openPerson, type Person } from './support/browsers.ts';
import { type Installation, startInstallation } from './support/installation.ts';
import { type KillableDatabase, startKillableDatabase } from './support/killable-database.ts';
import { openPractice, today } from './support/practice.ts';
import { type Relay, startRelay } from './support/relay.ts';
import { callIn, goToWaitingRoom, isSeen, wordsOn } from './support/room.ts';
import { hear, see, seeMovingPicture } from './support/senses.ts';

/** `npm run faults` makes fifty of them. */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 6);
const seed = Date.now() % 1_000_000;
const clients = 4;
const backWithinMs = 60_000;

let database: KillableDatabase;
let mail: TestMailServer;
let relay: Relay;
let installation: Installation;
let people: Person[];

before(async () => {
  database = await startKillableDatabase();
  [mail, relay] = await Promise.all([startTestMailServer({ tls: 'none' }), startRelay()]);
  installation = await startInstallation(2, {
    DATABASE_URL: database.url,
    SMTP_URL: mail.smtp.url,
    SMTP_FROM: mail.smtp.from,
    SMTP_TLS: 'off',
    SERVER_KEY: randomBytes(32).toString('hex'),
    TURN_URLS: relay.config.urls.join(','),
    TURN_SECRET: relay.config.secret,
  });
  people = await Promise.all([openPerson(), openPerson(), openPerson()]);
});

after(async () => {
  await Promise.all(people.map((person) => person.close()));
  await installation.close();
  await Promise.all([mail.close(), relay.close()]);
  await database.close();
});

const faults = {
  'the first server': () => restart(0),
  'the second server': () => restart(1),
  'the database': () => Promise.resolve(database.end('SIGKILL')),
  // Nobody kills it here, but a restart under load is no less a fault.
  'the database, restarted': () => Promise.resolve(database.end('SIGINT')),
  async Redis() {
    await installation.redis.close();
    await installation.restartRedis();
  },
  async 'the relay'() {
    await relay.kill9();
    await relay.restart();
  },
};

async function restart(number: number): Promise<void> {
  const server = installation.servers[number]!;
  await server.kill9();
  await server.restart();
}

test(`killed at random, ${rounds} times: nothing acknowledged is lost, nothing is sent twice, the call lives`, async (t) => {
  const [doctor, patient, next] = people as [Person, Person, Person];
  const practice = await openPractice(installation);
  const db = openDatabase({ connectionString: database.url });
  t.after(() => db.destroy());
  await allowUsers({ context: { db } }, practice.practice);
  const appointments = [await practice.book('Erika Beispiel'), await practice.book('Max Muster')] as const;
  const host = await practice.openRoom(doctor, [...appointments]);
  await goToWaitingRoom(patient.page, appointments[0].link, 'Erika Beispiel');
  await isSeen(patient.page);
  await callIn(host, 'Erika Beispiel');
  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient.page)]);
  const words = await wordsOn(host);

  const acknowledged: string[] = [];
  const ended = new AbortController();
  async function bookAndMail(): Promise<void> {
    while (!ended.signal.aborted) {
      const { input } = await practice.practice.newAppointment();
      const invitationId = input.invitations[0]!.id;
      input.deliveries = [newDelivery(new Date(), { invitationId, subject: input.id })];
      try {
        await practice.practice.client.appointment.book(input);
        acknowledged.push(input.id);
      } catch {
        // Nobody said that it is there. Whoever asks again waits a moment, as the practice app does.
        await delay(100);
      }
    }
  }
  const load = Array.from({ length: clients }, bookAndMail);
  const random = createRandom(seed);
  const names = Object.keys(faults) as (keyof typeof faults)[];
  for (let round = 0; round < rounds; round++) {
    const before = acknowledged.length;
    await delay(random.below(1_000));
    const fault = random.pick(names);
    await faults[fault]();
    const deadline = Date.now() + backWithinMs;
    while (acknowledged.length < before + 20) {
      assert.ok(Date.now() < deadline, `seed ${seed}, round ${round}: no booking after ${fault}`);
      await delay(20);
    }
  }
  ended.abort();
  await Promise.all(load);

  await Promise.all([seeMovingPicture(host), seeMovingPicture(patient.page)]);
  await Promise.all([hear(host), hear(patient.page)]);
  assert.equal(await wordsOn(host), words);
  assert.equal(await wordsOn(patient.page), words);
  await goToWaitingRoom(next.page, appointments[1].link, 'Max Muster');
  await isSeen(next.page);
  await see(host, '1 wartet');

  const day = today(installation);
  const { appointments: stored } = await practice.practice.client.appointment.list({ from: day, to: day });
  const kept = new Set(stored.map(({ id }) => String(id)));
  assert.deepEqual(
    acknowledged.filter((id) => !kept.has(id)),
    [],
    `seed ${seed}`,
  );
  const subjects = mail.received.map(({ source }) => /^Subject: (.*)$/m.exec(source)?.[1]?.trim());
  assert.ok(subjects.length > 0);
  assert.equal(new Set(subjects).size, subjects.length, `seed ${seed}: something was sent twice`);
  t.diagnostic(`${acknowledged.length} booked, ${subjects.length} mails sent`);
  await host.close({ runBeforeUnload: false });
});
