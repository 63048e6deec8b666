import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { signText } from '@sprechzimmer/crypto/device-keys.ts';
import { deviceId } from '@sprechzimmer/protocol/ids.ts';
import { signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { PracticeClient } from '../api.ts';
import type { StoredDevice } from '../device/key-store.ts';
import { openSession, type PracticeSession } from './session.ts';

/**
 * Signs a user in on this device: the password, and the device's signature over a fresh challenge.
 * @throws ApiError, KeyMismatchError
 */
export async function signInAtDevice(
  client: PracticeClient,
  device: StoredDevice,
  email: string,
  password: string,
): Promise<PracticeSession> {
  const { challenge } = await client.practice.challenge({});
  const proof = signInProof('sign-in', email, device.deviceId, challenge);
  const signature = toBase64url(await signText(device.keys.sign.privateKey, proof));
  const id = deviceId.parse(device.deviceId);
  await client.practice.signIn({ email: email.trim(), password, deviceId: id, challenge, signature });
  return resumeSession(client, device);
}

/**
 * The session this browser already has.
 * @throws ApiError `NOT_SIGNED_IN` when there is none; KeyMismatchError
 */
export async function resumeSession(client: PracticeClient, device: StoredDevice): Promise<PracticeSession> {
  return openSession(await client.practice.session({}), device);
}
