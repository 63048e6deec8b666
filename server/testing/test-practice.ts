import { randomBytes, randomUUID } from 'node:crypto';
import { sealCard } from '@sprechzimmer/crypto/card.ts';
import { type Bytes, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import {
  type DeviceKeyPairs,
  exportPublicKey,
  generateDeviceKeys,
} from '@sprechzimmer/crypto/device-keys.ts';
import { newPracticeKey, recordKey, sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import {
  generateRecoveryKeys,
  type RecoveryKeyPairs,
  sealRecoveryKeys,
} from '@sprechzimmer/crypto/recovery-keys.ts';
import { generateUserKey, sealUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { signEntry } from '@sprechzimmer/membership/log.ts';
import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { AppointmentId, InvitationId, UserId } from '@sprechzimmer/protocol/ids.ts';
import type { Role } from '@sprechzimmer/protocol/membership.ts';
import { type Registration, type SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import type { Context } from '../http/context.ts';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { PracticeClient } from './test-client.ts';
import {
  addTestDevice,
  addTestUser,
  newestTestKey,
  newTestMember,
  publicKeys,
  type TestMember,
  testPassword,
  testProfile,
  testProof,
  testWrap,
} from './test-members.ts';
import type { TestServerAddress } from './test-server.ts';

export { testPassword };
const timeZone = 'Europe/Berlin';

/** A signed-in main user at the practice's first device, and what belongs to the practice. */
export type TestPractice = TestMember & {
  /** Seals and opens the practice's records of generation 1. */
  recordKey: CryptoKey;
  recovery: TestRecovery;
  /** Another device of the main user or of `member`, approved and not signed in. */
  addDevice(member?: TestMember): Promise<TestMember>;
  /** Another user at the practice's first device, activated and signed in. The plan must allow it: `allowUsers`. */
  addUser(role: Role): Promise<TestMember>;
  /** A valid appointment for today, sealed as the practice app seals it; its locators are `locators`. */
  newAppointment(changes?: Partial<AppointmentInput>): Promise<TestAppointment>;
};
export type TestAppointment = { input: AppointmentInput; locators: string[] };
export type TestRecovery = { locator: Bytes; secret: Bytes; keys: RecoveryKeyPairs };

/** Everything of a registration but challenge and signature. */
export type TestApplicant = {
  draft: Omit<Registration, 'challenge' | 'signature'>;
  keys: DeviceKeyPairs;
  userKey: CryptoKeyPair;
  practiceKey: Bytes;
  recordKey: CryptoKey;
  recovery: TestRecovery;
};

/** Registers a new practice at `server`, with real keys, and signs its main user in. */
export async function openTestPractice(server: TestServerAddress): Promise<TestPractice> {
  const applicant = await newApplicant();
  const { draft, keys, userKey, practiceKey, recovery } = applicant;
  const main = newTestMember(server, {
    practiceId: draft.practiceId,
    userId: draft.userId,
    deviceId: draft.device.id,
    email: draft.email,
    password: testPassword,
    keys,
    userKey,
    practiceKeys: new Map([[1, practiceKey]]),
  });
  await main.client.practice.register(await completeRegistration(main.client, applicant));
  return {
    ...main,
    recordKey: applicant.recordKey,
    recovery,
    addDevice: (member = main) => addTestDevice(server, main, member),
    addUser: (role) => addTestUser(server, main, role),
    newAppointment: (changes) => newAppointment(main, server.context.now(), changes),
  };
}

/** The operator gives the practice the plan without a limit of users. */
export async function allowUsers(
  server: { context: Pick<Context, 'db'> },
  { practiceId }: Pick<TestPractice, 'practiceId'>,
): Promise<void> {
  const { db } = server.context;
  await db.updateTable('practice').set({ plan: 'plus' }).where('id', '=', practiceId).execute();
}

/** A person who has filled in the form: ids, keys, wraps, the log's first entry and sealed profiles. */
export async function newApplicant(): Promise<TestApplicant> {
  const practiceId = randomUUID() as Registration['practiceId'];
  const userId = randomUUID() as UserId;
  const practiceKey = newPracticeKey();
  const [keys, userKey, key, recovery] = await Promise.all([
    generateDeviceKeys(),
    generateUserKey(),
    recordKey(practiceKey),
    newTestRecovery(),
  ]);
  const device = await publicKeys(randomUUID(), keys);
  const recoveryPublic = await publicKeys('recovery', recovery.keys);
  const userPublic = toBase64url(await exportPublicKey(userKey.publicKey));
  const action = {
    kind: 'found' as const,
    user: { id: userId, signKey: userPublic },
    device,
    recovery: { signKey: recoveryPublic.signKey, agreeKey: recoveryPublic.agreeKey },
  };
  const by = { userId, deviceId: device.id };
  const sealedKey = await sealUserKey(userKey.privateKey, testPassword, { practiceId, userId });
  const profiles = {
    practice: { id: practiceId, value: { name: 'Name of practice', telephone: '' } },
    user: { id: userId, value: { name: 'Name of user' } },
    device: { id: device.id, value: { name: 'Name of device', browser: 'Test' } },
    'user-key': { id: userId, value: { sealedKey: toBase64url(sealedKey) } },
  };
  const draft: TestApplicant['draft'] = {
    practiceId,
    userId,
    email: `${userId}@praxis.example`,
    password: testPassword,
    timeZone,
    device,
    entry: await signEntry({ practiceId, by, action }, undefined, {
      device: keys.sign.privateKey,
      user: userKey.privateKey,
    }),
    wraps: [
      await testWrap(practiceId, practiceKey, 1, { to: device.id, agreeKey: device.agreeKey }),
      await testWrap(practiceId, practiceKey, 1, { to: 'recovery', agreeKey: recoveryPublic.agreeKey }),
    ],
    recovery: {
      locatorHash: toBase64url(await sha256(recovery.locator)),
      sealedKeys: toBase64url(await sealRecoveryKeys(recovery.keys, recovery.secret, practiceId)),
    },
    profiles: await Promise.all(
      Object.entries(profiles).map(([kind, { id, value }]) =>
        testProfile(practiceId, { kind: kind as SealedProfile['kind'], id, key: practiceKey }, value),
      ),
    ),
  };
  return { draft, keys, userKey, practiceKey, recordKey: key, recovery };
}

/** A printed sheet. Its code is not derived from anything typed, for that takes long. */
export async function newTestRecovery(): Promise<TestRecovery> {
  const [locator, secret] = [randomBytes(16), randomBytes(32)];
  return {
    locator: new Uint8Array(locator),
    secret: new Uint8Array(secret),
    keys: await generateRecoveryKeys(),
  };
}

/** Adds a fresh challenge and the device's signature over it. */
export async function completeRegistration(
  client: PracticeClient,
  { draft, keys }: Pick<TestApplicant, 'draft' | 'keys'>,
): Promise<Registration> {
  const { email, device } = draft;
  return { ...draft, ...(await testProof(client, 'register', { email, deviceId: device.id, keys })) };
}

async function newAppointment(
  { practiceId, userId, practiceKeys }: TestMember,
  now: Date,
  changes: Partial<AppointmentInput> = {},
): Promise<TestAppointment> {
  const id = (changes.id ?? randomUUID()) as AppointmentId;
  const day = changes.day ?? calendarDayIn(timeZone, now);
  const { generation, key } = newestTestKey(practiceKeys);
  const place = { practiceId, kind: 'appointment', id, version: 1, generation };
  const record = { time: '10:00', durationMinutes: 20, note: '', participants: [], hostCodes: [] };
  const locator = new Uint8Array(randomBytes(16));
  const input: AppointmentInput = {
    id,
    practitionerId: userId,
    day,
    generation,
    sealed: toBase64url(await sealRecord(await recordKey(key), record, place)),
    invitations: [await newInvitation(locator, day)],
    hostCodes: [],
    deliveries: [],
    keepDeliveries: [],
    takenConsents: [],
    ...changes,
  };
  return { input, locators: [toBase64url(locator)] };
}

async function newInvitation(locator: Bytes, day: string): Promise<AppointmentInput['invitations'][number]> {
  const cardKey = new Uint8Array(randomBytes(32));
  const card = { practice: 'Praxis', practitioner: 'Dr. Probe', start: `${day}T10:00`, timeZone };
  return {
    id: randomUUID() as InvitationId,
    locatorHash: toBase64url(await sha256(locator)),
    card: toBase64url(await sealCard(cardKey, { ...card, telephone: '', language: 'de' })),
  };
}
