import { type FileMessage, maxOpenOffers } from '@sprechzimmer/protocol/file-message.ts';
import { Listeners } from '../listeners.ts';
import { FileLane } from './file-lane.ts';
import { safeFileName } from './file-name.ts';
import type { FileSink, FileStore } from './file-store.ts';
import type { FilePeer, FileTalk } from './file-talk.ts';
import { maxFileBytes } from './limits.ts';
import { OfferRate } from './offer-rate.ts';
import { isOpen, type Transfer, type TransferEvent, transferTransition } from './transfer.ts';

export type OfferedFile = {
  name: string;
  content: Blob;
  /** The request for a photo that it answers. */
  photo?: number;
};

type Entry = {
  transfer: Transfer;
  readonly id: number;
  /** Of a file that goes out. */
  readonly file?: OfferedFile;
  /** Of one that comes in. */
  sink?: FileSink;
};

type Of<K extends FileMessage['kind']> = Extract<FileMessage, { kind: K }>;
/** An answer that is the last word on a file. */
type LastAnswer = Exclude<Of<'answer'>['answer'], 'accepted'>;

const watchEveryMs = 1_000;
/** Of transfers that are over and hold nothing. */
const maxKeptEnded = 40;

const lastAnswers = {
  declined: { kind: 'declined' },
  'too-large': { kind: 'refused', why: 'too-large' },
  'too-many': { kind: 'refused', why: 'too-many' },
  received: { kind: 'received' },
  damaged: { kind: 'failed', why: 'damaged' },
  'no-room': { kind: 'failed', why: 'no-room' },
  cancelled: { kind: 'cancelled', by: 'other' },
} as const satisfies Record<LastAnswer, TransferEvent>;

/** The files of one consultation, to and from everybody in it. Nothing comes in that was not accepted here. */
export class FileExchange {
  readonly #talk: FileTalk;
  readonly #store: FileStore;
  /** Was this photo asked for? Then it needs no second consent. */
  readonly #isWanted: (peerId: string, photo: number) => boolean;
  readonly #listeners = new Listeners();
  readonly #rate = new OfferRate();
  readonly #lanes = new Map<string, FileLane>();
  readonly #entries = new Map<string, Entry>();
  #nextId = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 2;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(talk: FileTalk, store: FileStore, isWanted: (peerId: string, photo: number) => boolean) {
    this.#talk = talk;
    this.#store = store;
    this.#isWanted = isWanted;
    talk.hear('offer', (message, peer) => this.#handleOffer(message, peer));
    talk.hear('withdrawn', (message, peer) => this.#handleWithdrawn(message, peer));
    talk.hear('answer', (message, peer) => this.#handleAnswer(message, peer));
    talk.hear('ack', ({ files, heldMs }, peer) => this.#lanes.get(peer.id)?.sender.handleAck(files, heldMs));
  }

  /** In the order in which they began. */
  get transfers(): readonly Transfer[] {
    return [...this.#entries.values()].map(({ transfer }) => transfer);
  }

  /** Of a file that goes out, or that has come in whole. */
  contentOf(key: string): Blob | undefined {
    const entry = this.#entries.get(key);
    const state = entry?.transfer.state;
    return state?.kind === 'done' && state.content ? state.content : entry?.file?.content;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Offers each file to everybody in the consultation, or to those who are named. */
  offer(files: readonly OfferedFile[], peers: readonly FilePeer[] = this.#talk.peers): void {
    for (const file of files) for (const peer of peers) this.#offerOne(file, peer);
  }

  /** Consent to take in what was offered. */
  async accept(key: string): Promise<void> {
    const entry = this.#open(key, 'in');
    if (entry?.transfer.state.kind !== 'offered') return;
    const { id, transfer } = entry;
    const peer = this.#peer(transfer.peerId);
    const lane = peer && this.#lane(peer);
    if (!lane) return this.#apply(entry, { kind: 'failed', why: 'path-lost' });
    this.#apply(entry, { kind: 'accepted' });
    try {
      entry.sink = await this.#store.open();
    } catch {
      peer.send({ kind: 'answer', id, answer: 'no-room' });
      return this.#apply(entry, { kind: 'failed', why: 'no-room' });
    }
    if (!isOpen(entry.transfer.state)) return entry.sink.discard();
    lane.receiver.expect(id, transfer.size, entry.sink);
    peer.send({ kind: 'answer', id, answer: 'accepted' });
  }

  decline(key: string): void {
    const entry = this.#open(key, 'in');
    if (!entry) return;
    this.#peer(entry.transfer.peerId)?.send({ kind: 'answer', id: entry.id, answer: 'declined' });
    this.#apply(entry, { kind: 'declined' });
  }

  cancel(key: string): void {
    const entry = this.#open(key, 'in') ?? this.#open(key, 'out');
    if (!entry) return;
    const { id, transfer } = entry;
    const [peer, lane] = [this.#peer(transfer.peerId), this.#lanes.get(transfer.peerId)];
    if (transfer.direction === 'in') {
      lane?.receiver.stop(id);
      peer?.send({ kind: 'answer', id, answer: 'cancelled' });
    } else {
      lane?.sender.stop(id);
      peer?.send({ kind: 'withdrawn', id, why: 'cancelled' });
    }
    this.#apply(entry, { kind: 'cancelled', by: 'me' });
  }

  /** Offers what could not be sent once more. */
  sendAgain(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry?.file || isOpen(entry.transfer.state)) return;
    const { peerId } = entry.transfer;
    const peer = this.#peer(peerId) ?? { id: peerId, send: () => false, bulk: undefined };
    this.#entries.delete(key);
    this.#offerOne(entry.file, peer);
  }

  /** What is over is taken off the list, and with it what was received. */
  remove(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry || isOpen(entry.transfer.state)) return;
    this.#entries.delete(key);
    void entry.sink?.discard();
    this.#listeners.notify();
  }

  /** The consultation is over. What was received stays in the store. */
  close(): void {
    for (const key of this.#entries.keys()) this.cancel(key);
    for (const lane of this.#lanes.values()) lane.close();
    this.#lanes.clear();
  }

  #offerOne(file: OfferedFile, peer: FilePeer): void {
    const id = this.#nextId++;
    const name = safeFileName(file.name);
    const { size } = file.content;
    const busy = this.#countOpen('out', peer.id) >= maxOpenOffers;
    const entry = this.#add(
      { direction: 'out', peerId: peer.id, name, size, photo: file.photo !== undefined },
      id,
      file,
    );
    if (size > maxFileBytes) return this.#apply(entry, { kind: 'refused', why: 'too-large' });
    if (busy) return this.#apply(entry, { kind: 'refused', why: 'too-many' });
    const { photo } = file;
    const message = { kind: 'offer', id, name, size, ...(photo !== undefined && { photo }) } as const;
    if (!this.#lane(peer) || !peer.send(message)) this.#apply(entry, { kind: 'failed', why: 'path-lost' });
  }

  #handleOffer({ id, name, size, photo }: Of<'offer'>, peer: FilePeer): void {
    if (!this.#rate.allows(peer.id) || this.#entries.has(keyOf('in', peer.id, id))) return;
    if (this.#countOpen('in', peer.id) >= maxOpenOffers) {
      peer.send({ kind: 'answer', id, answer: 'too-many' });
      return;
    }
    this.#lane(peer);
    const wanted = photo !== undefined && size <= maxFileBytes && this.#isWanted(peer.id, photo);
    const entry = this.#add(
      { direction: 'in', peerId: peer.id, name: safeFileName(name), size, photo: wanted },
      id,
    );
    if (size > maxFileBytes) {
      peer.send({ kind: 'answer', id, answer: 'too-large' });
      this.#apply(entry, { kind: 'refused', why: 'too-large' });
    }
    if (wanted) void this.accept(entry.transfer.key);
  }

  #handleWithdrawn({ id, why }: Of<'withdrawn'>, peer: FilePeer): void {
    const entry = this.#open(keyOf('in', peer.id, id), 'in');
    if (!entry) return;
    this.#lanes.get(peer.id)?.receiver.stop(id);
    this.#apply(entry, why === 'cancelled' ? { kind: 'cancelled', by: 'other' } : { kind: 'failed', why });
  }

  #handleAnswer({ id, answer }: Of<'answer'>, peer: FilePeer): void {
    const entry = this.#open(keyOf('out', peer.id, id), 'out');
    const lane = this.#lanes.get(peer.id);
    if (!entry?.file || !lane) return;
    if (answer !== 'accepted') {
      lane.sender.stop(id);
      this.#apply(entry, lastAnswers[answer]);
    } else if (entry.transfer.state.kind === 'offered') {
      this.#apply(entry, { kind: 'accepted' });
      lane.sender.start(id, entry.file.content);
    }
  }

  #peer(peerId: string): FilePeer | undefined {
    return this.#talk.peers.find(({ id }) => id === peerId);
  }

  #lane(peer: FilePeer): FileLane | undefined {
    const { id: peerId, bulk } = peer;
    const before = this.#lanes.get(peerId);
    if (before?.isOn(bulk)) return before;
    if (before) this.#endLane(peerId, 'path-lost');
    if (!bulk) return undefined;
    const lane = new FileLane(bulk, {
      send: (message) => peer.send(message),
      onTransfer: (direction, id, event) => {
        const entry = this.#open(keyOf(direction, peerId, id), direction);
        if (entry) this.#apply(entry, event);
      },
      onEnd: (why) => this.#endLane(peerId, why),
    });
    this.#lanes.set(peerId, lane);
    return lane;
  }

  #endLane(peerId: string, why: 'path-lost' | 'cut-off'): void {
    this.#lanes.get(peerId)?.close();
    this.#lanes.delete(peerId);
    for (const entry of this.#entries.values())
      if (entry.transfer.peerId === peerId) this.#apply(entry, { kind: 'failed', why });
  }

  /** A page that is reloaded or gone does not close its channels here; that it has another one does tell. */
  #look(): void {
    for (const [peerId, lane] of this.#lanes)
      if (!lane.isOn(this.#peer(peerId)?.bulk)) this.#endLane(peerId, 'path-lost');
    if (this.transfers.some(({ state }) => isOpen(state))) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  #add(about: Omit<Transfer, 'key' | 'state'>, id: number, file?: OfferedFile): Entry {
    const key = keyOf(about.direction, about.peerId, id);
    const entry: Entry = {
      transfer: { ...about, key, state: { kind: 'offered' } },
      id,
      ...(file && { file }),
    };
    this.#entries.set(key, entry);
    const ended = [...this.#entries.values()].filter(
      ({ transfer: { state } }) => !isOpen(state) && state.kind !== 'done',
    );
    for (const { transfer } of ended.slice(0, -maxKeptEnded)) this.#entries.delete(transfer.key);
    this.#watch ??= setInterval(() => this.#look(), watchEveryMs);
    this.#listeners.notify();
    return entry;
  }

  #open(key: string, direction: Transfer['direction']): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry?.transfer.direction === direction && isOpen(entry.transfer.state) ? entry : undefined;
  }

  #countOpen(direction: Transfer['direction'], peerId: string): number {
    return this.transfers.filter(
      (one) => one.direction === direction && one.peerId === peerId && isOpen(one.state),
    ).length;
  }

  #apply(entry: Entry, event: TransferEvent): void {
    const state = transferTransition(entry.transfer.state, event);
    if (state === entry.transfer.state) return;
    entry.transfer = { ...entry.transfer, state };
    this.#listeners.notify();
  }
}

function keyOf(direction: Transfer['direction'], peerId: string, id: number): string {
  return `${direction} ${id} ${peerId}`;
}
