import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { exportPublicKey, generateDeviceKeys } from '@sprechzimmer/crypto/device-keys.ts';
import { generateRecoveryKeys } from '@sprechzimmer/crypto/recovery-keys.ts';
import { generateUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { signEntry } from '@sprechzimmer/membership/log.ts';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { Registration } from '@sprechzimmer/protocol/practice.ts';
import { addressOf } from '../e2e/support/installation.ts';
import { startProductProcess } from '../e2e/support/product-process.ts';
import type { Db } from '../server/db/database.ts';
import { fromWire } from '../server/http/wire-bytes.ts';
import { insertEntry } from '../server/practice/membership-log.ts';
import { hashPassword, passwordsAtOnce, verifyPassword } from '../server/practice/password.ts';
import { openTestDatabase } from '../server/testing/test-database.ts';
import { newTestMember, publicKeys, type TestMember, testPassword } from '../server/testing/test-members.ts';
import type { TestServerAddress } from '../server/testing/test-server.ts';
import { type Child, median, startChild } from './child.ts';
import type { SignInAsker } from './sign-in-asker.ts';

const practitioners = 200;
const turns = 3;
const quietMs = 8_000;

export type SignInMeasure = {
  /** 200 practitioners of as many practices begin at the same moment: until the last of them is signed in. */
  signInStormMs: number;
  signInsPerSecond: number;
  /** The same rate as a ratio to as many of the same password hashes in the same run, with nothing around them. */
  signInRatio: number;
  /** 99 of 100 requests of others, who are signed in, take less than this meanwhile. */
  requestP99InStormMs: number;
  /** And while nobody signs in. */
  requestP99Ms: number;
};

/**
 * Some two minutes. The product is a process of its own, which is told of addresses as by a proxy: each practitioner has
 * one. More than the queue for passwords holds come at once, so some are told to wait, and do.
 */
export async function measureSignIn(): Promise<SignInMeasure> {
  const database = await openTestDatabase();
  const product = await startProductProcess({ DATABASE_URL: addressOf(database), TRUST_PROXY: 'true' });
  const asker = startChild<SignInAsker>('./sign-in-asker.ts');
  try {
    const { practiceOrigin, roomOrigin } = product;
    await asker.ask('open', { practiceOrigin, roomOrigin });
    const passwordHash = await hashPassword(testPassword);
    const members = await addMembers(database.db, product, passwordHash);
    const storm: number[] = [];
    const bare: number[] = [];
    const requestsInStorm: number[] = [];
    const requests: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      requests.push(...(await asked(asker, () => delay(quietMs))));
      const signInAll = async () => {
        storm.push(await durationOf(() => Promise.all(members.map(signInAtLast))));
      };
      requestsInStorm.push(...(await asked(asker, signInAll)));
      bare.push(await durationOf(() => verifyAll(passwordHash)));
    }
    return {
      signInStormMs: median(storm),
      signInsPerSecond: practitioners / (median(storm) / 1000),
      signInRatio: median(storm.map((stormMs, turn) => bare[turn]! / stormMs)),
      requestP99InStormMs: percentile99(requestsInStorm),
      requestP99Ms: percentile99(requests),
    };
  } finally {
    await asker.close();
    await product.close();
    await database.close();
  }
}

/** @returns how long requests took while `work` went on */
async function asked(asker: Child<SignInAsker>, work: () => Promise<unknown>): Promise<number[]> {
  await asker.ask('begin');
  await work();
  return asker.ask('end');
}

async function addMembers(db: Db, server: TestServerAddress, passwordHash: string): Promise<TestMember[]> {
  const members: TestMember[] = [];
  for (let number = 0; number < practitioners; number++) {
    const member = await addMember(db, server, passwordHash);
    member.browser.forwardedFor = `10.0.${number >> 8}.${number & 255}`;
    members.push(member);
  }
  return members;
}

/** As registration leaves a practice, as far as signing in looks: nothing that is sealed is there. */
async function addMember(db: Db, server: TestServerAddress, passwordHash: string): Promise<TestMember> {
  const practiceId = randomUUID() as Registration['practiceId'];
  const userId = randomUUID() as UserId;
  const email = `${userId}@praxis.example`;
  const [keys, userKey] = await Promise.all([generateDeviceKeys(), generateUserKey()]);
  const device = await publicKeys(randomUUID(), keys);
  const member = newTestMember(server, {
    practiceId,
    userId,
    deviceId: device.id,
    email,
    password: testPassword,
    keys,
    userKey,
    practiceKeys: new Map(),
  });
  await db.insertInto('practice').values({ id: practiceId, time_zone: 'Europe/Berlin' }).execute();
  await db
    .insertInto('practice_user')
    .values({ id: userId, practice_id: practiceId, email, password_hash: passwordHash, is_main: true })
    .execute();
  await db
    .insertInto('device')
    .values({
      id: device.id,
      practice_id: practiceId,
      sign_key: fromWire(device.signKey),
      agree_key: fromWire(device.agreeKey),
    })
    .execute();
  await insertEntry(db, practiceId, 0, await foundingEntry(member));
  return member;
}

async function foundingEntry({ practiceId, userId, deviceId, keys, userKey }: TestMember) {
  const { signKey, agreeKey } = await publicKeys('recovery', await generateRecoveryKeys());
  const action = {
    kind: 'found' as const,
    user: { id: userId, signKey: toBase64url(await exportPublicKey(userKey.publicKey)) },
    device: await publicKeys(deviceId, keys),
    recovery: { signKey, agreeKey },
  };
  return signEntry({ practiceId, by: { userId, deviceId }, action }, undefined, {
    device: keys.sign.privateKey,
    user: userKey.privateKey,
  });
}

/** Whom the server tells to wait comes back as soon as it said. */
async function signInAtLast(member: TestMember): Promise<void> {
  for (;;) {
    try {
      return await member.signIn();
    } catch (error) {
      const { code, data } = error as { code?: string; data?: { retryAfterSeconds: number } };
      if (code !== 'TOO_MANY_ATTEMPTS' || !data) throw error;
      await delay(data.retryAfterSeconds * 1000);
    }
  }
}

/** As many at once as the server lets run, and nothing else. */
async function verifyAll(passwordHash: string): Promise<void> {
  const left = Array.from({ length: practitioners }).values();
  await Promise.all(
    Array.from({ length: passwordsAtOnce }, async () => {
      for (const _ of left) await verifyPassword(passwordHash, testPassword);
    }),
  );
}

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function percentile99(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? NaN;
}
