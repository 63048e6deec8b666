import { MembershipError } from '@sprechzimmer/membership/membership-error.ts';
import type { Membership, MemberUser } from '@sprechzimmer/membership/membership.ts';
import type { SessionView } from '@sprechzimmer/protocol/practice.ts';

/**
 * The server may speak only of devices, users and keys that the log knows: a device that was put into its database is
 * no device, however well it signs in.
 * @throws MembershipError `unknown-member`
 */
export function checkMembers(view: SessionView, membership: Membership, ownDeviceId: string): void {
  const known = (condition: boolean, what: string) => {
    if (!condition) throw new MembershipError('unknown-member', what);
  };
  known(membership.devices.has(ownDeviceId), 'this device is not in the log');
  for (const { id } of view.devices) known(membership.devices.has(id), 'a device that nobody approved');
  for (const user of view.users) {
    const member = membership.users.get(user.id);
    known(member !== undefined, 'a user whom nobody added');
    const isSame = member?.role === user.role && member.isMain === user.isMain;
    known(isSame && isStateOf(member.state, user.state), 'a user as nobody made them');
  }
  const self = membership.users.get(view.user.id);
  known(self?.isMain === view.user.isMain && self.role === view.user.role, 'rights that nobody gave');
  for (const { generation } of view.wraps) known(generation <= membership.generation, 'a key of nobody');
}

/** Between a user's new password and their entry in the log, the server is one step ahead; they sign nothing until then. */
function isStateOf(state: MemberUser['state'], told: SessionView['users'][number]['state']): boolean {
  return state === 'added' ? told !== 'deactivated' : told === state;
}
