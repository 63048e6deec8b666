import { type Bytes, concat, fromUtf8, utf8 } from '@sprechzimmer/crypto/bytes.ts';
import { beginAsHost, beginAsParticipant, type HandshakeResult } from '@sprechzimmer/crypto/handshake.ts';
import { openRecordChannel, type RecordChannel } from '@sprechzimmer/crypto/records.ts';
import { suite } from '@sprechzimmer/crypto/seal.ts';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import { frameKinds, type SealedSignal, sealedSignal } from '@sprechzimmer/protocol/signalling.ts';
import { InsecureError, type InsecureReason } from './insecure.ts';

/** How long a participant waits for the host's next step once the host has begun a handshake. */
const nextStepWithinMs = 15_000;

export type SecureLinkEvents = {
  send(frame: Bytes): void;
  onReady(words: Words): void;
  onSignal(signal: SealedSignal): Promise<void> | void;
  /** One-way: the link is closed and stays closed. */
  onInsecure(reason: InsecureReason): void;
};

type Stage =
  | { kind: 'closed' }
  | { kind: 'idle' } // participant: the host has not begun
  | { kind: 'committed'; finish(m1: Bytes): Promise<{ m2: Bytes; result: HandshakeResult }> }
  | { kind: 'answered'; finish(m2: Bytes): Promise<HandshakeResult> }
  | { kind: 'open'; channel: RecordChannel };

/**
 * Handshake and sealed records over one pair of sockets. A frame is `suite | kind | payload`. Frames are handled strictly
 * one after the other, and whatever does not belong where it comes ends the link as insecure.
 */
export class SecureLink {
  readonly #role: 'host' | 'participant';
  readonly #psk: Bytes;
  readonly #events: SecureLinkEvents;
  #stage: Stage;
  #incoming: Promise<void> = Promise.resolve();
  #outgoing: Promise<void> = Promise.resolve();
  #withheldTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(role: 'host' | 'participant', psk: Bytes, events: SecureLinkEvents) {
    this.#role = role;
    this.#psk = psk;
    this.#events = events;
    this.#stage = { kind: 'idle' };
    if (role === 'host') this.#enqueue(() => this.#begin());
  }

  handleFrame(frame: Bytes): void {
    this.#enqueue(() => this.#handle(frame));
  }

  /** Sends nothing before the handshake is done: callers wait for `onReady`. */
  send(signal: SealedSignal): void {
    const stage = this.#stage;
    if (stage.kind !== 'open') return;
    const sealed = stage.channel.seal(utf8(JSON.stringify(signal)));
    this.#outgoing = this.#outgoing.then(async () => this.#sendFrame(frameKinds.record, await sealed));
  }

  close(): void {
    this.#stage = { kind: 'closed' };
    clearTimeout(this.#withheldTimer);
  }

  #enqueue(step: () => Promise<void>): void {
    this.#incoming = this.#incoming.then(step).catch((error: unknown) => this.#fail(error));
  }

  async #begin(): Promise<void> {
    const { m0, finish } = await beginAsHost(this.#psk);
    this.#advance({ kind: 'committed', finish });
    this.#sendFrame(frameKinds.m0, m0);
  }

  async #handle(frame: Bytes): Promise<void> {
    if (this.#stage.kind === 'closed') return;
    const [frameSuite, kind] = frame;
    if (frameSuite !== suite) throw new InsecureError('version');
    const payload = frame.slice(2);
    if (kind === frameKinds.record) await this.#handleRecord(payload);
    else if (this.#role === 'host') await this.#handleAsHost(kind, payload);
    else await this.#handleAsParticipant(kind, payload);
  }

  async #handleAsHost(kind: number | undefined, payload: Bytes): Promise<void> {
    const stage = this.#stage;
    if (kind !== frameKinds.m1 || stage.kind !== 'committed') throw new InsecureError('handshake');
    const { m2, result } = await stage.finish(payload);
    const channel = await openRecordChannel(result, 'host');
    if (!this.#advance({ kind: 'open', channel })) return;
    this.#sendFrame(frameKinds.m2, m2);
    this.#events.onReady(result.words);
  }

  async #handleAsParticipant(kind: number | undefined, payload: Bytes): Promise<void> {
    if (kind === frameKinds.m0) {
      // Also in the middle of an older one: the host's window was opened anew.
      const { m1, finish } = await beginAsParticipant(this.#psk, payload);
      if (!this.#advance({ kind: 'answered', finish })) return;
      this.#expectNextStep();
      this.#sendFrame(frameKinds.m1, m1);
      return;
    }
    const stage = this.#stage;
    if (kind !== frameKinds.m2 || stage.kind !== 'answered') throw new InsecureError('handshake');
    const result = await stage.finish(payload);
    const channel = await openRecordChannel(result, 'participant');
    if (!this.#advance({ kind: 'open', channel })) return;
    this.#expectNextStep();
    this.#events.onReady(result.words);
  }

  async #handleRecord(payload: Bytes): Promise<void> {
    const stage = this.#stage;
    // The participant may still seal for the host's window that was there before: it cannot be read, nor is it needed.
    if (stage.kind === 'committed') return;
    if (stage.kind !== 'open') throw new InsecureError('handshake');
    const signal = await readSignal(stage.channel, payload);
    clearTimeout(this.#withheldTimer);
    if (this.#stage === stage) await this.#events.onSignal(signal);
  }

  /** @returns false when the link was closed meanwhile */
  #advance(stage: Stage): boolean {
    if (this.#stage.kind === 'closed') return false;
    this.#stage = stage;
    return true;
  }

  #expectNextStep(): void {
    clearTimeout(this.#withheldTimer);
    this.#withheldTimer = setTimeout(() => this.#fail(new InsecureError('withheld')), nextStepWithinMs);
  }

  #sendFrame(kind: number, payload: Bytes): void {
    if (this.#stage.kind !== 'closed') this.#events.send(concat(Uint8Array.of(suite, kind), payload));
  }

  #fail(error: unknown): void {
    if (this.#stage.kind === 'closed') return;
    this.close();
    this.#events.onInsecure(error instanceof InsecureError ? error.code : 'handshake');
  }
}

/** @throws InsecureError */
async function readSignal(channel: RecordChannel, record: Bytes): Promise<SealedSignal> {
  try {
    return sealedSignal.parse(JSON.parse(fromUtf8(await channel.open(record))));
  } catch (cause) {
    throw new InsecureError('record', { cause });
  }
}
