import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import type { Work } from '../work.ts';
import { type ChangeExtras, changeMembers } from './change-members.ts';
import { changerOf } from './changer-of.ts';
import { renewKey } from './renew-key.ts';

/**
 * Changes the practice's members as the user who is signed in; `work.session` is up to date afterwards. Where that leaves
 * a key in use that a removed member knows, it is renewed with the same password; if that fails, the start page says so.
 * @throws OpenError for a wrong password; ApiError; MembershipError
 */
export async function changeAsUser(
  work: Work,
  action: MembershipAction,
  extras: ChangeExtras,
  password: string,
): Promise<void> {
  await changeMembers(await changerOf(work), action, extras, password);
  await renewIfDue(work, password).catch(() => undefined);
}

/** Takes up a renewal that was interrupted before its first step. @throws like `renewKey` */
export async function renewIfDue(work: Work, password: string): Promise<void> {
  const { session } = work;
  if (!session.membership.needsRenewal || !session.user.isMain) return;
  await renewKey(work, password);
  work.renewal.start();
}
