import { randomUUID } from 'node:crypto';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { type DeviceKeyPairs, generateDeviceKeys, signText } from '@sprechzimmer/crypto/device-keys.ts';
import type { Role } from '@sprechzimmer/protocol/membership.ts';
import { type SignIn, signInProof } from '@sprechzimmer/protocol/practice.ts';
import { signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import type { Db } from '../db/database.ts';
import { insertEntry } from '../practice/membership-log.ts';
import { hashPassword } from '../practice/password.ts';
import { createTestClient, type PracticeClient, type TestBrowser } from './test-client.ts';
import { publicKeys, type TestMember, testPassword } from './test-members.ts';
import type { TestServer } from './test-server.ts';
import { TestSocket } from './test-signalling.ts';

export const seatPassword = testPassword;

export type TestUser = { practiceId: string; userId: string; email: string };
export type TestDeviceRow = { deviceId: string; keys: DeviceKeyPairs };

/** One user at one device of the practice. */
export type TestSeat = TestUser &
  TestDeviceRow & {
    browser: TestBrowser;
    client: PracticeClient;
    /** A signed input for `signIn`, with a fresh challenge. */
    signInInput(changes?: Partial<SignIn>): Promise<SignIn>;
    signIn(changes?: Partial<SignIn>): Promise<void>;
  };

let passwordHash: Promise<string> | undefined;

/** Puts a user straight into the database: for what the server does with users, whoever added them. */
export async function putUser(
  db: Db,
  practiceId: string,
  { role = 'practitioner', state = 'active' }: { role?: Role; state?: string } = {},
): Promise<TestUser> {
  const userId = randomUUID();
  const email = `${userId}@praxis.example`;
  passwordHash ??= hashPassword(seatPassword);
  const password_hash = await passwordHash;
  const user = { id: userId, practice_id: practiceId, email, password_hash, is_main: false, role, state };
  await db.insertInto('practice_user').values(user).execute();
  return { practiceId, userId, email };
}

/**
 * Puts a device straight into the database, and into the log as the main user would; one after the other, since each
 * entry follows on the one before.
 */
export async function putDevice(db: Db, main: TestMember): Promise<TestDeviceRow> {
  const keys = await generateDeviceKeys();
  const device = await publicKeys(randomUUID(), keys);
  const entry = await main.sign({ kind: 'approve-device', device });
  const { seq } = JSON.parse(entry.body) as { seq: number };
  await insertEntry(db, main.practiceId, seq, entry);
  await db
    .insertInto('device')
    .values({
      id: device.id,
      practice_id: main.practiceId,
      sign_key: Buffer.from(device.signKey, 'base64url'),
      agree_key: Buffer.from(device.agreeKey, 'base64url'),
    })
    .execute();
  return { deviceId: device.id, keys };
}

export function seatAt(server: TestServer, user: TestUser, device: TestDeviceRow): TestSeat {
  const { practiceId, userId, email } = user;
  const { deviceId, keys } = device;
  const own = { id: deviceId, signKey: keys.sign.privateKey };
  const browser: TestBrowser = {
    origin: server.practiceOrigin,
    device: own,
    cookie: '',
    now: server.context.now,
  };
  const client = createTestClient(browser);

  async function signInInput(changes: Partial<SignIn> = {}): Promise<SignIn> {
    const { challenge } = await client.practice.challenge({});
    const account = { email, password: seatPassword, deviceId: deviceId as SignIn['deviceId'], ...changes };
    const proof = signInProof('sign-in', account.email, account.deviceId, challenge);
    return {
      ...account,
      challenge,
      signature: toBase64url(await signText(keys.sign.privateKey, proof)),
      ...changes,
    };
  }
  return {
    practiceId,
    userId,
    email,
    deviceId,
    keys,
    browser,
    client,
    signInInput,
    async signIn(changes) {
      await client.practice.signIn(await signInInput(changes));
    },
  };
}

/** The user's room window, which has its own ticket. */
export async function openRoomWindow(
  server: TestServer,
  seat: TestSeat,
  earlierTicket?: string,
): Promise<TestSocket> {
  const ticket = earlierTicket ?? (await seat.client.waitingRoom.hostTicket({})).ticket;
  const url = server.roomOrigin.replace('http', 'ws') + signallingPath;
  const socket = new TestSocket(url, { origin: server.roomOrigin });
  socket.say({ kind: 'host', v: 1, ticket });
  await socket.next('hosting');
  return socket;
}

/** The kinds of the practice's security events, the oldest first. */
export async function eventKinds(db: Db, practiceId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('security_event')
    .where('practice_id', '=', practiceId)
    .orderBy('id')
    .select('kind')
    .execute();
  return rows.map((row) => row.kind);
}
