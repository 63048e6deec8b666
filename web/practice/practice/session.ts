import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openRecord, recordKey, unwrapAtDevice } from '@sprechzimmer/crypto/practice-key.ts';
import {
  deviceProfile,
  practiceProfile,
  type SealedProfile,
  type SessionView,
  userProfile,
} from '@sprechzimmer/protocol/practice.ts';
import type { StoredDevice } from '../device/key-store.ts';

/** A signed-in user on this device, with what it takes to read and write the practice's records. */
export type PracticeSession = {
  practice: { id: string; name: string; telephone: string; timeZone: string };
  user: { id: SessionView['user']['id']; email: string; name: string };
  /** Names of the practice's users, by id. */
  userNames: ReadonlyMap<string, string>;
  deviceName: string;
  roomOrigin: string;
  /** The newest generation: what is written is sealed with it. */
  generation: number;
  recordKeys: ReadonlyMap<number, CryptoKey>;
};

/** The practice key for this device does not open: it is another practice's, or damaged. */
export class KeyMismatchError extends Error {
  override readonly name = 'KeyMismatchError';
  readonly code = 'key-mismatch';
}

/**
 * Opens what the server holds for this device. The ids that everything is bound to are the device's own, not the
 * server's word.
 * @throws KeyMismatchError
 */
export async function openSession(view: SessionView, device: StoredDevice): Promise<PracticeSession> {
  if (view.practice.id !== device.practiceId || view.deviceId !== device.deviceId) {
    throw new KeyMismatchError('the session is not for this device');
  }
  const recordKeys = await unwrapKeys(view, device);
  const generation = Math.max(...recordKeys.keys());
  const open = <T>(profile: SealedProfile, schema: { parse: (value: unknown) => T }) =>
    openProfile(profile, device.practiceId, recordKeys, schema);
  const users = new Map<string, string>();
  for (const profile of view.profiles.filter(({ kind }) => kind === 'user')) {
    users.set(profile.id, (await open(profile, userProfile)).name);
  }
  const practice = await open(find(view, 'practice', device.practiceId), practiceProfile);
  const thisDevice = await open(find(view, 'device', device.deviceId), deviceProfile);
  return {
    practice: { id: device.practiceId, timeZone: view.practice.timeZone, ...practice },
    user: { id: view.user.id, email: view.user.email, name: users.get(view.user.id) ?? view.user.email },
    userNames: users,
    deviceName: thisDevice.name,
    roomOrigin: view.roomOrigin,
    generation,
    recordKeys,
  };
}

async function unwrapKeys(view: SessionView, device: StoredDevice): Promise<Map<number, CryptoKey>> {
  const keys = new Map<number, CryptoKey>();
  try {
    for (const { generation, wrap } of view.wraps) {
      const context = [device.practiceId, device.deviceId, String(generation)];
      const practiceKey = await unwrapAtDevice(fromBase64url(wrap), device.keys.agree, context);
      keys.set(generation, await recordKey(practiceKey));
    }
  } catch (cause) {
    throw new KeyMismatchError('the practice key does not open', { cause });
  }
  if (keys.size === 0) throw new KeyMismatchError('no practice key for this device');
  return keys;
}

function find(view: SessionView, kind: SealedProfile['kind'], id: string): SealedProfile {
  const profile = view.profiles.find((each) => each.kind === kind && each.id === id);
  if (!profile) throw new KeyMismatchError(`no ${kind} profile`);
  return profile;
}

async function openProfile<T>(
  profile: SealedProfile,
  practiceId: string,
  recordKeys: ReadonlyMap<number, CryptoKey>,
  schema: { parse: (value: unknown) => T },
): Promise<T> {
  const { kind, id, version, generation } = profile;
  const key = recordKeys.get(generation);
  if (!key) throw new KeyMismatchError(`no key of generation ${generation}`);
  try {
    const place = { practiceId, kind, id, version, generation };
    return schema.parse(await openRecord(key, fromBase64url(profile.sealed), place));
  } catch (cause) {
    throw new KeyMismatchError(`the ${kind} profile does not open`, { cause });
  }
}
