import type {
  DeviceKeys,
  MembershipAction,
  MembershipBody,
  Role,
} from '@sprechzimmer/protocol/membership.ts';
import { MembershipError } from './membership-error.ts';

export type MemberUser = {
  role: Role;
  isMain: boolean;
  /** added: has a code and no key yet. */
  state: 'added' | 'active' | 'deactivated';
  /** SubjectPublicKeyInfo, base64url. */
  signKey?: string | undefined;
  activationHash?: string | undefined;
};

export type MemberDevice = {
  keys: DeviceKeys;
  isSuspended: boolean;
  approvedBy: string;
  /** ISO 8601, as the approving device's clock said. */
  approvedAt: string;
};

/** Who belongs to a practice after some entry of its log. */
export type Membership = {
  practiceId: string;
  mainUserId: string;
  users: ReadonlyMap<string, MemberUser>;
  devices: ReadonlyMap<string, MemberDevice>;
  /** Ids and signing keys that were removed; they never come back. */
  removed: ReadonlySet<string>;
  /** The newest practice key's. */
  generation: number;
  /** A device or user was removed, and the key that they know is still in use. */
  needsRenewal: boolean;
  recovery: { signKey: string; agreeKey: string };
  offeredMainTo?: string | undefined;
};

type Of<Kind extends MembershipAction['kind']> = Extract<MembershipAction, { kind: Kind }>;

/** What only the main user may do. */
const mainOnly: ReadonlySet<MembershipAction['kind']> = new Set([
  'approve-device',
  'suspend-device',
  'resume-device',
  'remove-device',
  'add-user',
  'reset-user',
  'change-role',
  'deactivate-user',
  'reactivate-user',
  'remove-user',
  'offer-main',
  'renew-key',
  'renew-recovery',
  'recover',
]);

/** The first entry. */
export function found(body: MembershipBody, action: Of<'found'>): Membership {
  const { user, device, recovery } = action;
  must(body.by.userId === user.id && body.by.deviceId === device.id);
  return {
    practiceId: body.practiceId,
    mainUserId: user.id,
    users: new Map([
      [user.id, { role: 'practitioner', isMain: true, state: 'active', signKey: user.signKey }],
    ]),
    devices: new Map([[device.id, approved(device, body)]]),
    removed: new Set(),
    generation: 1,
    needsRenewal: false,
    recovery,
  };
}

/**
 * One more entry; its signatures have been checked. Pure.
 * @throws MembershipError `not-allowed`
 */
export function apply(before: Membership, body: MembershipBody): Membership {
  const { action, by } = body;
  if (mainOnly.has(action.kind)) must(by.userId === before.mainUserId);
  switch (action.kind) {
    case 'found':
      throw new MembershipError('not-allowed', 'a practice is founded once');
    case 'approve-device':
      return approveDevice(before, body, action.device);
    case 'suspend-device':
    case 'resume-device':
    case 'remove-device':
      return changeDevice(before, body, action);
    case 'add-user':
      return addUser(before, action);
    case 'activate-user':
      return withUser(before, action.userId, (user) => {
        must(by.userId === action.userId && user.state === 'added');
        return { ...user, state: 'active', signKey: action.signKey, activationHash: undefined };
      });
    case 'reset-user':
    case 'change-role':
    case 'deactivate-user':
    case 'reactivate-user':
      return withUser(before, action.userId, (user) => changedUser(user, action));
    case 'remove-user':
      return removeUser(before, action.userId);
    case 'offer-main':
    case 'accept-main':
      return handOver(before, body, action);
    case 'renew-key':
      must(action.generation === before.generation + 1);
      return { ...before, generation: action.generation, needsRenewal: false };
    case 'renew-recovery':
      return { ...before, recovery: action.recovery };
    case 'recover':
      return recover(before, body, action);
    default:
      return action satisfies never;
  }
}

function approveDevice(before: Membership, body: MembershipBody, keys: DeviceKeys): Membership {
  must(!before.devices.has(keys.id) && !before.removed.has(keys.id));
  must(!knownKeys(before).has(keys.signKey) && keys.signKey !== keys.agreeKey);
  return { ...before, devices: new Map(before.devices).set(keys.id, approved(keys, body)) };
}

function changeDevice(
  before: Membership,
  body: MembershipBody,
  action: Of<'suspend-device'> | Of<'resume-device'> | Of<'remove-device'>,
): Membership {
  const device = before.devices.get(action.deviceId);
  must(device !== undefined);
  if (action.kind !== 'remove-device') {
    // A device cannot shut itself out.
    must(action.deviceId !== body.by.deviceId && device.isSuspended === (action.kind === 'resume-device'));
    const isSuspended = action.kind === 'suspend-device';
    return { ...before, devices: new Map(before.devices).set(action.deviceId, { ...device, isSuspended }) };
  }
  const devices = new Map(before.devices);
  devices.delete(action.deviceId);
  must([...devices.values()].some((other) => !other.isSuspended));
  return {
    ...before,
    devices,
    removed: withRemoved(before, action.deviceId, device.keys.signKey),
    needsRenewal: true,
  };
}

function addUser(before: Membership, { userId, role, activationHash }: Of<'add-user'>): Membership {
  must(!before.users.has(userId) && !before.removed.has(userId));
  const users = new Map(before.users).set(userId, { role, isMain: false, state: 'added', activationHash });
  return { ...before, users };
}

/** The main user is beyond all of this: their role is handed over, or they stay. */
function changedUser(
  user: MemberUser,
  action: Of<'reset-user'> | Of<'change-role'> | Of<'deactivate-user'> | Of<'reactivate-user'>,
): MemberUser {
  must(!user.isMain);
  switch (action.kind) {
    case 'reset-user':
      return { ...user, state: 'added', signKey: undefined, activationHash: action.activationHash };
    case 'change-role':
      return { ...user, role: action.role };
    case 'deactivate-user':
      must(user.state === 'active');
      return { ...user, state: 'deactivated' };
    case 'reactivate-user':
      must(user.state === 'deactivated');
      return { ...user, state: 'active' };
    default:
      return action satisfies never;
  }
}

function removeUser(before: Membership, userId: string): Membership {
  const user = before.users.get(userId);
  must(user !== undefined && !user.isMain);
  const users = new Map(before.users);
  users.delete(userId);
  const offeredMainTo = before.offeredMainTo === userId ? undefined : before.offeredMainTo;
  return { ...before, users, offeredMainTo, removed: withRemoved(before, userId), needsRenewal: true };
}

function handOver(
  before: Membership,
  body: MembershipBody,
  action: Of<'offer-main'> | Of<'accept-main'>,
): Membership {
  const next = before.users.get(action.userId);
  must(next?.role === 'practitioner' && next.state === 'active' && !next.isMain);
  if (action.kind === 'offer-main') return { ...before, offeredMainTo: action.userId };
  must(body.by.userId === action.userId && before.offeredMainTo === action.userId);
  const users = new Map(before.users);
  for (const [id, user] of users) users.set(id, { ...user, isMain: id === action.userId });
  return { ...before, users, mainUserId: action.userId, offeredMainTo: undefined };
}

function recover(before: Membership, body: MembershipBody, action: Of<'recover'>): Membership {
  const { device, recovery, generation } = action;
  must(body.by.deviceId === device.id && generation === before.generation + 1);
  must(!before.devices.has(device.id) && !before.removed.has(device.id));
  must(!knownKeys(before).has(device.signKey));
  const lost = [...before.devices].flatMap(([id, { keys }]) => [id, keys.signKey]);
  return {
    ...before,
    devices: new Map([[device.id, approved(device, body)]]),
    removed: withRemoved(before, ...lost),
    generation,
    needsRenewal: false,
    recovery,
  };
}

function withUser(before: Membership, userId: string, change: (user: MemberUser) => MemberUser): Membership {
  const user = before.users.get(userId);
  must(user !== undefined);
  const offeredMainTo = before.offeredMainTo === userId ? undefined : before.offeredMainTo;
  return { ...before, users: new Map(before.users).set(userId, change(user)), offeredMainTo };
}

function approved(keys: DeviceKeys, body: MembershipBody): MemberDevice {
  return { keys, isSuspended: false, approvedBy: body.by.userId, approvedAt: body.at };
}

function knownKeys(of: Membership): Set<string> {
  return new Set([...of.removed, ...[...of.devices.values()].map(({ keys }) => keys.signKey)]);
}

function withRemoved(before: Membership, ...more: string[]): Set<string> {
  return new Set([...before.removed, ...more]);
}

function must(condition: boolean): asserts condition {
  if (!condition) throw new MembershipError('not-allowed');
}
