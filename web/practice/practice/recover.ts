import { type Bytes, fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { generateCode, recoveryCodeLength } from '@sprechzimmer/crypto/code.ts';
import { type DeviceKeyPairs, generateDeviceKeys, signText } from '@sprechzimmer/crypto/device-keys.ts';
import { newPracticeKey, recordKey, sealRecord, unwrapAtDevice } from '@sprechzimmer/crypto/practice-key.ts';
import {
  generateRecoveryKeys,
  openRecoveryKeys,
  type RecoveryKeyPairs,
} from '@sprechzimmer/crypto/recovery-keys.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import { openUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { entryHash, signEntry, type VerifiedLog, verifyLog } from '@sprechzimmer/membership/log.ts';
import type { DeviceKeys, MembershipEntry } from '@sprechzimmer/protocol/membership.ts';
import {
  type DeviceProfile,
  practiceProfile,
  type RecoveryView,
  type SealedProfile,
  signInProof,
  userKeyProfile,
} from '@sprechzimmer/protocol/practice.ts';
import type { PracticeClient } from '../api.ts';
import type { StoredDevice } from '../device/key-store.ts';
import { publicDeviceKeys } from '../device/public-keys.ts';
import { wrapKeys } from '../membership/wrap-keys.ts';
import { KeyMismatchError } from './key-mismatch.ts';
import { publicSheetKeys, sealSheet } from './recovery-sheet-keys.ts';
import { openProfile } from './session.ts';

export type RecoveryForm = { email: string; password: string };

/** What the sheet and the password have opened; nothing is changed yet. */
export type OpenedRecovery = {
  form: RecoveryForm;
  origin: string;
  locator: string; // of the old sheet
  view: RecoveryView;
  log: VerifiedLog;
  practiceName: string;
  practiceKeys: ReadonlyMap<number, Bytes>;
  signers: { recovery: CryptoKey; user: CryptoKey };
  device: DeviceKeyPairs;
  deviceKeys: DeviceKeys;
  /** Of the new sheet, which is shown next. */
  newCode: string;
  newSheet: RecoveryKeyPairs;
};

/**
 * Opens a practice with its recovery sheet. @param code as `readCode` gives it
 * @throws ApiError; OpenError, KeyMismatchError, MembershipError when what the server has is not what the sheet opens
 */
export async function openRecovery(
  client: PracticeClient,
  form: RecoveryForm,
  code: string,
  origin: string,
): Promise<OpenedRecovery> {
  const secrets = await deriveSecrets(code, 'recovery', origin);
  const device = await generateDeviceKeys();
  const deviceKeys = await publicDeviceKeys(crypto.randomUUID(), device);
  const locator = toBase64url(secrets.locator);
  const proof = await proveDevice(client, form.email, deviceKeys.id, device);
  const { email, password } = form;
  const view = await client.practice.recover({ email, password, locator, device: deviceKeys, ...proof });
  const { practiceId } = view;
  const log = await verifyLog(view.log, practiceId);
  const sheet = await openRecoveryKeys(
    fromBase64url(view.sealedKeys),
    secrets.cardKey,
    practiceId,
    fromBase64url(log.membership.recovery.agreeKey),
  );
  const practiceKeys = new Map<number, Bytes>();
  for (const { generation, wrap } of view.wraps) {
    const context = [practiceId, 'recovery', String(generation)];
    practiceKeys.set(generation, await unwrapAtDevice(fromBase64url(wrap), sheet.agree, context));
  }
  const { practiceName, user } = await openAccount(view, practiceKeys, password);
  return {
    form,
    origin,
    locator,
    view,
    log,
    practiceName,
    practiceKeys,
    signers: { recovery: sheet.sign, user },
    device,
    deviceKeys,
    newCode: generateCode(recoveryCodeLength),
    newSheet: await generateRecoveryKeys(),
  };
}

/** Everything of a recovery that does not depend on the server's challenge; the same over repeated attempts. */
export type SealedRecovery = {
  input: Omit<Parameters<PracticeClient['practice']['completeRecovery']>[0], 'challenge' | 'signature'>;
  stored: StoredDevice;
};

/** Makes this browser the only device, with a new practice key and a new sheet. */
export async function sealRecovery(opened: OpenedRecovery, profile: DeviceProfile): Promise<SealedRecovery> {
  const { form, view, log, deviceKeys, newSheet } = opened;
  const { practiceId } = view;
  const generation = log.membership.generation + 1;
  const newKey = newPracticeKey();
  const recovery = await publicSheetKeys(newSheet);
  const action = { kind: 'recover', device: deviceKeys, recovery, generation } as const;
  const by = { userId: view.userId, deviceId: deviceKeys.id };
  const signers = { ...opened.signers, device: opened.device.sign.privateKey };
  const entry = await signEntry({ practiceId, by, action }, log.head, signers);
  const receivers = [
    { to: deviceKeys.id, agreeKey: deviceKeys.agreeKey },
    { to: 'recovery', agreeKey: recovery.agreeKey },
  ] as const;
  const keys = new Map([...opened.practiceKeys, [generation, newKey] as const]);
  const place = { kind: 'device' as const, id: deviceKeys.id, version: 1, generation };
  const sealed = await sealRecord(await recordKey(newKey), profile, { practiceId, ...place });
  const deviceProfile: SealedProfile = { ...place, sealed: toBase64url(sealed) };
  return {
    input: {
      ...form,
      locator: opened.locator,
      entry,
      wraps: await wrapKeys(keys, practiceId, receivers),
      recovery: await sealSheet(opened.newCode, newSheet, practiceId, opened.origin),
      profiles: [deviceProfile],
    },
    stored: await storedDevice(opened, profile, entry),
  };
}

/** @throws ApiError */
export async function completeRecovery(
  client: PracticeClient,
  opened: OpenedRecovery,
  { input }: SealedRecovery,
): Promise<void> {
  const proof = await proveDevice(client, opened.form.email, opened.deviceKeys.id, opened.device);
  await client.practice.completeRecovery({ ...input, ...proof });
}

async function proveDevice(client: PracticeClient, email: string, id: string, keys: DeviceKeyPairs) {
  const { challenge } = await client.practice.challenge({});
  const proof = signInProof('recover', email, id, challenge);
  return { challenge, signature: toBase64url(await signText(keys.sign.privateKey, proof)) };
}

async function openAccount(view: RecoveryView, keys: ReadonlyMap<number, Bytes>, password: string) {
  const recordKeys = new Map<number, CryptoKey>();
  for (const [generation, key] of keys) recordKeys.set(generation, await recordKey(key));
  const find = (kind: SealedProfile['kind'], id: string) => {
    const profile = view.profiles.find((each) => each.kind === kind && each.id === id);
    if (!profile) throw new KeyMismatchError(`no ${kind} profile`);
    return profile;
  };
  const { practiceId, userId } = view;
  const practice = find('practice', practiceId);
  const { name } = await openProfile(practice, practiceId, recordKeys, practiceProfile);
  const userKey = await openProfile(find('user-key', userId), practiceId, recordKeys, userKeyProfile);
  const user = await openUserKey(fromBase64url(userKey.sealedKey), password, { practiceId, userId });
  return { practiceName: name, user };
}

async function storedDevice(
  { view, form, device, deviceKeys, log, practiceName }: OpenedRecovery,
  profile: DeviceProfile,
  entry: MembershipEntry,
): Promise<StoredDevice> {
  return {
    practiceId: view.practiceId,
    deviceId: deviceKeys.id,
    keys: device,
    deviceName: profile.name,
    practiceName,
    email: form.email.trim(),
    registered: true,
    pin: { seq: log.head.seq + 1, hash: toBase64url(await entryHash(entry)) },
  };
}
