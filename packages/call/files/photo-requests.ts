import { Listeners } from '../listeners.ts';
import type { FilePeer, FileTalk } from './file-talk.ts';

export type PhotoRequest = { peerId: string; state: 'asked' | 'declined' };

/** The practice asks for a photo; the person asked takes one, or declines. */
export class PhotoRequests {
  readonly #talk: FileTalk;
  readonly #listeners = new Listeners();
  /** What this end has asked for, by person. */
  readonly #asked = new Map<string, PhotoRequest & { id: number }>();
  #toAnswer: { peer: FilePeer; id: number } | undefined;

  /** @param asker who may ask this end for photos */
  constructor(talk: FileTalk, asker: string | undefined) {
    this.#talk = talk;
    talk.hear('photo-request', ({ id }, peer) => {
      if (peer.id === asker) this.#setToAnswer({ peer, id });
    });
    talk.hear('photo-declined', ({ id }, { id: peerId }) => {
      if (this.#asked.get(peerId)?.id === id) this.#set({ peerId, id, state: 'declined' });
    });
  }

  get asked(): readonly PhotoRequest[] {
    return [...this.#asked.values()];
  }

  /** Who asks this end for a photo. */
  get askedBy(): string | undefined {
    return this.#toAnswer?.peer.id;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** @returns false when it could not be sent */
  ask(peerId: string): boolean {
    const peer = this.#talk.peers.find(({ id }) => id === peerId);
    const id = (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 1;
    if (!peer?.send({ kind: 'photo-request', id })) return false;
    this.#set({ peerId, id, state: 'asked' });
    return true;
  }

  /** A photo comes: was it asked for? Once per request. */
  take(peerId: string, id: number): boolean {
    const asked = this.#asked.get(peerId);
    if (asked?.id !== id || asked.state !== 'asked') return false;
    this.#asked.delete(peerId);
    this.#listeners.notify();
    return true;
  }

  decline(): void {
    const { peer, id } = this.#toAnswer ?? {};
    if (id !== undefined) peer?.send({ kind: 'photo-declined', id });
    this.#setToAnswer(undefined);
  }

  /** The photo goes to whoever asked. @returns undefined when nobody does any more */
  answer(): { peer: FilePeer; id: number } | undefined {
    const request = this.#toAnswer;
    this.#setToAnswer(undefined);
    return request;
  }

  #set(request: PhotoRequest & { id: number }): void {
    this.#asked.set(request.peerId, request);
    this.#listeners.notify();
  }

  #setToAnswer(request: { peer: FilePeer; id: number } | undefined): void {
    this.#toAnswer = request;
    this.#listeners.notify();
  }
}
