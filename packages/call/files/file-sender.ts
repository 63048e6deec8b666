import type { Bytes } from '@sprechzimmer/crypto/bytes.ts';
import { ContentHash } from './content-hash.ts';
import { chunkFramer, endFrame } from './file-frame.ts';
import { blockBytes, chunkBytes } from './limits.ts';
import { adjustWindow, initialWindow, type SendWindow } from './send-window.ts';

/** What of a bulk channel the files need. */
export type BulkChannel = Pick<
  RTCDataChannel,
  'readyState' | 'bufferedAmount' | 'bufferedAmountLowThreshold' | 'close'
> & {
  send(data: Bytes): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onbufferedamountlow: ((event: Event) => void) | null;
  onclose: ((event: Event) => void) | null;
};

/** In the browser's own buffer; it is filled up again once it has run down to the lower one. */
const buffer = { full: 1024 * 1024, low: 256 * 1024 } as const;

type Outgoing = {
  readonly id: number;
  readonly file: Blob;
  readonly hash: ContentHash;
  /** Read of the file, and where in it the next chunk begins. */
  block: Bytes;
  inBlock: number;
  sent: number;
  acked: number;
  ended: boolean;
  /** When which byte was sent, of those that are not acknowledged. */
  marks: { bytes: number; at: number }[];
};

export type FileSenderEvents = {
  onMoved(id: number, bytes: number): void;
  /** It was changed or taken away since it was chosen. */
  onUnreadable(id: number): void;
};

/** Sends files to one person, several in turn, each read in slices, and never more than the line takes. */
export class FileSender {
  readonly #channel: BulkChannel;
  readonly #events: FileSenderEvents;
  readonly #now: () => number;
  #files = new Map<number, Outgoing>();
  #window: SendWindow = initialWindow;
  #pumping = false;
  readonly #frame = chunkFramer();

  constructor(channel: BulkChannel, events: FileSenderEvents, now = () => performance.now()) {
    this.#channel = channel;
    this.#events = events;
    this.#now = now;
    channel.bufferedAmountLowThreshold = buffer.low;
    channel.onbufferedamountlow = () => void this.#pump();
  }

  start(id: number, file: Blob): void {
    this.#files.set(id, {
      id,
      file,
      hash: new ContentHash(),
      block: new Uint8Array(),
      inBlock: 0,
      sent: 0,
      acked: 0,
      ended: false,
      marks: [],
    });
    void this.#pump();
  }

  /** Cancelled, or the other side has said its last word. */
  stop(id: number): void {
    this.#files.delete(id);
    void this.#pump();
  }

  handleAck(files: readonly { id: number; bytes: number }[], heldMs: number): void {
    let delay = Infinity;
    for (const { id, bytes } of files) {
      const outgoing = this.#files.get(id);
      if (!outgoing || bytes <= outgoing.acked || bytes > outgoing.sent) continue;
      outgoing.acked = bytes;
      const newest = outgoing.marks.findLast((mark) => mark.bytes <= bytes);
      outgoing.marks = outgoing.marks.filter((mark) => mark.bytes > bytes);
      if (newest) delay = Math.min(delay, Math.max(0, this.#now() - newest.at - heldMs));
      this.#events.onMoved(id, bytes);
    }
    if (delay < Infinity) this.#window = adjustWindow(this.#window, delay);
    void this.#pump();
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let next = this.#next(); next; next = this.#next()) await this.#sendChunk(next);
    this.#pumping = false;
  }

  /** Whose turn it is, if anything may be sent now. */
  #next(): Outgoing | undefined {
    const { readyState, bufferedAmount } = this.#channel;
    const files = [...this.#files.values()];
    const onTheWay = files.reduce((sum, { sent, acked }) => sum + sent - acked, 0);
    if (readyState !== 'open' || bufferedAmount > buffer.full) return undefined;
    if (onTheWay > 0 && onTheWay + chunkBytes > this.#window.bytes) return undefined;
    const next = files.find(({ ended }) => !ended);
    if (next) {
      this.#files.delete(next.id);
      this.#files.set(next.id, next);
    }
    return next;
  }

  async #sendChunk(outgoing: Outgoing): Promise<void> {
    if (outgoing.inBlock === outgoing.block.length && !(await this.#readOn(outgoing))) return;
    if (this.#files.get(outgoing.id) !== outgoing) return;
    const chunk = outgoing.block.subarray(outgoing.inBlock, outgoing.inBlock + chunkBytes);
    if (!this.#send(this.#frame(outgoing.id, chunk))) return;
    outgoing.inBlock += chunk.length;
    outgoing.sent += chunk.length;
    outgoing.marks.push({ bytes: outgoing.sent, at: this.#now() });
  }

  /** @returns false at the end of the file */
  async #readOn(outgoing: Outgoing): Promise<boolean> {
    const { id, file, hash, sent } = outgoing;
    if (sent === file.size) {
      outgoing.ended = true;
      const end = endFrame(id, await hash.finish());
      if (this.#files.get(id) === outgoing) this.#send(end);
      return false;
    }
    const length = Math.min(blockBytes, file.size - sent);
    const block = await file
      .slice(sent, sent + length)
      .arrayBuffer()
      .catch(() => new ArrayBuffer());
    if (block.byteLength !== length) {
      if (this.#files.delete(id)) this.#events.onUnreadable(id);
      return false;
    }
    outgoing.block = new Uint8Array(block);
    outgoing.inBlock = 0;
    await hash.add(outgoing.block);
    return true;
  }

  /** @returns false when the channel was closed meanwhile: its owner is told by the channel itself */
  #send(frame: Bytes): boolean {
    try {
      this.#channel.send(frame);
      return true;
    } catch {
      return false;
    }
  }
}
