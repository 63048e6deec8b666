import { randomUUID } from 'node:crypto';
import { addressOf } from '../e2e/support/installation.ts';
import { startProductProcess } from '../e2e/support/product-process.ts';
import { openBareAppointments } from '../server/testing/bare-appointments.ts';
import { addCrowd } from '../server/testing/crowd.ts';
import { openTestDatabase, type TestDatabase } from '../server/testing/test-database.ts';
import { openTestPractice, type TestPractice } from '../server/testing/test-practice.ts';
import { median } from './child.ts';

const atOnce = 16;
const turns = 5;
const perTurn = 300;
/** So many practices' worth of data are there beside the one that writes. */
const practices = [1, 10, 100] as const;
const appointmentsEach = 1_000;

export type WritesMeasure = {
  /** Appointments a second that are booked through the API and acknowledged, as a ratio to PostgreSQL itself with the same rows. */
  writeRatio: number;
  writesPerSecond: number;
  writesFloorPerSecond: number;
  /** How much longer a write takes with 100 practices' worth of data than with one. */
  writes100PracticesRatio: number;
  writes10PracticesRatio: number;
};

/** Some two minutes. The product is a process of its own on PostgreSQL; signatures are made and checked as always. */
export async function measureWrites(): Promise<WritesMeasure> {
  const database = await openTestDatabase();
  const product = await startProductProcess({ DATABASE_URL: addressOf(database), LOG_LEVEL: 'error' });
  try {
    const practice = await openTestPractice(product);
    const rates = new Map<number, number>();
    let floor = 0;
    let there = 0;
    for (const count of practices) {
      for (; there < count; there++) await addPractice(database, practice, there);
      const [ours, bare] = [[] as number[], [] as number[]];
      for (let turn = 0; turn < turns; turn++) {
        ours.push(await bookedPerSecond(practice));
        if (count === 1) bare.push(await insertedPerSecond(database, practice));
      }
      rates.set(count, median(ours));
      if (count === 1) floor = median(bare);
    }
    const [one = NaN, ten = NaN, hundred = NaN] = practices.map((count) => rates.get(count));
    return {
      writeRatio: one / floor,
      writesPerSecond: one,
      writesFloorPerSecond: floor,
      writes10PracticesRatio: one / ten,
      writes100PracticesRatio: one / hundred,
    };
  } finally {
    await product.close();
    await database.close();
  }
}

async function addPractice({ db }: TestDatabase, own: TestPractice, number: number): Promise<void> {
  const { practiceId, userId } = number === 0 ? own : await putPractice(db);
  await addCrowd(db, { practiceId, practitionerId: userId }, appointmentsEach);
}

async function putPractice(db: TestDatabase['db']) {
  const [practiceId, userId] = [randomUUID(), randomUUID()];
  await db.insertInto('practice').values({ id: practiceId, time_zone: 'Europe/Berlin' }).execute();
  await db
    .insertInto('practice_user')
    .values({
      id: userId,
      practice_id: practiceId,
      email: `${userId}@praxis.example`,
      password_hash: 'none',
      is_main: true,
    })
    .execute();
  return { practiceId, userId };
}

/** What is sealed is sealed beforehand: that is the browser's work. */
async function bookedPerSecond(practice: TestPractice): Promise<number> {
  const inputs = await Promise.all(Array.from({ length: perTurn }, () => practice.newAppointment()));
  return perSecond(inputs, ({ input }) => practice.client.appointment.book(input));
}

/** The same rows in the same transactions, with a driver and nothing else. */
async function insertedPerSecond(database: TestDatabase, practice: TestPractice): Promise<number> {
  const { input } = await practice.newAppointment();
  const bare = openBareAppointments(database, { practiceId: practice.practiceId, input }, atOnce);
  try {
    return await perSecond(Array.from({ length: perTurn }), () => bare.insert());
  } finally {
    await bare.close();
  }
}

async function perSecond<T>(items: T[], write: (item: T) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  const left = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await write(item);
    }),
  );
  return items.length / ((performance.now() - began) / 1000);
}
