import * as z from 'zod/mini';
import { channels } from './delivery.ts';
import { deviceId, practiceId, userId } from './ids.ts';
import { deviceKeys, membershipEntry, roles } from './membership.ts';
import { bytes, codeHours, exactBytes, generation, sealed, timeOfDay, timeZone, version } from './values.ts';

/** Passwords: length and a list of leaked ones, no composition rules (NIST SP 800-63B-4, 3.1.1.2). */
export const minPasswordLength = 10;
export const maxPasswordLength = 128;

export const emailAddress = z.email().check(z.maxLength(254));
export const password = z.string().check(z.maxLength(maxPasswordLength));

/**
 * Sealed descriptions of a practice, its users and devices. The server keeps them and cannot read them.
 * `id` is the practice's, user's or device's own id.
 */
export const profileKinds = [
  'practice',
  'user',
  'device',
  'user-key',
  'picture',
  // The practice's own, with its id:
  'invitation-settings',
  'consent',
  'logo',
] as const;
export const sealedProfile = z.object({
  kind: z.enum(profileKinds),
  id: z.uuid(),
  version,
  generation,
  sealed,
});
export type SealedProfile = z.infer<typeof sealedProfile>;

export const practiceProfile = z.object({
  name: z.string(),
  telephone: z.string(),
  /** Minutes without a key or a pointer until the app locks itself; 0: never. */
  lockAfterMinutes: z._default(z.int(), 15),
  /** Consultations go through the relay only, so that neither end learns the other's address. */
  hideAddress: z._default(z.boolean(), false),
});
export type PracticeProfile = z.infer<typeof practiceProfile>;
export const userProfile = z.object({
  name: z.string(),
  telephone: z._default(z.string(), ''),
  /** Their colour in the calendar, one of eight; absent: by their place in the list. */
  color: z.optional(z.int().check(z.minimum(0), z.maximum(7))),
});
export type UserProfile = z.infer<typeof userProfile>;
export const deviceProfile = z.object({ name: z.string(), browser: z.string() });
export type DeviceProfile = z.infer<typeof deviceProfile>;
/** The user's private signing key (PKCS #8), sealed once more with a key from their password. */
export const userKeyProfile = z.object({ sealedKey: bytes(512) });
/** At most 256 x 256 pixels, re-encoded as JPEG in the browser: nothing of the camera's metadata is left. */
export const pictureProfile = z.object({ jpeg: bytes(20_000) });

/** What a device signs to prove that it holds its key: fresh, single-use, 16 bytes. */
export const challenge = exactBytes(16);

/** Who a key of some generation is wrapped to. */
export const keyWrap = z.object({
  to: z.union([deviceId, z.literal('recovery')]),
  generation,
  wrap: bytes(512),
});
export type KeyWrap = z.infer<typeof keyWrap>;

/** What the recovery sheet's code opens: two private keys, sealed with its secret. */
export const recoverySheet = z.object({ locatorHash: exactBytes(32), sealedKeys: bytes(1_024) });
export type RecoverySheet = z.infer<typeof recoverySheet>;

export const registration = z.object({
  practiceId,
  userId,
  email: emailAddress,
  password,
  timeZone,
  device: deviceKeys,
  entry: membershipEntry, // `found`
  /** Practice key generation 1, to the device and to the recovery sheet. */
  wraps: z.array(keyWrap).check(z.minLength(2), z.maxLength(2)),
  recovery: recoverySheet,
  /** practice, user, device and user-key. */
  profiles: z.array(sealedProfile).check(z.minLength(4), z.maxLength(4)),
  challenge,
  signature: exactBytes(64), // by device.signKey over signInProof(...)
});
export type Registration = z.infer<typeof registration>;

/** The answer to SECOND_FACTOR_NEEDED. */
export const secondFactorAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), code: z.string().check(z.regex(/^\d{6}$/)) }),
  z.object({ kind: z.literal('recovery-code'), code: z.string().check(z.maxLength(40)) }),
  /** WebAuthn's AuthenticationResponseJSON. */
  z.object({ kind: z.literal('passkey'), response: z.record(z.string(), z.unknown()) }),
]);
export type SecondFactorAnswer = z.infer<typeof secondFactorAnswer>;

export const signIn = z.object({
  email: z.string().check(z.maxLength(254)),
  password,
  deviceId,
  challenge,
  signature: exactBytes(64),
  secondFactor: z.optional(secondFactorAnswer),
  /** Ends the user's session at another device. */
  takeOver: z.optional(z.boolean()),
});
export type SignIn = z.infer<typeof signIn>;

export const userStates = ['invited', 'active', 'deactivated'] as const;

/** What a practice may use; null: without limit. */
export const plan = z.object({
  id: z.string(),
  maxUsers: z.nullable(z.int()),
  /** Of one appointment, the host not counted. */
  maxParticipants: z.nullable(z.int()),
  maxConsultationsPerMonth: z.nullable(z.int()),
  serverMail: z.boolean(),
  sms: z.boolean(),
});

/** What a session may know: handed out only to a signed request of the session's own device. */
export const sessionView = z.object({
  practice: z.object({
    id: practiceId,
    timeZone,
    plan,
    /** When the server sends on an appointment's day. */
    mailTime: timeOfDay,
    /** What the server can send for this practice: set up by the operator and part of the plan. */
    channels: z.array(z.enum(channels)),
    /** The operator's hours in which codes open, on the appointment's day and the practice's clock. */
    codeHours,
    /** A change of plan that the operator has not answered yet. */
    requestedPlan: z.nullable(z.string()),
    secondFactorRequired: z.boolean(),
    /** Whether the operator has set up a relay. */
    hasRelay: z.boolean(),
    /** When everything is deleted, as a main user has asked. */
    deletionDueAt: z.nullable(z.iso.datetime()),
  }),
  user: z.object({ id: userId, email: z.string(), isMain: z.boolean(), role: z.enum(roles) }),
  deviceId,
  /** Keys for this device, of each generation that live records still have. */
  wraps: z.array(keyWrap),
  log: z.array(membershipEntry),
  users: z.array(
    z.object({
      id: userId,
      email: z.string(),
      role: z.enum(roles),
      isMain: z.boolean(),
      state: z.enum(userStates),
      hasSecondFactor: z.boolean(),
    }),
  ),
  devices: z.array(
    z.object({
      id: deviceId,
      lastSeenAt: z.nullable(z.iso.datetime()),
      suspendedUntil: z.nullable(z.iso.datetime()),
    }),
  ),
  profiles: z.array(sealedProfile),
  /** Records that still have an older generation than the newest. */
  staleRecords: z.int(),
  /** When a recovery took place that this user has not been told of. */
  recoveredAt: z.nullable(z.iso.datetime()),
  roomOrigin: z.string(),
});
export type SessionView = z.infer<typeof sessionView>;

/** The bytes a device signs at registration and sign-in. */
export function signInProof(
  purpose: 'register' | 'sign-in' | 'request-device' | 'activate' | 'recover',
  email: string,
  device: string,
  nonce: string,
): string {
  return ['sprechzimmer v1', purpose, email.trim().toLowerCase(), device, nonce].join('\n');
}

/** What `practice.recover` gives to whoever has the sheet and the main user's password. */
export const recoveryView = z.object({
  practiceId,
  userId,
  timeZone,
  log: z.array(membershipEntry),
  sealedKeys: bytes(1_024),
  wraps: z.array(keyWrap), // all to 'recovery'
  profiles: z.array(sealedProfile),
});
export type RecoveryView = z.infer<typeof recoveryView>;
