import * as z from 'zod/mini';
import { deviceId, practiceId, userId } from './ids.ts';
import { bytes, exactBytes, generation, sealed, timeZone, version } from './values.ts';

/** Passwords: length and a list of leaked ones, no composition rules (NIST SP 800-63B-4, 3.1.1.2). */
export const minPasswordLength = 10;
export const maxPasswordLength = 128;

const emailAddress = z.email().check(z.maxLength(254));
const password = z.string().check(z.maxLength(maxPasswordLength));

/** The public half of a device: what it signs requests with, and what keys are wrapped to. */
const deviceKeys = z.object({
  id: deviceId,
  signKey: bytes(128), // ECDSA P-256, SubjectPublicKeyInfo
  agreeKey: bytes(128), // ECDH P-256, SubjectPublicKeyInfo
});

/**
 * Sealed descriptions of a practice, its users and devices. The server keeps them and cannot read them.
 * `id` is the practice's, user's or device's own id.
 */
export const profileKinds = ['practice', 'user', 'device'] as const;
const sealedProfile = z.object({
  kind: z.enum(profileKinds),
  id: z.uuid(),
  version,
  generation,
  sealed,
});
export type SealedProfile = z.infer<typeof sealedProfile>;

export const practiceProfile = z.object({ name: z.string(), telephone: z.string() });
export type PracticeProfile = z.infer<typeof practiceProfile>;
export const userProfile = z.object({ name: z.string() });
export type UserProfile = z.infer<typeof userProfile>;
export const deviceProfile = z.object({ name: z.string(), browser: z.string() });
export type DeviceProfile = z.infer<typeof deviceProfile>;

/** What a device signs to prove that it holds its key: fresh, single-use, 16 bytes. */
const challenge = exactBytes(16);

export const registration = z.object({
  practiceId,
  userId,
  email: emailAddress,
  password,
  timeZone,
  device: deviceKeys,
  wrap: bytes(512), // practice key generation 1, wrapped to device.agreeKey
  recovery: z.object({ locatorHash: exactBytes(32), wrap: bytes(512) }),
  profiles: z.array(sealedProfile).check(z.minLength(3), z.maxLength(3)),
  challenge,
  signature: exactBytes(64), // by device.signKey over signInProof(...)
});
export type Registration = z.infer<typeof registration>;

export const signIn = z.object({
  email: z.string().check(z.maxLength(254)),
  password,
  deviceId,
  challenge,
  signature: exactBytes(64),
});
export type SignIn = z.infer<typeof signIn>;

/** What a session may know: handed out only to a signed request of the session's own device. */
export const sessionView = z.object({
  practice: z.object({ id: practiceId, timeZone, plan: z.string() }),
  user: z.object({ id: userId, email: z.string(), isMain: z.boolean() }),
  deviceId,
  wraps: z.array(z.object({ generation, wrap: bytes(512) })),
  profiles: z.array(sealedProfile),
  roomOrigin: z.string(),
});
export type SessionView = z.infer<typeof sessionView>;

/** The bytes a device signs at registration and sign-in. */
export function signInProof(
  purpose: 'register' | 'sign-in',
  email: string,
  device: string,
  nonce: string,
): string {
  return ['sprechzimmer v1', purpose, email.trim().toLowerCase(), device, nonce].join('\n');
}
