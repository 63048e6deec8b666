import { newPracticeKey } from '@sprechzimmer/crypto/practice-key.ts';
import { deviceId } from '@sprechzimmer/protocol/ids.ts';
import type { Work } from '../work.ts';
import { changeMembers } from './change-members.ts';
import { changerOf } from './changer-of.ts';
import { type Receiver, wrapKeys } from './wrap-keys.ts';

/**
 * Makes a new practice key for whoever the log still knows, suspended devices and the recovery sheet among them. From
 * then on nothing is written with the old one; what lies there follows (`renewal.ts`).
 * @throws OpenError for a wrong password; ApiError; MembershipError
 */
export async function renewKey(work: Work, password: string): Promise<void> {
  const { membership, practice } = work.session;
  if (!membership.needsRenewal) return;
  const generation = membership.generation + 1;
  const devices = [...membership.devices.values()].map(({ keys }): Receiver => ({
    to: deviceId.parse(keys.id),
    agreeKey: keys.agreeKey,
  }));
  const receivers: Receiver[] = [...devices, { to: 'recovery', agreeKey: membership.recovery.agreeKey }];
  const wraps = await wrapKeys(new Map([[generation, newPracticeKey()]]), practice.id, receivers);
  await changeMembers(await changerOf(work), { kind: 'renew-key', generation }, { wraps }, password);
}
