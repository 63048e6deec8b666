import * as z from 'zod/mini';
import { deviceId, userId } from './ids.ts';

export const securityEventKinds = [
  'registered',
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'session-taken-over',
  'locked',
  'unlock-refused',
  'password-changed',
  'second-factor-added',
  'second-factor-removed',
  'device-requested',
  'device-request-refused',
  'device-approved',
  'device-suspended',
  'device-resumed',
  'device-removed',
  'user-added',
  'user-activated',
  'user-changed',
  'user-removed',
  'main-changed',
  'key-renewed',
  'recovery-renewed',
  'recovered',
  'retention-changed',
  'data-exported',
  'deletion-requested',
  'deletion-undone',
] as const;

export const securityEvent = z.object({
  id: z.string(),
  kind: z.enum(securityEventKinds),
  at: z.iso.datetime(),
  /** Who did it, as far as that is known. */
  userId: z.nullable(userId),
  deviceId: z.nullable(deviceId),
});
export type SecurityEvent = z.infer<typeof securityEvent>;
