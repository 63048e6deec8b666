import { fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { openRecord, recordKey } from '@sprechzimmer/crypto/practice-key.ts';
import { type Pin, type VerifiedLog, verifyLog } from '@sprechzimmer/membership/log.ts';
import type { Membership } from '@sprechzimmer/membership/membership.ts';
import {
  type ConsentProfile,
  consentProfile,
  type InvitationSettings,
  invitationSettings,
  type LogoProfile,
  logoProfile,
} from '@sprechzimmer/protocol/invitation-settings.ts';
import {
  type DeviceProfile,
  deviceProfile,
  type PracticeProfile,
  practiceProfile,
  type SealedProfile,
  type SessionView,
  type UserProfile,
  userKeyProfile,
  userProfile,
} from '@sprechzimmer/protocol/practice.ts';
import { openPracticeKeys } from '../device/practice-keys.ts';
import type { StoredDevice } from '../device/key-store.ts';
import { checkMembers } from '../membership/check-members.ts';
import { KeyMismatchError } from './key-mismatch.ts';

/** A signed-in user on this device, with what it takes to read and write the practice's records. */
export type PracticeSession = {
  practice: PracticeProfile & { id: string; timeZone: string };
  user: SessionView['user'] & { name: string };
  /** Names of the practice's users, by id. */
  userNames: ReadonlyMap<string, string>;
  userProfiles: ReadonlyMap<string, UserProfile>;
  deviceProfiles: ReadonlyMap<string, DeviceProfile>;
  /** How the practice invites; as it comes until the practice has chosen something. */
  invitationSettings: InvitationSettings;
  consent: ConsentProfile;
  logo: LogoProfile | undefined;
  deviceName: string;
  roomOrigin: string;
  /** The newest generation, as the log says: what is written is sealed with it. */
  generation: number;
  recordKeys: ReadonlyMap<number, CryptoKey>;
  device: StoredDevice;
  /** Who belongs to the practice, from the verified log; never the server's word. */
  membership: Membership;
  log: VerifiedLog;
  /** What the server answered; its log and its members have been checked. */
  view: SessionView;
};

const noInvitationSettings: InvitationSettings = { neutralName: '', mailOnDay: 'no', templates: [] };
const noConsent: ConsentProfile = { asked: false, texts: [] };

/** The user's own key as their password opens it. @throws KeyMismatchError */
export async function sealedUserKey(session: PracticeSession): Promise<string> {
  const profile = session.view.profiles.find(({ kind, id }) => kind === 'user-key' && id === session.user.id);
  if (!profile) throw new KeyMismatchError('no key of this user');
  const opened = await openProfile(profile, session.practice.id, session.recordKeys, userKeyProfile);
  return opened.sealedKey;
}

/**
 * Opens what the server holds for this device. The ids that everything is bound to are the device's own, not the
 * server's word; a device that was just approved knows its practice by the pinned head of the log.
 * @param pin what was believed before: the log must contain it
 * @throws KeyMismatchError; MembershipError when the log is not believed, or the server speaks of others than its members
 */
export async function openSession(
  view: SessionView,
  device: StoredDevice,
  pin: Pin | undefined = device.pin,
): Promise<PracticeSession> {
  const practiceId = device.practiceId || (pin && view.practice.id);
  if (view.practice.id !== practiceId || view.deviceId !== device.deviceId) {
    throw new KeyMismatchError('the session is not for this device');
  }
  const log = await verifyLog(view.log, practiceId, pin);
  const { membership } = log;
  checkMembers(view, membership, device.deviceId);
  const { generation } = membership;
  const recordKeys = new Map<number, CryptoKey>();
  for (const [each, key] of await openPracticeKeys(view.wraps, practiceId, device)) {
    recordKeys.set(each, await recordKey(key));
  }
  if (!recordKeys.has(generation)) throw new KeyMismatchError('no practice key for this device');
  const profiles = await openProfiles(view.profiles, practiceId, recordKeys);
  const practice = profiles.practice.get(practiceId);
  const thisDevice = profiles.device.get(device.deviceId);
  if (!practice || !thisDevice) throw new KeyMismatchError('a profile is missing');
  const userNames = new Map([...profiles.user].map(([id, { name }]) => [id, name]));
  return {
    practice: { id: practiceId, timeZone: view.practice.timeZone, ...practice },
    user: { ...view.user, name: userNames.get(view.user.id) ?? view.user.email },
    userNames,
    userProfiles: profiles.user,
    deviceProfiles: profiles.device,
    invitationSettings: profiles['invitation-settings'].get(practiceId) ?? noInvitationSettings,
    consent: profiles.consent.get(practiceId) ?? noConsent,
    logo: profiles.logo.get(practiceId)?.image ? profiles.logo.get(practiceId) : undefined,
    deviceName: thisDevice.name,
    roomOrigin: view.roomOrigin,
    generation,
    recordKeys,
    device: {
      ...device,
      practiceId,
      practiceName: practice.name,
      deviceName: thisDevice.name,
      deviceNames: Object.fromEntries([...profiles.device].map(([id, { name }]) => [id, name])),
      pin: log.head,
    },
    membership,
    log,
    view,
  };
}

/** @throws KeyMismatchError */
async function openProfiles(
  profiles: SealedProfile[],
  practiceId: string,
  recordKeys: ReadonlyMap<number, CryptoKey>,
) {
  const opened = {
    practice: new Map<string, PracticeProfile>(),
    user: new Map<string, UserProfile>(),
    device: new Map<string, DeviceProfile>(),
    'invitation-settings': new Map<string, InvitationSettings>(),
    consent: new Map<string, ConsentProfile>(),
    logo: new Map<string, LogoProfile>(),
  };
  const open = <T>(profile: SealedProfile, schema: { parse: (value: unknown) => T }) =>
    openProfile(profile, practiceId, recordKeys, schema);
  for (const profile of profiles) {
    const { kind, id } = profile;
    if (kind === 'practice') opened.practice.set(id, await open(profile, practiceProfile));
    else if (kind === 'user') opened.user.set(id, await open(profile, userProfile));
    else if (kind === 'device') opened.device.set(id, await open(profile, deviceProfile));
    else if (kind === 'invitation-settings') opened[kind].set(id, await open(profile, invitationSettings));
    else if (kind === 'consent') opened.consent.set(id, await open(profile, consentProfile));
    else if (kind === 'logo') opened.logo.set(id, await open(profile, logoProfile));
  }
  return opened;
}

/** Opens one sealed profile, whatever its kind. @throws KeyMismatchError */
export async function openProfile<T>(
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
