import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { Guest, HostCode, Participant, Waiting } from './rooms.ts';

/**
 * What instances say to each other about one socket. A room lies at one instance, its owner; a socket that is connected to
 * another one is linked to it, by a number that its own instance has chosen.
 *
 * One byte of kind, four of the link (big endian), then the body: JSON, or for `frame` and `relay` the socket's frame as it is.
 * Instances of two versions run side by side while one is brought in: kinds are added, never changed.
 */
export type RoomMessage =
  /** To the owner. */
  | { kind: 'join'; key: string; guest: Guest }
  | { kind: 'host'; key: string; code?: HostCode }
  | { kind: 'frame'; frame: Buffer }
  | { kind: 'drop'; connection: number }
  | { kind: 'called-in'; connection: number }
  | { kind: 'leave' }
  /** From the owner. */
  | { kind: 'seated'; hostPresent: boolean }
  | { kind: 'opened'; waiting: Waiting[] }
  | { kind: 'occupied' }
  /** The room is not here; to be asked again who owns it. */
  | { kind: 'elsewhere' }
  | { kind: 'tell'; message: ServerMessage }
  | { kind: 'relay'; frame: Buffer }
  | { kind: 'close'; code: number }
  /** Who of these is there, and the answer; the link is the question's number. */
  | { kind: 'who'; hosts: string[]; participants: (Participant & { key: string })[] }
  | { kind: 'these'; hosts: string[]; invitationIds: string[] };

const kinds = {
  join: 1,
  host: 2,
  drop: 3,
  'called-in': 4,
  leave: 5,
  seated: 6,
  opened: 7,
  occupied: 8,
  elsewhere: 9,
  tell: 10,
  close: 11,
  frame: 12,
  relay: 13,
  who: 14,
  these: 15,
} as const satisfies Record<RoomMessage['kind'], number>;

const kindOf = new Map(Object.entries(kinds).map(([kind, byte]) => [byte as number, kind]));
const headerBytes = 5;

export function writeRoomMessage(link: number, message: RoomMessage): Buffer {
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt8(kinds[message.kind], 0);
  header.writeUInt32BE(link, 1);
  if (message.kind === 'frame' || message.kind === 'relay') return Buffer.concat([header, message.frame]);
  const { kind: _, ...body } = message;
  return Buffer.concat([header, Buffer.from(JSON.stringify(body))]);
}

/**
 * Only instances of this installation write to each other, and Redis lets nobody else: what they say is not checked again.
 * @returns undefined for a kind that only a newer version knows
 */
export function readRoomMessage(bytes: Buffer): { link: number; message: RoomMessage } | undefined {
  const kind = kindOf.get(bytes.readUInt8(0));
  if (kind === undefined) return undefined;
  const link = bytes.readUInt32BE(1);
  const body = bytes.subarray(headerBytes);
  const isFrame = kind === 'frame' || kind === 'relay';
  const content = isFrame ? { frame: body } : (JSON.parse(body.toString()) as object);
  return { link, message: { kind, ...content } as RoomMessage };
}
