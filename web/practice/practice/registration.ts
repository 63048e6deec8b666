import { type Bytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { generateCode, readCode, recoveryCodeLength } from '@sprechzimmer/crypto/code.ts';
import {
  type DeviceKeyPairs,
  exportPublicKey,
  generateDeviceKeys,
  signText,
} from '@sprechzimmer/crypto/device-keys.ts';
import { newPracticeKey, recordKey, sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import { generateRecoveryKeys, type RecoveryKeyPairs } from '@sprechzimmer/crypto/recovery-keys.ts';
import { generateUserKey, sealUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { signEntry } from '@sprechzimmer/membership/log.ts';
import { deviceId, practiceId, userId } from '@sprechzimmer/protocol/ids.ts';
import {
  type DeviceProfile,
  maxPasswordLength,
  minPasswordLength,
  type PracticeProfile,
  type Registration,
  type SealedProfile,
  signInProof,
  type UserProfile,
} from '@sprechzimmer/protocol/practice.ts';
import { publicDeviceKeys } from '../device/public-keys.ts';
import { readEmailAddress } from '../invitation/mail.ts';
import { wrapKeys } from '../membership/wrap-keys.ts';
import { publicSheetKeys, sealSheet } from './recovery-sheet-keys.ts';

export type RegistrationForm = {
  practiceName: string;
  telephone: string;
  userName: string;
  email: string;
  password: string;
  deviceName: string;
};

export type RegistrationProblem =
  | 'practice-name-missing'
  | 'telephone-missing'
  | 'user-name-missing'
  | 'email-wrong'
  | 'password-too-short'
  | 'password-too-long'
  | 'device-name-missing'
  | 'too-long';
export type RegistrationProblems = Partial<Record<keyof RegistrationForm, RegistrationProblem>>;

/** Made once per registration and the same over repeated attempts; `recoveryCode` is what the sheet shows. */
export type PracticeKeys = {
  practiceId: Registration['practiceId'];
  userId: Registration['userId'];
  deviceId: Registration['device']['id'];
  device: DeviceKeyPairs;
  user: CryptoKeyPair;
  recovery: RecoveryKeyPairs;
  practiceKey: Bytes;
  recoveryCode: string;
};

/** Every key of the practice has this generation until a device or user is removed. */
const firstGeneration = 1;
/** Until the practice chooses otherwise. */
const lockAfterMinutes = 15;
const maxNameLength = 200;
const maxTelephoneLength = 40;

export function registrationProblems(form: RegistrationForm): RegistrationProblems {
  const found: Record<keyof RegistrationForm, RegistrationProblem | undefined> = {
    practiceName: textProblem(form.practiceName, maxNameLength, 'practice-name-missing'),
    telephone: textProblem(form.telephone, maxTelephoneLength, 'telephone-missing'),
    userName: textProblem(form.userName, maxNameLength, 'user-name-missing'),
    email: readEmailAddress(form.email) ? undefined : 'email-wrong',
    password: passwordProblem(form.password),
    deviceName: textProblem(form.deviceName, maxNameLength, 'device-name-missing'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem));
}

export async function makePracticeKeys(): Promise<PracticeKeys> {
  return {
    practiceId: practiceId.parse(crypto.randomUUID()),
    userId: userId.parse(crypto.randomUUID()),
    deviceId: deviceId.parse(crypto.randomUUID()),
    device: await generateDeviceKeys(),
    user: await generateUserKey(),
    recovery: await generateRecoveryKeys(),
    practiceKey: newPracticeKey(),
    recoveryCode: generateCode(recoveryCodeLength),
  };
}

/** Everything of a registration that does not depend on the server's challenge. */
export type SealedRegistration = Omit<Registration, 'challenge' | 'signature'>;

/**
 * @param origin the practice app's origin, part of the recovery code's salt
 * @param browser how this browser names itself, for the list of devices
 */
export async function sealRegistration(
  keys: PracticeKeys,
  form: RegistrationForm,
  place: { origin: string; timeZone: string; browser: string },
): Promise<SealedRegistration> {
  const device = await publicDeviceKeys(keys.deviceId, keys.device);
  const recovery = await publicSheetKeys(keys.recovery);
  const signKey = toBase64url(await exportPublicKey(keys.user.publicKey));
  const found = { kind: 'found', user: { id: keys.userId, signKey }, device, recovery } as const;
  const by = { userId: keys.userId, deviceId: keys.deviceId };
  const signers = { device: keys.device.sign.privateKey, user: keys.user.privateKey };
  const entry = await signEntry({ practiceId: keys.practiceId, by, action: found }, undefined, signers);
  const practiceKeys = new Map([[firstGeneration, keys.practiceKey]]);
  const receivers = [
    { to: keys.deviceId, agreeKey: device.agreeKey },
    { to: 'recovery', agreeKey: recovery.agreeKey },
  ] as const;
  return {
    practiceId: keys.practiceId,
    userId: keys.userId,
    email: form.email.trim(),
    password: form.password,
    timeZone: place.timeZone,
    device,
    entry,
    wraps: await wrapKeys(practiceKeys, keys.practiceId, receivers),
    recovery: await sealSheet(keys.recoveryCode, keys.recovery, keys.practiceId, place.origin),
    profiles: await sealProfiles(keys, form, place.browser),
  };
}

/** Proves that this browser holds the device's key. `challenge` comes fresh from the server for each attempt. */
export async function signRegistration(
  keys: PracticeKeys,
  sealed: SealedRegistration,
  challenge: string,
): Promise<Registration> {
  const proof = signInProof('register', sealed.email, keys.deviceId, challenge);
  const signature = await signText(keys.device.sign.privateKey, proof);
  return { ...sealed, challenge, signature: toBase64url(signature) };
}

async function sealProfiles(
  keys: PracticeKeys,
  form: RegistrationForm,
  browser: string,
): Promise<SealedProfile[]> {
  const key = await recordKey(keys.practiceKey);
  const userPlace = { practiceId: keys.practiceId, userId: keys.userId };
  const sealedKey = toBase64url(await sealUserKey(keys.user.privateKey, form.password, userPlace));
  const seal = async (kind: SealedProfile['kind'], id: string, profile: object): Promise<SealedProfile> => {
    const place = { kind, id, version: 1, generation: firstGeneration };
    const sealed = await sealRecord(key, profile, { practiceId: keys.practiceId, ...place });
    return { ...place, sealed: toBase64url(sealed) };
  };
  return Promise.all([
    seal('practice', keys.practiceId, {
      name: form.practiceName.trim(),
      telephone: form.telephone.trim(),
      lockAfterMinutes,
      hideAddress: false,
    } satisfies PracticeProfile),
    seal('user', keys.userId, { name: form.userName.trim(), telephone: '' } satisfies UserProfile),
    seal('device', keys.deviceId, { name: form.deviceName.trim(), browser } satisfies DeviceProfile),
    seal('user-key', keys.userId, { sealedKey }),
  ]);
}

/** Two groups of the recovery code to type again, counted from 1, in the sheet's order. */
export type GroupPair = [number, number];

const recoveryGroupLength = 4;
const recoveryGroups = recoveryCodeLength / recoveryGroupLength;

/** @param random between 0 and 1, twice */
export function chooseGroups(random: () => number = Math.random): GroupPair {
  const first = 1 + Math.floor(random() * recoveryGroups);
  const other = 1 + Math.floor(random() * (recoveryGroups - 1));
  const second = other < first ? other : other + 1;
  return first < second ? [first, second] : [second, first];
}

/** Which of the two groups are as on the sheet, read as forgivingly as any code. */
export function groupsMatch(code: string, pair: GroupPair, typed: [string, string]): [boolean, boolean] {
  return [groupMatches(code, pair[0], typed[0]), groupMatches(code, pair[1], typed[1])];
}

function groupMatches(code: string, group: number, typed: string): boolean {
  const start = (group - 1) * recoveryGroupLength;
  // The whole code with this one group as typed: the reading forgives what readCode forgives.
  const whole = code.slice(0, start) + typed + code.slice(start + recoveryGroupLength);
  const reading = readCode(whole, recoveryCodeLength);
  return reading.kind === 'code' && reading.code === code;
}

function textProblem(
  text: string,
  maxLength: number,
  missing: RegistrationProblem,
): RegistrationProblem | undefined {
  const length = text.trim().length;
  if (length === 0) return missing;
  return length > maxLength ? 'too-long' : undefined;
}

function passwordProblem(password: string): RegistrationProblem | undefined {
  if (password.length < minPasswordLength) return 'password-too-short';
  return password.length > maxPasswordLength ? 'password-too-long' : undefined;
}
