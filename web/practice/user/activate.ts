import { type Bytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { exportPublicKey, signText } from '@sprechzimmer/crypto/device-keys.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import { generateUserKey, sealUserKey } from '@sprechzimmer/crypto/user-key.ts';
import { signEntry } from '@sprechzimmer/membership/log.ts';
import * as ids from '@sprechzimmer/protocol/ids.ts';
import { signInProof } from '@sprechzimmer/protocol/practice.ts';
import type { PracticeClient } from '../api.ts';
import type { StoredDevice } from '../device/key-store.ts';
import type { PracticeSession } from '../practice/session.ts';
import { resumeSession } from '../practice/sign-in.ts';
import { sealProfile } from '../practice/profiles.ts';

/**
 * A new user's first sign-in: their printed code and a password of their own. Makes their signing key, which from here on
 * only that password opens.
 * @param code as `readCode` gives it
 * @throws ApiError `SIGN_IN_REFUSED` for a code that is not good; KeyMismatchError, MembershipError
 */
export async function activateUser(
  client: PracticeClient,
  device: StoredDevice,
  code: string,
  password: string,
): Promise<PracticeSession> {
  const { locator, psk } = await deriveSecrets(code, 'activation', location.origin);
  const { challenge } = await client.practice.challenge({});
  const deviceId = ids.deviceId.parse(device.deviceId);
  const proof = signInProof('activate', toBase64url(locator), deviceId, challenge);
  const signature = toBase64url(await signText(device.keys.sign.privateKey, proof));
  await client.user.activate({ locator: toBase64url(locator), password, deviceId, challenge, signature });
  const session = await resumeSession(client, device);
  await enterLog(client, session, psk, password);
  return resumeSession(client, session.device);
}

async function enterLog(
  client: PracticeClient,
  session: PracticeSession,
  activation: Bytes,
  password: string,
): Promise<void> {
  const { user, device } = session;
  const practiceId = ids.practiceId.parse(session.practice.id);
  const key = await generateUserKey();
  const sealedKey = await sealUserKey(key.privateKey, password, { practiceId, userId: user.id });
  const content = {
    practiceId,
    by: { userId: user.id, deviceId: ids.deviceId.parse(device.deviceId) },
    action: {
      kind: 'activate-user' as const,
      userId: user.id,
      signKey: toBase64url(await exportPublicKey(key.publicKey)),
      activation: toBase64url(activation),
    },
  };
  const signers = { device: device.keys.sign.privateKey, user: key.privateKey };
  const entry = await signEntry(content, session.log.head, signers);
  const profile = await sealProfile(session, 'user-key', user.id, { sealedKey: toBase64url(sealedKey) });
  await client.membership.append({ entry, profiles: [profile] });
}
