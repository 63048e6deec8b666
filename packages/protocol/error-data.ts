import * as z from 'zod/mini';
import { deviceId } from './ids.ts';

/** What some error codes bring along. */

export const secondFactorNeeded = z.object({
  totp: z.boolean(),
  /** WebAuthn's PublicKeyCredentialRequestOptionsJSON, when there is a passkey. */
  passkey: z.nullable(z.record(z.string(), z.unknown())),
  wasWrong: z.boolean(),
});
export type SecondFactorNeeded = z.infer<typeof secondFactorNeeded>;

export const sessionElsewhere = z.object({
  deviceId,
  since: z.iso.datetime(),
  /** A room window is open there: a consultation may be going on. */
  roomOpen: z.boolean(),
});
export type SessionElsewhere = z.infer<typeof sessionElsewhere>;

export const deviceSuspended = z.object({ until: z.nullable(z.iso.datetime()) });

/** Of CODE_WRONG and LOCKED. */
export const attempts = z.object({ attemptsLeft: z.int() });
