import { type Bytes, equalBytes } from '@sprechzimmer/crypto/bytes.ts';
import { ContentHash } from './content-hash.ts';
import { type FileFrame, readFrame } from './file-frame.ts';
import type { FileSink } from './file-store.ts';
import { blockBytes, chunkBytes, maxBacklogBytes, maxWindowBytes } from './limits.ts';

/** Messages about files are few beside what else is said. */
const ackEveryMs = 50;
/** Ended here while their last data was still on the way. */
const maxEnded = 32;

type Incoming = {
  readonly id: number;
  readonly size: number;
  readonly sink: FileSink;
  readonly hash: ContentHash;
  received: number;
  acked: number;
  stored: number;
  block: Bytes;
  filled: number;
  /** Stored, and free for the next one. */
  spare?: Bytes | undefined;
  ended: boolean;
  /** Blocks are hashed and stored one after the other. */
  storing: Promise<void>;
};

export type FileReceiverEvents = {
  ack(files: { id: number; bytes: number }[], heldMs: number): void;
  onMoved(id: number, bytes: number): void;
  onDone(id: number, content: Blob): void;
  onFailed(id: number, why: 'damaged' | 'no-room'): void;
  /** The other side sends what it may not. */
  onBreach(): void;
};

/**
 * Takes in files from one person: those that were accepted, no more of each than was announced, and no more at once than
 * can be stored. Whoever sends anything else has a page that is not ours.
 */
export class FileReceiver {
  readonly #events: FileReceiverEvents;
  readonly #files = new Map<number, Incoming>();
  /** How much more may come of those that ended here. */
  readonly #ended = new Map<number, number>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #newestAt = 0;
  #ackedAt = 0;
  #closed = false;

  constructor(events: FileReceiverEvents) {
    this.#events = events;
  }

  /** From now on its data may come. */
  expect(id: number, size: number, sink: FileSink): void {
    this.#ended.delete(id);
    this.#files.set(id, {
      id,
      size,
      sink,
      hash: new ContentHash(),
      received: 0,
      acked: 0,
      stored: 0,
      block: new Uint8Array(Math.min(blockBytes, size)),
      filled: 0,
      ended: false,
      storing: Promise.resolve(),
    });
    this.#timer ??= setInterval(() => this.#ack(), ackEveryMs);
  }

  /** What has come of it is thrown away. */
  stop(id: number): void {
    const file = this.#files.get(id);
    if (!file) return;
    this.#forget(file);
    const discard = () => file.sink.discard();
    void file.storing.then(discard, discard);
  }

  handleData(data: unknown): void {
    if (this.#closed) return;
    const frame = readFrame(data);
    const file = frame && this.#files.get(frame.id);
    const allowed = frame && (file ? this.#take(file, frame) : this.#takeLate(frame));
    if (!allowed) this.#events.onBreach();
  }

  close(): void {
    this.#closed = true;
    for (const id of this.#files.keys()) this.stop(id);
    this.#pause();
  }

  /** @returns whether this was allowed */
  #take(file: Incoming, frame: FileFrame): boolean {
    if (file.ended) return false;
    if (frame.kind === 'end') {
      file.ended = true;
      void this.#finish(file, frame.hash);
      return true;
    }
    const { bytes } = frame;
    if (bytes.length !== Math.min(chunkBytes, file.size - file.received)) return false;
    file.received += bytes.length;
    this.#newestAt = performance.now();
    file.block.set(bytes, file.filled);
    file.filled += bytes.length;
    if (file.filled === file.block.length) this.#storeBlock(file);
    // Timers of a page in the background come late.
    if (this.#newestAt - this.#ackedAt >= ackEveryMs) this.#ack();
    return this.#sum(({ received, acked }) => received - acked) <= 2 * maxWindowBytes;
  }

  /** It was cancelled here, and the other side did not know yet. */
  #takeLate(frame: FileFrame): boolean {
    const left = this.#ended.get(frame.id);
    if (left === undefined) return false;
    const after = left - (frame.kind === 'end' ? chunkBytes : frame.bytes.length);
    this.#ended.set(frame.id, after);
    return after >= 0;
  }

  #storeBlock(file: Incoming): void {
    const { block } = file;
    const next = Math.min(blockBytes, file.size - file.received);
    file.block = file.spare?.length === next ? file.spare : new Uint8Array(next);
    file.spare = undefined;
    file.filled = 0;
    file.storing = file.storing.then(async () => {
      if (this.#files.get(file.id) !== file) return;
      await file.hash.add(block);
      await file.sink.write(block);
      file.stored += block.length;
      file.spare = block;
    });
    file.storing.catch(() => this.#fail(file, 'no-room'));
  }

  async #finish(file: Incoming, hash: Bytes): Promise<void> {
    await file.storing.catch(() => {});
    if (this.#files.get(file.id) !== file) return;
    if (file.received !== file.size || !equalBytes(await file.hash.finish(), hash)) {
      this.#fail(file, 'damaged');
      return;
    }
    try {
      const content = await file.sink.finish();
      if (this.#files.get(file.id) !== file) return;
      this.#forget(file);
      this.#events.onDone(file.id, content);
    } catch {
      this.#fail(file, 'no-room');
    }
  }

  #fail(file: Incoming, why: 'damaged' | 'no-room'): void {
    if (this.#files.get(file.id) !== file) return;
    this.stop(file.id);
    this.#events.onFailed(file.id, why);
  }

  #forget(file: Incoming): void {
    this.#files.delete(file.id);
    if (this.#files.size === 0) this.#pause();
    this.#ended.set(file.id, 2 * maxWindowBytes);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > maxEnded && oldest !== undefined) this.#ended.delete(oldest);
  }

  /** What cannot be stored as fast as it comes is acknowledged later, and so sent later. */
  #ack(): void {
    if (
      this.#sum(({ received, stored }) => received - stored) >
      maxBacklogBytes + this.#files.size * blockBytes
    )
      return;
    const moved = [...this.#files.values()].filter(({ received, acked }) => received > acked);
    if (moved.length === 0) return;
    this.#ackedAt = performance.now();
    for (const file of moved) {
      file.acked = file.received;
      this.#events.onMoved(file.id, file.received);
    }
    const files = moved.map(({ id, received }) => ({ id, bytes: received }));
    this.#events.ack(files, Math.max(0, performance.now() - this.#newestAt));
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #sum(of: (file: Incoming) => number): number {
    return [...this.#files.values()].reduce((sum, file) => sum + of(file), 0);
  }
}
