import type { MemberChange } from '@sprechzimmer/protocol/member-change.ts';
import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import type { SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import { refusal } from '../http/errors.ts';

type Extra = Exclude<keyof MemberChange, 'entry'>;

/** What each action brings beside its entry; `suspendedUntil` alone may be left out. */
const extrasOf: Record<MembershipAction['kind'], Extra[]> = {
  found: [],
  'approve-device': ['requestId', 'wraps', 'profiles'],
  'suspend-device': ['suspendedUntil'],
  'resume-device': [],
  'remove-device': [],
  'add-user': ['email', 'activationLocatorHash', 'profiles'],
  'activate-user': ['profiles'],
  'reset-user': ['activationLocatorHash'],
  'change-role': [],
  'deactivate-user': [],
  'reactivate-user': [],
  'remove-user': ['successorId'],
  'offer-main': [],
  'accept-main': [],
  'renew-key': ['wraps'],
  'renew-recovery': ['wraps', 'recovery'],
  recover: [],
};

/** Everything that the action needs is there, and nothing else. @throws BAD_INPUT */
export function checkExtras(kind: MembershipAction['kind'], change: MemberChange): void {
  const { entry: _, ...extras } = change;
  const given = Object.entries(extras).flatMap(([extra, value]) =>
    value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [extra],
  );
  const expected = extrasOf[kind];
  const isComplete = expected.every((extra) => extra === 'suspendedUntil' || given.includes(extra));
  if (!isComplete || !given.every((extra) => expected.some((one) => one === extra))) {
    throw refusal('BAD_INPUT');
  }
}

/** @throws BAD_INPUT unless `profiles` is one new profile of this kind and id, sealed with the newest key */
export function checkProfile(
  profiles: SealedProfile[],
  expected: Pick<SealedProfile, 'kind' | 'id' | 'generation'>,
): void {
  const [profile] = profiles;
  const isExpected =
    profiles.length === 1 &&
    profile?.version === 1 &&
    profile.kind === expected.kind &&
    profile.id === expected.id &&
    profile.generation === expected.generation;
  if (!isExpected) throw refusal('BAD_INPUT');
}
