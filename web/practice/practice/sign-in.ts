import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { signText } from '@sprechzimmer/crypto/device-keys.ts';
import { deviceId } from '@sprechzimmer/protocol/ids.ts';
import { type SecondFactorAnswer, signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { PracticeClient } from '../api.ts';
import type { StoredDevice } from '../device/key-store.ts';
import { openSession, type PracticeSession } from './session.ts';

export type Credentials = {
  email: string;
  password: string;
  secondFactor?: SecondFactorAnswer | undefined;
  /** Ends the session at another device. */
  takeOver?: boolean | undefined;
};

/**
 * Signs a user in on this device: the password, and the device's signature over a fresh challenge.
 * @throws ApiError, KeyMismatchError, MembershipError
 */
export async function signInAtDevice(
  client: PracticeClient,
  device: StoredDevice,
  { email, password, secondFactor, takeOver }: Credentials,
): Promise<PracticeSession> {
  const { challenge } = await client.practice.challenge({});
  const proof = signInProof('sign-in', email, device.deviceId, challenge);
  const signature = toBase64url(await signText(device.keys.sign.privateKey, proof));
  const id = deviceId.parse(device.deviceId);
  const proven = { email: email.trim(), password, deviceId: id, challenge, signature };
  await client.practice.signIn({ ...proven, secondFactor, takeOver });
  return resumeSession(client, device);
}

/**
 * The session this browser already has.
 * @throws ApiError `NOT_SIGNED_IN` when there is none; KeyMismatchError
 */
export async function resumeSession(client: PracticeClient, device: StoredDevice): Promise<PracticeSession> {
  return openSession(await client.practice.session({}), device);
}
