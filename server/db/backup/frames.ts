import { BackupError, damaged } from './backup-error.ts';

/**
 * What a backup is made of, once it is decompressed: a letter, four bytes of length, and as many bytes. `h`: BackupHeader,
 * `t`: TableHead, `d`: a piece of what COPY gave, `e`: TableEnd, `z`: BackupEnd; all but `d` are JSON.
 */
export type Frame = { kind: FrameKind; payload: Buffer };
type FrameKind = 'h' | 't' | 'd' | 'e' | 'z';

export type BackupHeader = {
  format: 1;
  /** The names of all that had been applied. */
  migrations: string[];
  madeAt: string;
  /** SHA-256 of the key that seals what waits to be sent, hexadecimal; null: there was none. */
  serverKeyHash: string | null;
  /** That key, base64, where it lay beside the database and not in the settings. */
  serverKey: string | null;
};
export type TableHead = { name: string; columns: string[] };
export type TableEnd = { rows: number; sha256: string };
export type BackupEnd = { tables: number; /** Of all bytes before this frame. */ sha256: string };

const kinds = 'htdez';
const headBytes = 5;
/** PostgreSQL's own limit for a field is larger; no row here comes near to this. */
const largestBytes = 67_108_864;

export function encodeFrame(kind: FrameKind, payload: Buffer | object): Buffer {
  const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  const head = Buffer.alloc(headBytes);
  head.write(kind, 'latin1');
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** @throws BackupError when the bytes end within a frame or are none */
export async function* readFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= headBytes) {
      const kind = pending.toString('latin1', 0, 1);
      const end = headBytes + pending.readUInt32BE(1);
      if (!kinds.includes(kind) || end > largestBytes) throw new BackupError(`${damaged}.`);
      if (pending.length < end) break;
      yield { kind: kind as FrameKind, payload: pending.subarray(headBytes, end) };
      pending = pending.subarray(end);
    }
  }
  if (pending.length > 0) throw new BackupError(`${damaged}.`);
}
