import { randomBytes, randomUUID } from 'node:crypto';
import { sealCard } from '@sprechzimmer/crypto/card.ts';
import { type Bytes, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import {
  type DeviceKeyPairs,
  exportPublicKey,
  generateDeviceKeys,
  signText,
} from '@sprechzimmer/crypto/device-keys.ts';
import {
  newPracticeKey,
  recordKey,
  sealRecord,
  wrapForRecovery,
  wrapToDevice,
} from '@sprechzimmer/crypto/practice-key.ts';
import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { AppointmentId, InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { profileKinds, type Registration, signInProof } from '@sprechzimmer/protocol/practice.ts';
import { calendarDayIn } from '../practice/calendar-day.ts';
import { createTestClient, type PracticeClient, type TestBrowser } from './test-client.ts';
import type { TestServerAddress } from './test-server.ts';

export const testPassword = 'vier blaue Kraniche';
const timeZone = 'Europe/Berlin';

export type TestPractice = {
  practiceId: string;
  userId: string;
  deviceId: string;
  email: string;
  keys: DeviceKeyPairs;
  /** Seals and opens the practice's records. */
  recordKey: CryptoKey;
  browser: TestBrowser;
  client: PracticeClient;
  /** Signs in again at this practice's device; `changes` is what an attacker would alter. */
  signIn(changes?: { email?: string; password?: string; deviceId?: string }): Promise<void>;
  /** A valid appointment for today, sealed as the practice app seals it; its locators are `locators`. */
  newAppointment(changes?: Partial<AppointmentInput>): Promise<TestAppointment>;
};
export type TestAppointment = { input: AppointmentInput; locators: string[] };

/** Everything of a registration but challenge and signature. */
export type TestApplicant = {
  draft: Omit<Registration, 'challenge' | 'signature'>;
  keys: DeviceKeyPairs;
  recordKey: CryptoKey;
};

/** Registers a new practice at `server`, with real keys, and signs its main user in. */
export async function openTestPractice(server: TestServerAddress): Promise<TestPractice> {
  const applicant = await newApplicant();
  const { draft, keys } = applicant;
  const device = { id: draft.device.id, signKey: keys.sign.privateKey };
  const browser: TestBrowser = { origin: server.practiceOrigin, device, cookie: '', now: server.context.now };
  const client = createTestClient(browser);
  await client.practice.register(await completeRegistration(client, applicant));
  return {
    practiceId: draft.practiceId,
    userId: draft.userId,
    deviceId: draft.device.id,
    email: draft.email,
    keys,
    recordKey: applicant.recordKey,
    browser,
    client,
    async signIn({ email = draft.email, password = testPassword, deviceId = draft.device.id } = {}) {
      const { challenge } = await client.practice.challenge({});
      const proof = signInProof('sign-in', email, deviceId, challenge);
      const signature = toBase64url(await signText(keys.sign.privateKey, proof));
      await client.practice.signIn({ email, password, deviceId, challenge, signature });
    },
    newAppointment: (changes) => newAppointment(applicant, server.context.now(), changes),
  };
}

/** A person who has filled in the form: ids, keys, wraps and sealed profiles. */
export async function newApplicant(): Promise<TestApplicant> {
  const [practiceId, userId, deviceId] = [randomUUID(), randomUUID(), randomUUID()] as const;
  const practiceKey = newPracticeKey();
  const [keys, key] = await Promise.all([generateDeviceKeys(), recordKey(practiceKey)]);
  const agreeKey = await exportPublicKey(keys.agree.publicKey);
  const recoverySecret = new Uint8Array(randomBytes(32));
  const ids = { practice: practiceId, user: userId, device: deviceId };
  const draft = {
    practiceId,
    userId,
    email: `${userId}@praxis.example`,
    password: testPassword,
    timeZone,
    device: {
      id: deviceId,
      signKey: toBase64url(await exportPublicKey(keys.sign.publicKey)),
      agreeKey: toBase64url(agreeKey),
    },
    wrap: toBase64url(await wrapToDevice(practiceKey, agreeKey, [practiceId, deviceId, '1'])),
    recovery: {
      locatorHash: randomBytes(32).toString('base64url'),
      wrap: toBase64url(await wrapForRecovery(practiceKey, recoverySecret, [practiceId, '1'])),
    },
    profiles: await Promise.all(
      profileKinds.map(async (kind) => {
        const place = { practiceId, kind, id: ids[kind], version: 1, generation: 1 };
        const sealed = toBase64url(await sealRecord(key, { name: `Name of ${kind}` }, place));
        return { kind, id: ids[kind], version: 1, generation: 1, sealed };
      }),
    ),
  };
  return { draft: draft as TestApplicant['draft'], keys, recordKey: key };
}

/** Adds a fresh challenge and the device's signature over it. */
export async function completeRegistration(
  client: PracticeClient,
  { draft, keys }: Pick<TestApplicant, 'draft' | 'keys'>,
): Promise<Registration> {
  const { challenge } = await client.practice.challenge({});
  const proof = signInProof('register', draft.email, draft.device.id, challenge);
  return { ...draft, challenge, signature: toBase64url(await signText(keys.sign.privateKey, proof)) };
}

async function newAppointment(
  { draft, recordKey }: TestApplicant,
  now: Date,
  changes: Partial<AppointmentInput> = {},
): Promise<TestAppointment> {
  const id = (changes.id ?? randomUUID()) as AppointmentId;
  const day = changes.day ?? calendarDayIn(timeZone, now);
  const place = { practiceId: draft.practiceId, kind: 'appointment', id, version: 1, generation: 1 };
  const record = { time: '10:00', durationMinutes: 20, note: '', participants: [] };
  const locator = new Uint8Array(randomBytes(16));
  const input: AppointmentInput = {
    id,
    practitionerId: draft.userId,
    day,
    generation: 1,
    sealed: toBase64url(await sealRecord(recordKey, record, place)),
    invitations: [await newInvitation(locator, day)],
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
