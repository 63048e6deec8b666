import type { Bytes } from '@sprechzimmer/crypto/bytes.ts';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import type { IceServer, SealedSignal } from '@sprechzimmer/protocol/signalling.ts';
import { relayFrame } from './frames.ts';
import type { LocalMedia } from './local-media.ts';
import { MediaPath, type PathOptions } from './media-path.ts';
import type { PathHealth } from './path-health.ts';
import type { ParticipantEvent } from './participant-state.ts';
import { SecureLink } from './secure-link.ts';
import { StillThere } from './still-there.ts';

/** A last message is given this long to leave before the connection closes behind it. */
const farewellMs = 300;
/** How often another way is asked for while none is there. */
const restartEveryMs = 4_000;

export type ParticipantPathEvents = {
  sendFrame(frame: Bytes): void;
  pathOptions(): PathOptions;
  isInConsultation(): boolean;
  /** The host can be spoken to. */
  onOpen(): void;
  onMessage(message: ChannelMessage): void;
  /** A window that was put off for the one that is lost now begins anew only with a new socket. */
  onPutOff(): void;
  onEvent(event: ParticipantEvent): void;
  onHealth(): void;
  /** What `path` gives is known. */
  onPath(): void;
};

/** A participant's way to the host: a link through the server, and the peer connection, which outlives it. */
export class ParticipantPath {
  #psk: Bytes | undefined;
  readonly #events: ParticipantPathEvents;
  readonly #host = new StillThere();
  readonly #answering = new StillThere();
  #link: SecureLink | undefined;
  #media: MediaPath | undefined;
  /** Of the handshake under which the peer connection was made: they stay when signalling is made anew. */
  #words: Words | undefined;
  #linkWords: Words | undefined;
  #path: 'direct' | 'relayed' | undefined;
  /** Another window of the practice has offered a connection while a consultation was going on. */
  #hasPutOff = false;
  #relayOnly = false;
  #restartTimer: ReturnType<typeof setInterval> | undefined;

  /** @param psk undefined: told with `awaitHost` */
  constructor(psk: Bytes | undefined, events: ParticipantPathEvents) {
    this.#psk = psk;
    this.#events = events;
  }

  get words(): Words | undefined {
    return this.#words;
  }

  get path(): 'direct' | 'relayed' | undefined {
    return this.#path;
  }

  get health(): PathHealth | undefined {
    return this.#media?.health;
  }

  get remoteTracks(): MediaStreamTrack[] {
    return this.#media?.remoteTracks ?? [];
  }

  get remoteScreenTracks(): MediaStreamTrack[] {
    return this.#media?.remoteScreenTracks ?? [];
  }

  /** The practice hides addresses. */
  get relayOnly(): boolean {
    return this.#relayOnly;
  }

  get bulk(): RTCDataChannel | undefined {
    return this.#media?.bulk;
  }

  setIceServers(iceServers: IceServer[]): void {
    this.#media?.setIceServers(iceServers);
  }

  /** A new socket, or a new host: the handshake begins anew. */
  awaitHost(psk: Bytes | undefined = this.#psk): void {
    this.closeLink();
    this.#psk = psk;
    if (!psk) return;
    this.#link = new SecureLink('participant', psk, {
      send: (frame) => this.#events.sendFrame(relayFrame(0, frame)),
      onReady: (words) => {
        this.#linkWords = words;
        this.#link?.send({ kind: 'resume', session: this.#media?.session ?? null });
      },
      onSignal: (signal) => this.#handleSignal(signal),
      onInsecure: (reason) => this.#events.onEvent({ kind: 'insecure', reason }),
    });
  }

  handleFrame(payload: Bytes): void {
    this.#link?.handleFrame(payload);
  }

  /** The socket is lost, and the peer connection goes on. */
  closeLink(): void {
    this.#link?.close();
    this.#link = undefined;
  }

  /** @returns false when it could not be sent */
  sendMessage(message: ChannelMessage): boolean {
    return this.#media?.sendMessage(message) ?? false;
  }

  /** How long the host's page takes to answer, in milliseconds; Infinity when it does not. */
  async answerTime(): Promise<number> {
    const began = performance.now();
    const answered = await this.#answering.ask((message) => this.sendMessage(message));
    return answered ? performance.now() - began : Infinity;
  }

  sendMedia(media: LocalMedia): void {
    this.#media?.sendMedia(media);
  }

  sendNothing(): void {
    this.#media?.sendNothing();
  }

  close(): void {
    this.closeLink();
    clearInterval(this.#restartTimer);
    this.#media?.close();
    this.#media = undefined;
    this.#hasPutOff = false;
  }

  /** Closes once the last message has left. */
  takeLeave(): void {
    const media = this.#media;
    this.#media = undefined;
    this.close();
    setTimeout(() => media?.close(), farewellMs);
  }

  async #handleSignal(signal: SealedSignal): Promise<void> {
    switch (signal.kind) {
      case 'offer':
        if (this.#media?.session !== signal.session) {
          const link = this.#link;
          // Another window of the practice: whoever talks to us already is not cut off by it.
          this.#hasPutOff = await this.#isTalkedTo();
          if (this.#hasPutOff || this.#link !== link) return;
          this.#openMedia(signal.session, signal.relayOnly);
        }
        return this.#media?.handleOffer(signal.sdp);
      case 'candidate':
        return this.#media?.handleCandidate(signal);
      default:
    }
  }

  async #isTalkedTo(): Promise<boolean> {
    return this.#events.isInConsultation() && this.#host.ask((message) => this.sendMessage(message));
  }

  #openMedia(session: string, relayOnly = false): void {
    const options = this.#events.pathOptions();
    // Either side's wish: whoever offers without it is not told an address all the same.
    this.#relayOnly = relayOnly || (options.relayOnly ?? false);
    this.#media?.close();
    const media = new MediaPath(
      session,
      { ...options, relayOnly: this.#relayOnly },
      {
        sendSignal: (signal) => this.#link?.send(signal),
        onOpen: () => this.#handleOpen(media),
        onMessage: (message) => this.#handleMessage(message),
        onLink: (link) => this.#followLink(link),
        onHealth: () => this.#events.onHealth(),
        onClosed: () => {
          this.#media = undefined;
          clearInterval(this.#restartTimer);
          this.#events.onEvent({ kind: 'path-lost' });
          if (this.#hasPutOff) this.#events.onPutOff();
        },
        onInsecure: (reason) => this.#events.onEvent({ kind: 'insecure', reason }),
      },
    );
    this.#media = media;
    this.#words = this.#linkWords;
  }

  #handleOpen(media: MediaPath): void {
    this.#events.onOpen();
    void media.path().then((path) => {
      this.#path = path;
      this.#events.onPath();
    });
  }

  #followLink(link: 'connected' | 'interrupted'): void {
    clearInterval(this.#restartTimer);
    // Leave has been taken.
    if (!this.#media) return;
    if (link === 'interrupted') {
      this.#restartTimer = setInterval(() => {
        // Whoever was lost has had a moment to come back by themselves: only the other window can still be asked.
        if (!this.#hasPutOff) return this.#askForRestart();
        this.#hasPutOff = false;
        this.#events.onPutOff();
      }, restartEveryMs);
      this.#askForRestart();
    }
    this.#events.onEvent({ kind: 'link', link });
  }

  /** The host may not have noticed. */
  #askForRestart(): void {
    this.#link?.send({ kind: 'restart' });
  }

  #handleMessage(message: ChannelMessage): void {
    if (message.kind === 'ping') this.sendMessage({ kind: 'pong' });
    else if (message.kind === 'pong') {
      this.#host.handlePong();
      this.#answering.handlePong();
    } else this.#events.onMessage(message);
  }
}
