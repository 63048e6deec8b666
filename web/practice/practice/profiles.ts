import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealRecord } from '@sprechzimmer/crypto/practice-key.ts';
import type {
  ConsentProfile,
  InvitationSettings,
  LogoProfile,
} from '@sprechzimmer/protocol/invitation-settings.ts';
import type {
  DeviceProfile,
  PracticeProfile,
  SealedProfile,
  UserProfile,
} from '@sprechzimmer/protocol/practice.ts';
import type { Work } from '../work.ts';
import type { PracticeSession } from './session.ts';

export type ProfileValues = {
  practice: PracticeProfile;
  user: UserProfile;
  device: DeviceProfile;
  'user-key': { sealedKey: string };
  picture: { jpeg: string };
  'invitation-settings': InvitationSettings;
  consent: ConsentProfile;
  /** An empty image: none any more. */
  logo: LogoProfile;
};

/** What is kept of the practice itself: whoever changes one part saves the others with it. */
export function practiceProfileOf({ session }: Pick<Work, 'session'>): PracticeProfile {
  const { name, telephone, lockAfterMinutes, hideAddress } = session.practice;
  return { name, telephone, lockAfterMinutes, hideAddress };
}

/** The next version of a profile, sealed with the newest key. */
export async function sealProfile<Kind extends keyof ProfileValues>(
  session: PracticeSession,
  kind: Kind,
  id: string,
  value: ProfileValues[Kind],
): Promise<SealedProfile> {
  const { generation, recordKeys, practice, view } = session;
  const key = recordKeys.get(generation);
  if (!key) throw new TypeError(`no key of generation ${generation}`);
  const stored = view.profiles.find((profile) => profile.kind === kind && profile.id === id);
  const version = (stored?.version ?? 0) + 1;
  const place = { practiceId: practice.id, kind, id, version, generation };
  return { kind, id, version, generation, sealed: toBase64url(await sealRecord(key, value, place)) };
}

/**
 * Saves the next version; `work.session` is up to date afterwards, also when someone else was quicker.
 * @throws ApiError `VERSION_CONFLICT`
 */
export async function saveProfile<Kind extends keyof ProfileValues>(
  work: Work,
  kind: Kind,
  id: string,
  value: ProfileValues[Kind],
): Promise<void> {
  try {
    await work.client.profile.save(await sealProfile(work.session, kind, id, value));
  } finally {
    await work.reload();
  }
}
