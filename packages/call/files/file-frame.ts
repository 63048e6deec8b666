import { type Bytes, concat, uint32 } from '@sprechzimmer/crypto/bytes.ts';
import { chunkBytes } from './limits.ts';

const headerBytes = 4;
const hashBytes = 32;
const endBit = 2 ** 31;

/** One message of the bulk channel: the next part of a file, or its end. In order and complete, as the channel is. */
export type FileFrame =
  { kind: 'chunk'; id: number; bytes: Uint8Array<ArrayBuffer> } | { kind: 'end'; id: number; hash: Bytes };

export function chunkFrame(id: number, bytes: Uint8Array): Bytes {
  return concat(uint32(id), bytes);
}

/** Makes one chunk after the other in the same place: a channel copies what it is given, and so nothing is left over. */
export function chunkFramer(): (id: number, bytes: Uint8Array) => Bytes {
  const frame = new Uint8Array(headerBytes + chunkBytes);
  return (id, bytes) => {
    new DataView(frame.buffer).setUint32(0, id);
    frame.set(bytes, headerBytes);
    return frame.subarray(0, headerBytes + bytes.length);
  };
}

export function endFrame(id: number, hash: Uint8Array): Bytes {
  return concat(uint32(endBit + id), hash);
}

/** @returns undefined for anything that is none */
export function readFrame(data: unknown): FileFrame | undefined {
  if (!(data instanceof ArrayBuffer) || data.byteLength <= headerBytes) return undefined;
  const head = new DataView(data).getUint32(0);
  const bytes = new Uint8Array(data, headerBytes);
  if (head < endBit) return bytes.length <= chunkBytes ? { kind: 'chunk', id: head, bytes } : undefined;
  return bytes.length === hashBytes ? { kind: 'end', id: head - endBit, hash: bytes } : undefined;
}
