import { fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import { deriveSecrets } from '@sprechzimmer/crypto/secret.ts';
import { openUserKey } from '@sprechzimmer/crypto/user-key.ts';
import type { OpenRequest } from '@sprechzimmer/protocol/device.ts';
import type { DeviceKeys } from '@sprechzimmer/protocol/membership.ts';
import type { DeviceProfile, SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import { changeAsUser } from '../membership/change-as-user.ts';
import { wrapKeys } from '../membership/wrap-keys.ts';
import { type PracticeSession, sealedUserKey } from '../practice/session.ts';
import type { Work } from '../work.ts';
import { linkAsApprover } from './approval-handshake.ts';
import { ApprovalError, createMailbox } from './approval-mailbox.ts';
import { openPracticeKeys } from './practice-keys.ts';

const pollMs = 500;

/**
 * Takes in the device on whose screen `code` stands. The keys go to the public key that came under the code's own
 * handshake, and only if the server had shown the very same one.
 * @returns the new device's name
 * @throws OpenError for a wrong password, before anything is sent; ApiError, `CODE_WRONG` among them; ApprovalError;
 *   MembershipError
 */
export async function approveDevice(
  work: Work,
  request: OpenRequest,
  code: string,
  password: string,
  signal: AbortSignal,
): Promise<string> {
  const { client, session } = work;
  await checkPassword(session, password);
  const { locator, psk } = await deriveSecrets(code, 'device', location.origin);
  const requestId = request.id;
  await client.device.matchCode({ requestId, locatorHash: toBase64url(await sha256(locator)) });
  const mailbox = createMailbox({
    ask: (after, send) => client.device.exchange({ requestId, after, ...(send !== undefined && { send }) }),
    pollMs,
    signal,
  });
  const link = await linkAsApprover(mailbox, psk);
  const { device, name, browser } = await link.hear('introduce');
  if (!sameKeys(device, request.device)) {
    await client.device.decline({ requestId });
    throw new ApprovalError('keys-swapped');
  }
  await append(work, requestId, device, { name, browser }, password);
  const { head } = work.session.log;
  await link.say({ kind: 'welcome', head, deviceId: device.id });
  return name;
}

/** @throws OpenError */
async function checkPassword(session: PracticeSession, password: string): Promise<void> {
  const place = { practiceId: session.practice.id, userId: session.user.id };
  await openUserKey(fromBase64url(await sealedUserKey(session)), password, place);
}

async function append(
  work: Work,
  requestId: OpenRequest['id'],
  device: DeviceKeys,
  profile: DeviceProfile,
  password: string,
): Promise<void> {
  await work.reload(); // the keys that are live now
  const { session } = work;
  const keys = await openPracticeKeys(session.view.wraps, session.practice.id, session.device);
  const receiver = { to: device.id, agreeKey: device.agreeKey };
  const wraps = await wrapKeys(keys, session.practice.id, [receiver]);
  const profiles = [await sealDeviceProfile(session, device.id, 1, profile)];
  await changeAsUser(work, { kind: 'approve-device', device }, { requestId, wraps, profiles }, password);
}

/** A device's name and browser, sealed for the practice. */
export async function sealDeviceProfile(
  session: PracticeSession,
  id: string,
  version: number,
  profile: DeviceProfile,
): Promise<SealedProfile> {
  const { generation } = session;
  const key = session.recordKeys.get(generation);
  if (!key) throw new TypeError(`no key of generation ${generation}`);
  const place = { kind: 'device' as const, id, version, generation };
  const sealed = await sealRecord(key, profile, { practiceId: session.practice.id, ...place });
  return { ...place, sealed: toBase64url(sealed) };
}

function sameKeys(a: DeviceKeys, b: DeviceKeys): boolean {
  return a.id === b.id && a.signKey === b.signKey && a.agreeKey === b.agreeKey;
}
