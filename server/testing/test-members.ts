import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Bytes, fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import {
  type DeviceKeyPairs,
  exportPublicKey,
  generateDeviceKeys,
  signText,
} from '@sprechzimmer/crypto/device-keys.ts';
import { recordKey, sealRecord, wrapToDevice } from '@sprechzimmer/crypto/practice-key.ts';
import { generateUserKey, sealUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { signEntry, verifyLog } from '@sprechzimmer/membership/log.ts';
import { type DeviceRequestId, pollText } from '@sprechzimmer/protocol/device.ts';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { MemberChange } from '@sprechzimmer/protocol/member-change.ts';
import type {
  DeviceKeys,
  MembershipAction,
  MembershipEntry,
  Role,
} from '@sprechzimmer/protocol/membership.ts';
import {
  type KeyWrap,
  type Registration,
  type SealedProfile,
  type SignIn,
  signInProof,
} from '@sprechzimmer/protocol/practice.ts';
import { createTestClient, type PracticeClient, type TestBrowser } from './test-client.ts';
import type { TestServerAddress } from './test-server.ts';

type PracticeId = Registration['practiceId'];
type DeviceId = DeviceKeys['id'];

export const testPassword = 'vier blaue Kraniche';

/** One user at one device, and all keys that the two have. */
export type TestMember = MemberKeys & {
  browser: TestBrowser;
  client: PracticeClient;
  /** Signs in again; `changes` is what an attacker would alter. */
  signIn(
    changes?: Partial<Pick<SignIn, 'email' | 'password' | 'takeOver'>> & { deviceId?: string },
  ): Promise<void>;
  /** The next entry of the log, signed by this user and device. */
  sign(action: MembershipAction): Promise<MembershipEntry>;
  /** Signs and sends it. */
  append(action: MembershipAction, extras?: Partial<MemberChange>): Promise<void>;
};

type MemberKeys = {
  practiceId: PracticeId;
  userId: UserId;
  deviceId: DeviceId;
  email: string;
  password: string;
  keys: DeviceKeyPairs;
  userKey: CryptoKeyPair;
  /** By generation; shared by all members of a practice. */
  practiceKeys: Map<number, Bytes>;
};

export function newTestMember(server: TestServerAddress, member: MemberKeys): TestMember {
  const { practiceId, userId, deviceId, keys, userKey } = member;
  const device = { id: deviceId, signKey: keys.sign.privateKey };
  const browser: TestBrowser = {
    origin: server.practiceOrigin,
    address: server.practiceAddress,
    device,
    cookie: '',
    now: server.context.now,
  };
  const client = createTestClient(browser);

  async function sign(action: MembershipAction): Promise<MembershipEntry> {
    const { log } = await client.practice.session({});
    const { head } = await verifyLog(log, practiceId);
    const signers = { device: keys.sign.privateKey, user: userKey.privateKey };
    return signEntry({ practiceId, by: { userId, deviceId }, action }, head, signers, server.context.now());
  }
  return {
    ...member,
    browser,
    client,
    sign,
    async signIn({ deviceId: at = deviceId, ...changes } = {}) {
      const email = changes.email ?? member.email;
      const proof = await testProof(client, 'sign-in', { email, deviceId: at, keys });
      const input = { password: member.password, ...changes, email, deviceId: at as DeviceId };
      await client.practice.signIn({ ...input, ...proof });
    },
    async append(action, extras = {}) {
      await client.membership.append({ wraps: [], profiles: [], ...extras, entry: await sign(action) });
    },
  };
}

/** A fresh challenge and the device's signature over it. */
export async function testProof(
  client: PracticeClient,
  purpose: Parameters<typeof signInProof>[0],
  { email, deviceId, keys }: { email: string; deviceId: string; keys: DeviceKeyPairs },
): Promise<{ challenge: string; signature: string }> {
  const { challenge } = await client.practice.challenge({});
  const text = signInProof(purpose, email, deviceId, challenge);
  return { challenge, signature: toBase64url(await signText(keys.sign.privateKey, text)) };
}

/** A request that waits for its code, from a browser that is no device yet. */
export async function requestTestDevice(server: TestServerAddress, member: TestMember) {
  const keys = await generateDeviceKeys();
  const device = await publicKeys(randomUUID(), keys);
  const client = createTestClient({ origin: server.practiceOrigin, device: undefined, cookie: '' });
  const { email, password } = member;
  const locatorHash = randomBytes(32).toString('base64url');
  const { requestId } = await client.device.request({
    email,
    password,
    device,
    browser: 'Test',
    locatorHash,
    ...(await testProof(client, 'request-device', { email, deviceId: device.id, keys })),
  });
  return { requestId, device, keys, locatorHash };
}

/** What the waiting browser asks for, signed with its key. */
export async function pollAsDevice(
  server: TestServerAddress,
  waiting: { requestId: DeviceRequestId; keys: DeviceKeyPairs },
  { after = 0, send, at = server.context.now() }: { after?: number; send?: string; at?: Date } = {},
) {
  const client = createTestClient({ origin: server.practiceOrigin, device: undefined, cookie: '' });
  const input = { requestId: waiting.requestId, after, ...(send && { send }), timestampMs: at.getTime() };
  const signature = toBase64url(await signText(waiting.keys.sign.privateKey, pollText(input)));
  return client.device.poll({ ...input, signature });
}

/** What goes with `approve-device`: the practice's keys, wrapped to it, and its name. */
export async function approval(
  member: TestMember,
  { requestId, device }: { requestId: DeviceRequestId; device: DeviceKeys },
): Promise<Partial<MemberChange>> {
  const { practiceId, practiceKeys } = member;
  const to = { to: device.id, agreeKey: device.agreeKey };
  const newest = newestTestKey(practiceKeys);
  const wraps = [...practiceKeys].map(([of, key]) => testWrap(practiceId, key, of, to));
  const place = { kind: 'device' as const, id: device.id, ...newest };
  const profile = await testProfile(practiceId, place, { name: 'Name of device', browser: 'Test' });
  return { requestId, wraps: await Promise.all(wraps), profiles: [profile] };
}

export async function addTestDevice(
  server: TestServerAddress,
  main: TestMember,
  member: TestMember,
): Promise<TestMember> {
  const request = await requestTestDevice(server, member);
  const { requestId, locatorHash, device, keys } = request;
  await main.client.device.matchCode({ requestId, locatorHash });
  await main.append({ kind: 'approve-device', device }, await approval(main, request));
  return newTestMember(server, { ...member, deviceId: device.id, keys });
}

/** The newest key and its generation. */
export function newestTestKey(practiceKeys: Map<number, Bytes>): { generation: number; key: Bytes } {
  const [generation, key] = [...practiceKeys].at(-1) ?? [];
  if (generation === undefined || !key) throw new Error('no practice key');
  return { generation, key };
}

/** The user's part of the activation code's paper. */
export function newActivation() {
  const [locator, psk] = [randomBytes(16), randomBytes(32)];
  return {
    locator: locator.toString('base64url'),
    activation: psk.toString('base64url'),
    locatorHash: createHash('sha256').update(locator).digest('base64url'),
    activationHash: createHash('sha256').update(psk).digest('base64url'),
  };
}

export async function addTestUser(
  server: TestServerAddress,
  main: TestMember,
  role: Role,
): Promise<TestMember> {
  const { practiceId, practiceKeys } = main;
  const userId = randomUUID() as UserId;
  const code = newActivation();
  const newest = newestTestKey(practiceKeys);
  const email = `${userId}@praxis.example`;
  await main.append(
    { kind: 'add-user', userId, role, activationHash: code.activationHash },
    {
      email,
      activationLocatorHash: code.locatorHash,
      profiles: [
        await testProfile(practiceId, { kind: 'user', id: userId, ...newest }, { name: 'Name of user' }),
      ],
    },
  );
  const userKey = await generateUserKey();
  const user = newTestMember(server, { ...main, userId, email, userKey });
  await activateTestUser(user, code);
  return user;
}

/** Sets the password and signs in; then the log follows. */
export async function activateTestUser(
  user: TestMember,
  code: { locator: string; activation: string },
): Promise<void> {
  const { client, deviceId, keys, password, practiceId, practiceKeys, userId, userKey } = user;
  const newest = newestTestKey(practiceKeys);
  const proof = await testProof(client, 'activate', { email: code.locator, deviceId, keys });
  await client.user.activate({ locator: code.locator, password, deviceId, ...proof });
  const signKey = toBase64url(await exportPublicKey(userKey.publicKey));
  const sealedKey = await sealUserKey(userKey.privateKey, password, { practiceId, userId });
  const place = { kind: 'user-key' as const, id: userId, ...newest };
  await user.append(
    { kind: 'activate-user', userId, signKey, activation: code.activation },
    { profiles: [await testProfile(practiceId, place, { sealedKey: toBase64url(sealedKey) })] },
  );
}

export async function publicKeys(
  id: string,
  keys: { sign: CryptoKeyPair; agree: CryptoKeyPair },
): Promise<DeviceKeys> {
  return {
    id: id as DeviceId,
    signKey: toBase64url(await exportPublicKey(keys.sign.publicKey)),
    agreeKey: toBase64url(await exportPublicKey(keys.agree.publicKey)),
  };
}

export async function testWrap(
  practiceId: string,
  practiceKey: Bytes,
  generation: number,
  { to, agreeKey }: { to: DeviceId | 'recovery'; agreeKey: string },
): Promise<KeyWrap> {
  const context = [practiceId, to, String(generation)];
  const wrap = await wrapToDevice(practiceKey, fromBase64url(agreeKey), context);
  return { to, generation, wrap: toBase64url(wrap) };
}

/** Version 1 unless given. */
export async function testProfile(
  practiceId: string,
  of: { kind: SealedProfile['kind']; id: string; key: Bytes; generation?: number; version?: number },
  value: unknown,
): Promise<SealedProfile> {
  const { kind, id, key, generation = 1, version = 1 } = of;
  const place = { practiceId, kind, id, version, generation };
  const sealed = await sealRecord(await recordKey(key), value, place);
  return { kind, id, version, generation, sealed: toBase64url(sealed) };
}
