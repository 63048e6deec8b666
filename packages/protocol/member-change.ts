import * as z from 'zod/mini';
import { deviceRequestId } from './device.ts';
import { userId } from './ids.ts';
import { membershipEntry } from './membership.ts';
import { emailAddress, keyWrap, recoverySheet, sealedProfile } from './practice.ts';
import { exactBytes } from './values.ts';

/**
 * One entry for the membership log with all that belongs to it; the server does both or neither. Which parts an action
 * needs stands beside them; any other is BAD_INPUT.
 */
export const memberChange = z.object({
  entry: membershipEntry,
  /** approve-device: the request it answers. */
  requestId: z.optional(deviceRequestId),
  /** approve-device: each live generation to that device. renew-key and renew-recovery: to every member, and 'recovery'. */
  wraps: z._default(z.array(keyWrap).check(z.maxLength(500)), []),
  /** approve-device: 'device'. add-user: 'user'. activate-user: 'user-key'. */
  profiles: z._default(z.array(sealedProfile).check(z.maxLength(2)), []),
  /** add-user. */
  email: z.optional(emailAddress),
  /** add-user and reset-user: SHA-256 of the activation code's locator. */
  activationLocatorHash: z.optional(exactBytes(32)),
  /** suspend-device: resumed by itself then, if at all. */
  suspendedUntil: z.optional(z.nullable(z.iso.datetime())),
  /** remove-user: who takes over their appointments. */
  successorId: z.optional(userId),
  /** renew-recovery. */
  recovery: z.optional(recoverySheet),
});
export type MemberChange = z.infer<typeof memberChange>;
