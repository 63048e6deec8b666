import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import { sealedUserKey } from '../practice/session.ts';
import type { Work } from '../work.ts';
import { type ChangeExtras, changeMembers } from './change-members.ts';

/**
 * Changes the practice's members as the user who is signed in; `work.session` is up to date afterwards.
 * @throws OpenError for a wrong password; ApiError; MembershipError
 */
export async function changeAsUser(
  work: Work,
  action: MembershipAction,
  extras: ChangeExtras,
  password: string,
): Promise<void> {
  const { session, client } = work;
  const changer = {
    client,
    device: session.device,
    userId: session.user.id,
    sealedUserKey: await sealedUserKey(session),
    log: () => work.session.log,
    refresh: work.reload,
  };
  await changeMembers(changer, action, extras, password);
}
