import * as z from 'zod/mini';
import { participantRoles } from './participant-role.ts';
import { sideMessages } from './side-message.ts';
import { maxFrameBytes } from './signalling.ts';
import { bytes, exactBytes } from './values.ts';

/**
 * What host and participant say over the data channel of their peer connection; the server never sees it. The channel
 * opens while the participant waits, so a name is told and a call is answered without any server.
 */
const deviceStates = ['on', 'off', 'blocked', 'missing', 'busy'] as const;
export type DeviceState = (typeof deviceStates)[number];

/** What a participant's devices can do, for the host's queue. */
const readiness = z.object({
  camera: z.enum(deviceStates),
  microphone: z.enum(deviceStates),
  /** The page is open inside a mail or messenger program. */
  inApp: z.optional(z.boolean()),
  /** Whether the line carries sound and picture. */
  line: z.optional(z.enum(['good', 'weak'])),
  /** The microphone has heard a voice since it is on. */
  heard: z.optional(z.boolean()),
  /** The camera gives less than 640x480. */
  smallPicture: z.optional(z.boolean()),
});
export type Readiness = z.infer<typeof readiness>;

export const maxChatLength = 2_000;
export const maxNameLength = 80;
/** With the host, four people are in a consultation at most: each sends to each. */
export const maxGuests = 3;
/** Largest message on the data channel, in characters of JSON: a sealed description in base64url is the longest. */
export const maxChannelMessageLength = 49_152;

export const channelMessage = z.discriminatedUnion('kind', [
  /** The participant's first message. `waitingSinceMs` is how long it has waited, not a clock time. */
  z.object({
    kind: z.literal('hello'),
    name: z.string().check(z.minLength(1), z.maxLength(maxNameLength)),
    readiness,
    waitingForMs: z.int().check(z.nonnegative()),
  }),
  /** The host's answer: from here on the participant may be told that the practice sees it. */
  z.object({ kind: z.literal('seen'), practitioner: z.string().check(z.maxLength(200)) }),
  z.object({ kind: z.literal('readiness'), readiness }),
  /** The participant's answer to the practice's consent text, each time it changes and after each `hello`. */
  z.object({ kind: z.literal('consent'), given: z.boolean() }),
  z.object({ kind: z.literal('call-in') }),
  z.object({
    kind: z.literal('media'),
    camera: z.boolean(),
    microphone: z.boolean(),
    /** A screen is shared beside the camera. */
    screen: z.optional(z.boolean()),
    /** The camera is on, and its picture is held back until the line carries it again. */
    heldBack: z.optional(z.boolean()),
  }),
  z.object({ kind: z.literal('chat'), text: z.string().check(z.minLength(1), z.maxLength(maxChatLength)) }),
  /** Either side hangs up: the consultation is over for both. */
  z.object({ kind: z.literal('end') }),
  /** Is the other side still there? Answered by `pong`. */
  z.object({ kind: z.literal('ping') }),
  z.object({ kind: z.literal('pong') }),
  /** The participant leaves the waiting room. */
  z.object({ kind: z.literal('leave') }),
  /** The host says who else is in the consultation; whoever is not named any more has left. */
  z.object({
    kind: z.literal('people'),
    people: z
      .array(
        z.object({
          id: exactBytes(16),
          name: z.string().check(z.minLength(1), z.maxLength(maxNameLength)),
          role: z.enum(participantRoles),
        }),
      )
      .check(z.maxLength(maxGuests - 1)),
  }),
  /** The host makes two of them known to each other: with this psk they do a handshake of their own. */
  z.object({
    kind: z.literal('vouch'),
    id: exactBytes(16),
    psk: exactBytes(32),
    /** Of this psk: frames under an older one are dropped. */
    serial: z.uint32(),
    begins: z.boolean(),
  }),
  /** A frame of that handshake, or a sealed record after it, on its way through the host. `id`: to whom, then from whom. */
  z.object({
    kind: z.literal('pass'),
    id: exactBytes(16),
    serial: z.uint32(),
    frame: bytes(maxFrameBytes),
  }),
  ...sideMessages,
]);
export type ChannelMessage = z.infer<typeof channelMessage>;
export type SideMessage = z.infer<(typeof sideMessages)[number]>;

const sideKinds = new Set<string | undefined>(sideMessages.map(({ shape }) => shape.kind.def.values[0]));

export function isSideMessage(message: ChannelMessage): message is SideMessage {
  return sideKinds.has(message.kind);
}
