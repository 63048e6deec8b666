import * as z from 'zod/mini';
import { deviceId, userId } from './ids.ts';
import { deviceKeys } from './membership.ts';
import { challenge, password, secondFactorAnswer } from './practice.ts';
import { bytes, exactBytes } from './values.ts';

/**
 * Approval: a new device shows a code, the main user types it at an approved device, and the two do the handshake of
 * `packages/crypto/handshake.ts` through the server, frame by frame. A frame is `suite | kind | payload` as on the
 * signalling socket; records carry `approvalMessage` as JSON.
 */
export const deviceRequestId = z.uuid().brand<'DeviceRequestId'>();
export type DeviceRequestId = z.infer<typeof deviceRequestId>;

export const deviceRequestLifetimeMs = 600_000;
export const maxCodeAttempts = 3;
const frame = bytes(2_048);

export const deviceRequest = z.object({
  email: z.string().check(z.maxLength(254)),
  password,
  secondFactor: z.optional(secondFactorAnswer),
  device: deviceKeys,
  /** How the browser names itself, such as "Firefox, Windows". */
  browser: z.string().check(z.maxLength(80)),
  locatorHash: exactBytes(32), // of the shown code, purpose `device`
  challenge,
  signature: exactBytes(64), // by device.signKey over signInProof('request-device', ...)
});
export type DeviceRequest = z.infer<typeof deviceRequest>;

export const deviceRequestStates = ['waiting', 'matched', 'approved', 'declined', 'expired'] as const;
const state = z.enum(deviceRequestStates);

/** Frames from index `after` on; `send` appends one of the caller's own. */
export const exchange = z.object({
  requestId: deviceRequestId,
  after: z.int().check(z.nonnegative()),
  send: z.optional(frame),
});
export const exchanged = z.object({ state, frames: z.array(frame) });

/** The new device's exchange has no session: it signs `pollText`. */
export const devicePoll = z.extend(exchange, {
  timestampMs: z.int(),
  signature: exactBytes(64),
});

export function pollText(poll: {
  requestId: string;
  after: number;
  send?: string | undefined;
  timestampMs: number;
}): string {
  return ['sprechzimmer v1 poll', poll.requestId, poll.after, poll.send ?? '', poll.timestampMs].join('\n');
}

/** A request as an approved device sees it before the code is typed. */
export const openRequest = z.object({
  id: deviceRequestId,
  userId,
  browser: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  device: deviceKeys,
});
export type OpenRequest = z.infer<typeof openRequest>;

/** What the two say under the handshake. */
export const approvalMessage = z.discriminatedUnion('kind', [
  /** The new device, first: the keys must equal those of the request. */
  z.object({
    kind: z.literal('introduce'),
    device: deviceKeys,
    name: z.string().check(z.minLength(1), z.maxLength(200)),
    browser: z.string().check(z.maxLength(80)),
  }),
  /** The approved device, when the log has the new one: what the new one pins. */
  z.object({ kind: z.literal('welcome'), head: z.object({ seq: z.int(), hash: exactBytes(32) }), deviceId }),
]);
export type ApprovalMessage = z.infer<typeof approvalMessage>;
