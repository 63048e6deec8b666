import { isIPv4 } from 'node:net';

/** STUN messages (RFC 8489), as far as TURN needs them. */
export const methods = {
  binding: 1,
  allocate: 3,
  refresh: 4,
  send: 6,
  createPermission: 8,
  channelBind: 9,
  connect: 10,
};
export const attributes = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedAddressFamily: 0x0017,
  requestedTransport: 0x0019,
};

type Kind = 'request' | 'indication' | 'success' | 'error';
export type TurnMessage = {
  kind: Kind;
  transaction: Buffer;
  get(type: number): Buffer | undefined;
};

const cookie = Buffer.from('2112a442', 'hex');
const headerBytes = 20;
const integrityBytes = 24;
const classBits: Record<Kind, number> = { request: 0, indication: 0x10, success: 0x100, error: 0x110 };

/** @param sign makes the HMAC of what it covers; without it the message carries none */
export function encodeMessage(
  { kind, method, transaction }: { kind: Kind; method: number; transaction: Buffer },
  list: [number, Buffer][],
  sign?: (covered: Buffer) => Buffer,
): Buffer {
  const body = Buffer.concat(list.map(([type, value]) => encodeAttribute(type, value)));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(method | classBits[kind], 0);
  header.writeUInt16BE(body.length + (sign ? integrityBytes : 0), 2);
  cookie.copy(header, 4);
  transaction.copy(header, 8);
  const covered = Buffer.concat([header, body]);
  if (!sign) return covered;
  return Buffer.concat([covered, encodeAttribute(attributes.messageIntegrity, sign(covered))]);
}

/** How many bytes the message at the beginning of `bytes` has; undefined while that cannot be told. */
export function messageLength(bytes: Buffer): number | undefined {
  return bytes.length < headerBytes ? undefined : headerBytes + bytes.readUInt16BE(2);
}

export function decodeMessage(bytes: Buffer): TurnMessage {
  const type = bytes.readUInt16BE(0);
  const kind = (Object.keys(classBits) as Kind[]).find((one) => classBits[one] === (type & 0x110))!;
  const found = new Map<number, Buffer>();
  for (let at = headerBytes; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2);
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length + padding(length);
  }
  return { kind, transaction: bytes.subarray(8, headerBytes), get: (one) => found.get(one) };
}

/** XOR-MAPPED-ADDRESS and its siblings. An IPv6 address stays one, also where it stands for an IPv4 address. */
export function encodeAddress({ host, port }: { host: string; port: number }, transaction: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head[1] = isIPv4(host) ? 1 : 2;
  head.writeUInt16BE(port ^ cookie.readUInt16BE(0), 2);
  return Buffer.concat([head, masked(addressBytes(host), transaction)]);
}

export function readAddress(value: Buffer, transaction: Buffer): { host: string; port: number } {
  const port = value.readUInt16BE(2) ^ cookie.readUInt16BE(0);
  const bytes = masked(value.subarray(4), transaction);
  if (bytes.length === 4) return { host: bytes.join('.'), port };
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return { host: groups.join(':'), port };
}

function addressBytes(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from(host.split('.').map(Number));
  // The URL writes every address in its hexadecimal form.
  const text = new URL(`http://[${host}]`).hostname.slice(1, -1);
  const [before = [], after = []] = text.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  const bytes = Buffer.alloc(16);
  for (const [index, group] of [...before, ...zeros, ...after].entries()) {
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  }
  return bytes;
}

function masked(bytes: Buffer, transaction: Buffer): Buffer {
  const mask = Buffer.concat([cookie, transaction]);
  return Buffer.from(bytes.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

function encodeAttribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc(padding(value.length))]);
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}
