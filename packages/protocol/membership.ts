import * as z from 'zod/mini';
import { deviceId, practiceId, userId } from './ids.ts';
import { bytes, exactBytes, generation } from './values.ts';

/**
 * The membership log says who belongs to a practice: append-only, hash-chained, each entry signed by a device and by the
 * user's own key. Clients verify all of it and wrap keys only to its members; the server merely keeps it.
 * `packages/membership` holds the rules.
 */
export const roles = ['practitioner', 'assistant'] as const;
export type Role = (typeof roles)[number];
const role = z.enum(roles);

const publicKey = bytes(128); // P-256, SubjectPublicKeyInfo

/** The public half of a device: what it signs with, and what keys are wrapped to. */
export const deviceKeys = z.object({ id: deviceId, signKey: publicKey, agreeKey: publicKey });
export type DeviceKeys = z.infer<typeof deviceKeys>;

/** The public half of what the recovery sheet opens. */
export const recoveryKeys = z.object({ signKey: publicKey, agreeKey: publicKey });

export const membershipAction = z.discriminatedUnion('kind', [
  /** The first entry: the main user, the first device, the recovery sheet. */
  z.object({
    kind: z.literal('found'),
    user: z.object({ id: userId, signKey: publicKey }),
    device: deviceKeys,
    recovery: recoveryKeys,
  }),
  z.object({ kind: z.literal('approve-device'), device: deviceKeys }),
  z.object({ kind: z.literal('suspend-device'), deviceId }),
  z.object({ kind: z.literal('resume-device'), deviceId }),
  z.object({ kind: z.literal('remove-device'), deviceId }),
  /** `activationHash` is SHA-256 of the activation code's psk: only the holder of the paper can activate. */
  z.object({ kind: z.literal('add-user'), userId, role, activationHash: exactBytes(32) }),
  z.object({ kind: z.literal('activate-user'), userId, signKey: publicKey, activation: exactBytes(32) }),
  /** A forgotten password: the user's key is void until they activate anew. */
  z.object({ kind: z.literal('reset-user'), userId, activationHash: exactBytes(32) }),
  z.object({ kind: z.literal('change-role'), userId, role }),
  z.object({ kind: z.literal('deactivate-user'), userId }),
  z.object({ kind: z.literal('reactivate-user'), userId }),
  z.object({ kind: z.literal('remove-user'), userId }),
  /** The main user's role changes hands only when both have said so. */
  z.object({ kind: z.literal('offer-main'), userId }),
  z.object({ kind: z.literal('accept-main'), userId }),
  z.object({ kind: z.literal('renew-key'), generation }),
  z.object({ kind: z.literal('renew-recovery'), recovery: recoveryKeys }),
  /** All devices were lost: the sheet and the main user's password make this device the only one. */
  z.object({ kind: z.literal('recover'), device: deviceKeys, recovery: recoveryKeys, generation }),
]);
export type MembershipAction = z.infer<typeof membershipAction>;

/** What is signed, as JSON text: the very text is kept, so nobody has to write it again byte for byte. */
export const membershipBody = z.object({
  v: z.literal(1),
  practiceId,
  /** 0 for `found`, then one more each. */
  seq: z.int().check(z.nonnegative()),
  /** Hash of the entry before; 32 zero bytes for `found`. */
  previous: exactBytes(32),
  at: z.iso.datetime(),
  by: z.object({ userId, deviceId }),
  action: membershipAction,
});
export type MembershipBody = z.infer<typeof membershipBody>;

export const membershipEntry = z.object({
  body: z.string().check(z.maxLength(4_096)),
  deviceSignature: exactBytes(64),
  userSignature: exactBytes(64),
  /** Of `recover` only: by the recovery sheet's key. */
  recoverySignature: z.optional(exactBytes(64)),
});
export type MembershipEntry = z.infer<typeof membershipEntry>;
