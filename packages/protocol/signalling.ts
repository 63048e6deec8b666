import * as z from 'zod/mini';
import { refusalCodes } from './errors.ts';
import { invitationId } from './ids.ts';
import { maxCardBytes } from './invitation.ts';
import { bytes, calendarDay, codeHours, exactBytes } from './values.ts';

/**
 * The signalling socket, `GET /signalling` at the room's origin.
 *
 * Text frames are control messages between a client and the server, as JSON. Binary frames are relayed blindly between
 * a participant and the host: four bytes of connection number (big-endian), then bytes that only the two ends can read.
 * A participant's own number is filled in by the server, so what it sends there is ignored; what it receives has 0.
 */
export const signallingVersion = 1;
export const signallingPath = '/signalling';

/** Largest frame of either kind, in bytes. A sealed SDP of two media sections has about 6,000. */
export const maxFrameBytes = 32_768;
export const connectionHeaderBytes = 4;

const connection = z.uint32();
/** A STUN server, or the relay with credentials that are good for some minutes. */
export const iceServer = z.object({
  urls: z.array(z.string()),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});

export const clientMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('join'),
    v: z.literal(signallingVersion),
    locator: exactBytes(16),
    /** Chosen at random by the page and kept over a reload: whoever shows it again takes its place back. */
    place: exactBytes(16),
  }),
  z.object({ kind: z.literal('host'), v: z.literal(signallingVersion), ticket: exactBytes(32) }),
  /** The host's end of one appointment, by its host code. */
  z.object({ kind: z.literal('host-code'), v: z.literal(signallingVersion), locator: exactBytes(16) }),
  /** A page that tries out its line with an invitation of today or a day to come. */
  z.object({ kind: z.literal('test'), v: z.literal(signallingVersion), locator: exactBytes(16) }),
  /** The host has called this participant in: the consultation is counted, once per appointment. */
  z.object({ kind: z.literal('called-in'), connection }),
  /** A participant's `ConsentAnswer`, sealed for the practice. */
  z.object({ kind: z.literal('consent'), sealed: bytes(512) }),
  /** The host ends one participant's connection, for instance after malformed messages. */
  z.object({ kind: z.literal('drop'), connection }),
  z.object({ kind: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

const waiting = z.object({ connection, invitationId });

export const serverMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('joined'),
    invitationId,
    card: bytes(maxCardBytes),
    hostPresent: z.boolean(),
    iceServers: z.array(iceServer),
  }),
  z.object({
    kind: z.literal('refused'),
    code: z.enum(refusalCodes),
    /** With `not-today` and `closed-now`. */
    day: z.optional(calendarDay),
    card: z.optional(bytes(maxCardBytes)),
    /** With `closed-now`. */
    hours: z.optional(codeHours),
    /** With `too-many-attempts`. */
    retryAfterSeconds: z.optional(z.int()),
  }),
  z.object({ kind: z.literal('host-present') }),
  z.object({ kind: z.literal('host-absent') }),
  z.object({
    kind: z.literal('hosting'),
    waiting: z.array(waiting),
    iceServers: z.array(iceServer),
    /** To a host code: its HostCard. */
    card: z.optional(bytes(8_192)),
  }),
  /** To whoever waits or hosts, before those they have expire: for the next connection, or the next way of this one. */
  z.object({ kind: z.literal('ice-servers'), iceServers: z.array(iceServer) }),
  /** The answer to `test`: good for two minutes. The socket closes after it. */
  z.object({ kind: z.literal('test-servers'), iceServers: z.array(iceServer) }),
  /** The participant's consent is kept. */
  z.object({ kind: z.literal('consent-kept') }),
  z.object({ kind: z.literal('arrived'), connection, invitationId }),
  z.object({ kind: z.literal('left'), connection }),
  /** A second browser showed a code that is in use; it got nothing. */
  z.object({ kind: z.literal('turned-away'), invitationId }),
  z.object({ kind: z.literal('pong') }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;
export type IceServer = z.infer<typeof iceServer>;

/** Inside a binary frame, after suite byte and frame kind: what `secure-channel.ts` of the call package reads. */
export const frameKinds = { m0: 0, m1: 1, m2: 2, record: 3 } as const satisfies Record<string, number>;

/** The plaintext of a sealed record, as JSON. */
export const sealedSignal = z.discriminatedUnion('kind', [
  /** First record of the participant: the session it still has a peer connection for, if any. */
  z.object({ kind: z.literal('resume'), session: z.nullable(exactBytes(16)) }),
  /** The host keeps the peer connection the participant named. */
  z.object({ kind: z.literal('resumed'), session: exactBytes(16) }),
  z.object({
    kind: z.literal('offer'),
    session: exactBytes(16),
    sdp: z.string().check(z.maxLength(24_000)),
    /** The practice hides addresses: both ends send through the relay only. */
    relayOnly: z.optional(z.boolean()),
  }),
  /** The participant hears nothing any more, whatever the host's browser says: another way is to be sought. */
  z.object({ kind: z.literal('restart') }),
  z.object({ kind: z.literal('answer'), sdp: z.string().check(z.maxLength(24_000)) }),
  z.object({
    kind: z.literal('candidate'),
    candidate: z.string().check(z.maxLength(1_000)),
    sdpMid: z.nullable(z.string().check(z.maxLength(40))),
    sdpMLineIndex: z.nullable(z.int()),
  }),
]);
export type SealedSignal = z.infer<typeof sealedSignal>;
