import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import {
  type DeviceKeyPairs,
  exportPublicKey,
  generateDeviceKeys,
} from '@sprechzimmer/crypto/device-keys.ts';
import { generateRecoveryKeys, type RecoveryKeyPairs } from '@sprechzimmer/crypto/recovery-keys.ts';
import { generateUserKey } from '@sprechzimmer/crypto/user-key.ts';
import * as ids from '@sprechzimmer/protocol/ids.ts';
import {
  type DeviceKeys,
  type MembershipAction,
  type MembershipBody,
  type MembershipEntry,
  membershipEntry,
} from '@sprechzimmer/protocol/membership.ts';
import { type Pin, signEntry, verifyLog } from './log.ts';
import { MembershipError, type MembershipErrorCode } from './membership-error.ts';

const practiceId = ids.practiceId.parse(randomUUID());

type Device = { id: ReturnType<typeof newDeviceId>; keys: DeviceKeyPairs; publicKeys: DeviceKeys };
type User = { id: ReturnType<typeof newUserId>; key: CryptoKeyPair; publicKey: string };
type By = { user: User; device: Device };

const newDeviceId = () => ids.deviceId.parse(randomUUID());
const newUserId = () => ids.userId.parse(randomUUID());
const spki = async (key: CryptoKey) => toBase64url(await exportPublicKey(key));

async function newDevice(): Promise<Device> {
  const keys = await generateDeviceKeys();
  const id = newDeviceId();
  const publicKeys = {
    id,
    signKey: await spki(keys.sign.publicKey),
    agreeKey: await spki(keys.agree.publicKey),
  };
  return { id, keys, publicKeys };
}

async function newUser(): Promise<User> {
  const key = await generateUserKey();
  return { id: newUserId(), key, publicKey: await spki(key.publicKey) };
}

async function publicRecovery(keys: RecoveryKeyPairs) {
  return { signKey: await spki(keys.sign.publicKey), agreeKey: await spki(keys.agree.publicKey) };
}

/** A practice whose log grows entry by entry, as its members sign them. */
async function openPractice() {
  const main = { user: await newUser(), device: await newDevice() };
  let sheet = await generateRecoveryKeys();
  const entries: MembershipEntry[] = [];
  let head: Pin | undefined;

  async function sign(by: By, action: MembershipAction, options: { sheet?: RecoveryKeyPairs } = {}) {
    const signers = {
      device: by.device.keys.sign.privateKey,
      user: by.user.key.privateKey,
      ...(options.sheet && { recovery: options.sheet.sign.privateKey }),
    };
    const content = { practiceId, by: { userId: by.user.id, deviceId: by.device.id }, action };
    return signEntry(content, head, signers);
  }
  async function append(by: By, action: MembershipAction, options: { sheet?: RecoveryKeyPairs } = {}) {
    entries.push(await sign(by, action, options));
    head = (await verifyLog(entries, practiceId)).head;
  }
  await append(main, {
    kind: 'found',
    user: { id: main.user.id, signKey: main.user.publicKey },
    device: main.device.publicKeys,
    recovery: await publicRecovery(sheet),
  });
  return {
    main,
    entries,
    sign,
    append,
    sheet: () => sheet,
    renewSheet: (next: RecoveryKeyPairs) => (sheet = next),
    verify: (pin?: Pin) => verifyLog(entries, practiceId, pin),
    async addUser(role: 'practitioner' | 'assistant' = 'practitioner'): Promise<User> {
      const user = await newUser();
      const secret = new Uint8Array(randomBytes(32));
      const activationHash = toBase64url(await sha256(secret));
      await append(main, { kind: 'add-user', userId: user.id, role, activationHash });
      const activation = toBase64url(secret);
      const action = { kind: 'activate-user', userId: user.id, signKey: user.publicKey, activation } as const;
      await append({ user, device: main.device }, action);
      return user;
    },
    async addDevice(): Promise<Device> {
      const device = await newDevice();
      await append(main, { kind: 'approve-device', device: device.publicKeys });
      return device;
    },
  };
}

type Practice = Awaited<ReturnType<typeof openPractice>>;

async function refused(practice: Practice, entry: Promise<MembershipEntry>, code: MembershipErrorCode) {
  await assert.rejects(verifyLog([...practice.entries, await entry], practiceId), isCode(code));
}

const isCode =
  (...codes: MembershipErrorCode[]) =>
  (error: unknown) => {
    assert.ok(error instanceof MembershipError, String(error));
    assert.ok(codes.includes(error.code), error.code);
    return true;
  };

test('a whole life of a practice is believed, step by step', async () => {
  const practice = await openPractice();
  const doctor = await practice.addUser();
  const helper = await practice.addUser('assistant');
  const second = await practice.addDevice();
  const { main } = practice;
  await practice.append(main, { kind: 'suspend-device', deviceId: second.id });
  await practice.append(main, { kind: 'resume-device', deviceId: second.id });
  await practice.append(
    { ...main, device: second },
    { kind: 'change-role', userId: helper.id, role: 'practitioner' },
  );
  await practice.append(main, { kind: 'deactivate-user', userId: helper.id });
  await practice.append(main, { kind: 'remove-user', userId: helper.id });
  assert.equal((await practice.verify()).membership.needsRenewal, true);
  await practice.append(main, { kind: 'renew-key', generation: 2 });
  await practice.append(main, { kind: 'offer-main', userId: doctor.id });
  await practice.append({ user: doctor, device: second }, { kind: 'accept-main', userId: doctor.id });
  const { membership } = await practice.verify();
  assert.equal(membership.mainUserId, doctor.id);
  assert.deepEqual([...membership.users.keys()].toSorted(), [main.user.id, doctor.id].toSorted());
  assert.deepEqual([...membership.devices.keys()], [main.device.id, second.id]);
  assert.equal(membership.generation, 2);
  assert.equal(membership.needsRenewal, false);
});

test('the sheet and the main user together make a new device the only one', async () => {
  const practice = await openPractice();
  const { main } = practice;
  await practice.addDevice();
  const [device, sheet] = [await newDevice(), await generateRecoveryKeys()];
  const recovery = await publicRecovery(sheet);
  const action = { kind: 'recover', device: device.publicKeys, recovery, generation: 2 } as const;
  const by = { user: main.user, device };
  await refused(practice, practice.sign(by, action), 'unsigned');
  await refused(practice, practice.sign(by, action, { sheet }), 'unsigned');
  const stranger = { user: await newUser(), device };
  await refused(practice, practice.sign(stranger, action, { sheet: practice.sheet() }), 'not-allowed');
  await practice.append(by, action, { sheet: practice.sheet() });
  const { membership } = await practice.verify();
  assert.deepEqual([...membership.devices.keys()], [device.id]);
  assert.equal(membership.generation, 2);
  await refused(practice, practice.sign(main, { kind: 'renew-key', generation: 3 }), 'not-allowed');
});

test('nobody but the main user changes members, whatever an obliging server lets through', async () => {
  const practice = await openPractice();
  const [doctor, device] = [await practice.addUser(), await newDevice()];
  const by = { user: doctor, device: practice.main.device };
  const activationHash = toBase64url(new Uint8Array(32));
  const actions: MembershipAction[] = [
    { kind: 'approve-device', device: device.publicKeys },
    { kind: 'remove-device', deviceId: practice.main.device.id },
    { kind: 'suspend-device', deviceId: practice.main.device.id },
    { kind: 'add-user', userId: newUserId(), role: 'assistant', activationHash },
    { kind: 'remove-user', userId: practice.main.user.id },
    { kind: 'change-role', userId: doctor.id, role: 'assistant' },
    { kind: 'offer-main', userId: doctor.id },
    { kind: 'accept-main', userId: doctor.id },
    { kind: 'renew-key', generation: 2 },
    { kind: 'renew-recovery', recovery: await publicRecovery(await generateRecoveryKeys()) },
  ];
  for (const action of actions) await refused(practice, practice.sign(by, action), 'not-allowed');
});

test('the main user cannot be removed, deactivated, demoted or reset, not even by themselves', async () => {
  const practice = await openPractice();
  const { main } = practice;
  const userId = main.user.id;
  const actions: MembershipAction[] = [
    { kind: 'remove-user', userId },
    { kind: 'deactivate-user', userId },
    { kind: 'change-role', userId, role: 'assistant' },
    { kind: 'reset-user', userId, activationHash: toBase64url(new Uint8Array(32)) },
    { kind: 'remove-device', deviceId: main.device.id },
  ];
  for (const action of actions) await refused(practice, practice.sign(main, action), 'not-allowed');
});

test('removed and suspended devices, and deactivated users, sign nothing that is believed', async () => {
  const practice = await openPractice();
  const { main } = practice;
  const [removed, suspended, doctor] = [
    await practice.addDevice(),
    await practice.addDevice(),
    await practice.addUser(),
  ];
  await practice.append(main, { kind: 'remove-device', deviceId: removed.id });
  await practice.append(main, { kind: 'suspend-device', deviceId: suspended.id });
  await practice.append(main, { kind: 'offer-main', userId: doctor.id });
  await practice.append(main, { kind: 'deactivate-user', userId: doctor.id });
  const renew = { kind: 'renew-key', generation: 2 } as const;
  for (const device of [removed, suspended]) {
    await refused(practice, practice.sign({ ...main, device }, renew), 'not-allowed');
  }
  const accept = practice.sign(
    { user: doctor, device: main.device },
    { kind: 'accept-main', userId: doctor.id },
  );
  await refused(practice, accept, 'not-allowed');
  const back = practice.sign(main, { kind: 'approve-device', device: removed.publicKeys });
  await refused(practice, back, 'not-allowed');
  const keyAgain = { ...removed.publicKeys, id: newDeviceId() };
  await refused(practice, practice.sign(main, { kind: 'approve-device', device: keyAgain }), 'not-allowed');
});

test('only the paper activates a user, and only once', async () => {
  const practice = await openPractice();
  const user = await newUser();
  const secret = new Uint8Array(randomBytes(32));
  const activationHash = toBase64url(await sha256(secret));
  await practice.append(practice.main, {
    kind: 'add-user',
    userId: user.id,
    role: 'practitioner',
    activationHash,
  });
  const by = { user, device: practice.main.device };
  const activate = (activation: Uint8Array) =>
    ({
      kind: 'activate-user',
      userId: user.id,
      signKey: user.publicKey,
      activation: toBase64url(activation),
    }) as const;
  await refused(practice, practice.sign(by, activate(new Uint8Array(32))), 'not-allowed');
  await practice.append(by, activate(secret));
  await refused(practice, practice.sign(by, activate(secret)), 'not-allowed');
});

let histories: Practice[];

before(async () => {
  histories = await Promise.all(Array.from({ length: 6 }, randomHistory));
});

/** Members come and go at random, as the rules allow; what they do not allow is left out. */
async function randomHistory(): Promise<Practice> {
  const practice = await openPractice();
  const users: User[] = [];
  const devices: Device[] = [];
  const pick = <T>(from: T[]) => from[Math.floor(Math.random() * from.length)];
  let generation = 1;
  for (let step = 0; step < 12; step++) {
    const [user, device] = [pick(users), pick(devices)];
    const { main } = practice;
    const steps = [
      async () => users.push(await practice.addUser(Math.random() < 0.5 ? 'assistant' : 'practitioner')),
      async () => devices.push(await practice.addDevice()),
      async () => user && practice.append(main, { kind: 'change-role', userId: user.id, role: 'assistant' }),
      async () => user && practice.append(main, { kind: 'remove-user', userId: user.id }),
      async () => device && practice.append(main, { kind: 'suspend-device', deviceId: device.id }),
      async () => device && practice.append(main, { kind: 'remove-device', deviceId: device.id }),
      async () => {
        await practice.append(main, { kind: 'renew-key', generation: generation + 1 });
        generation++;
      },
    ];
    const count = practice.entries.length;
    await pick(steps)?.().catch((error: unknown) => {
      isCode('not-allowed')(error);
      practice.entries.length = count;
    });
  }
  return practice;
}

test('random histories are believed whole, and from every pin on the way', async () => {
  for (const practice of histories) {
    const { hashes } = await practice.verify();
    assert.equal(hashes.length, practice.entries.length);
    for (const [seq, hash] of hashes.entries()) await practice.verify({ seq, hash });
  }
});

/** What a server may do to a log. @returns undefined where it changes nothing */
type Tampering = (
  entries: MembershipEntry[],
  at: number,
  other: MembershipEntry[],
) => MembershipEntry[] | undefined;

const tamperings: Record<string, Tampering> = {
  'leaves an entry out': (entries, at) => (at < entries.length - 1 ? entries.toSpliced(at, 1) : undefined),
  'repeats an entry': (entries, at) => entries.toSpliced(at, 0, entries[at]!),
  'swaps two entries': (entries, at) =>
    at + 1 < entries.length ? entries.toSpliced(at, 2, entries[at + 1]!, entries[at]!) : undefined,
  'puts in an entry of another practice': (entries, at, other) =>
    entries.toSpliced(at, 1, other[at % other.length]!),
  'changes a body': (entries, at) =>
    changed(entries, at, (entry) => ({
      body: JSON.stringify({ ...JSON.parse(entry.body), at: '2020-01-01T00:00:00Z' }),
    })),
  'changes a device’s signature': (entries, at) =>
    changed(entries, at, ({ deviceSignature }) => ({ deviceSignature: flip(deviceSignature) })),
  'changes a user’s signature': (entries, at) =>
    changed(entries, at, ({ userSignature }) => ({ userSignature: flip(userSignature) })),
  'swaps the two signatures': (entries, at) =>
    changed(entries, at, (entry) => ({
      deviceSignature: entry.userSignature,
      userSignature: entry.deviceSignature,
    })),
  'adds a recovery signature': (entries, at) =>
    changed(entries, at, ({ userSignature }) => ({ recoverySignature: userSignature })),
};

function changed(
  entries: MembershipEntry[],
  at: number,
  change: (entry: MembershipEntry) => Partial<MembershipEntry>,
): MembershipEntry[] {
  return entries.map((entry, index) => (index === at ? { ...entry, ...change(entry) } : entry));
}

function flip(text: string): string {
  return (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
}

for (const [name, tamper] of Object.entries(tamperings)) {
  test(`a server that ${name} is not believed, wherever in the history`, async () => {
    const other = await openOther();
    for (const { entries } of histories) {
      for (let at = 0; at < entries.length; at++) {
        const tampered = tamper(entries, at, other);
        if (!tampered) continue;
        for (const entry of tampered) membershipEntry.parse(entry);
        await assert.rejects(
          verifyLog(tampered, practiceId),
          isCode('malformed', 'forked', 'unsigned', 'not-allowed'),
        );
      }
    }
  });
}

async function openOther(): Promise<MembershipEntry[]> {
  const practice = await openPractice();
  const foreign = practice.entries.map((entry) => {
    const body = JSON.parse(entry.body) as MembershipBody;
    return { ...entry, body: JSON.stringify({ ...body, practiceId: randomUUID() }) };
  });
  return foreign;
}

test('a shorter history than was seen before is refused, and one that took another way', async () => {
  const practice = await openPractice();
  await practice.addDevice();
  const fork = [...practice.entries];
  await practice.addDevice();
  const { head } = await practice.verify();
  await assert.rejects(verifyLog(fork, practiceId, head), isCode('shorter'));
  const device = await newDevice();
  const { head: before } = await verifyLog(fork, practiceId);
  const content = {
    practiceId,
    by: { userId: practice.main.user.id, deviceId: practice.main.device.id },
    action: { kind: 'approve-device', device: device.publicKeys } as const,
  };
  const { main } = practice;
  const signers = { device: main.device.keys.sign.privateKey, user: main.user.key.privateKey };
  fork.push(await signEntry(content, before, signers));
  await assert.rejects(verifyLog(fork, practiceId, head), isCode('forked'));
});

test('an empty log is none', async () => {
  await assert.rejects(verifyLog([], practiceId), isCode('malformed'));
});
