import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import { refusal } from '../http/errors.ts';
import type { SecurityEventKind } from '../practice/record-event.ts';
import { activateUser } from './activate-user.ts';
import { addUser } from './add-user.ts';
import { approveDevice } from './approve-device.ts';
import type { Change } from './change.ts';
import { changeUser } from './change-user.ts';
import { acceptMain } from './accept-main.ts';
import { removeDevice } from './remove-device.ts';
import { removeUser } from './remove-user.ts';
import { renewKey } from './renew-key.ts';
import { renewRecovery } from './renew-recovery.ts';
import { resumeDevice, suspendDevice } from './suspend-device.ts';

/** Does what an entry says. @returns what the practice may read of it among its security events */
export async function takeEffect(
  change: Change<MembershipAction['kind']>,
): Promise<SecurityEventKind | undefined> {
  const { action } = change;
  switch (action.kind) {
    case 'approve-device':
      return approveDevice({ ...change, action });
    case 'suspend-device':
      return suspendDevice({ ...change, action });
    case 'resume-device':
      return resumeDevice({ ...change, action });
    case 'remove-device':
      return removeDevice({ ...change, action });
    case 'add-user':
      return addUser({ ...change, action });
    case 'activate-user':
      return activateUser({ ...change, action });
    case 'reset-user':
    case 'change-role':
    case 'deactivate-user':
    case 'reactivate-user':
      return changeUser({ ...change, action });
    case 'remove-user':
      return removeUser({ ...change, action });
    case 'offer-main':
      return undefined; // nothing changes before it is accepted
    case 'accept-main':
      return acceptMain({ ...change, action });
    case 'renew-key':
      return renewKey({ ...change, action });
    case 'renew-recovery':
      return renewRecovery(change);
    case 'found':
    case 'recover':
      throw refusal('FORBIDDEN');
    default:
      return action satisfies never;
  }
}
