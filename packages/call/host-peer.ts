import { type Bytes, randomBytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import type { IceServer, SealedSignal } from '@sprechzimmer/protocol/signalling.ts';
import { relayFrame } from './frames.ts';
import type { PeerEvent } from './host-state.ts';
import type { LocalMedia } from './local-media.ts';
import { MediaPath, type PathOptions } from './media-path.ts';
import type { Evidence } from './path-facts.ts';
import type { PathHealth } from './path-health.ts';
import { remoteMedia } from './participant-state.ts';
import { SecureLink } from './secure-link.ts';
import { StillThere } from './still-there.ts';

/** How often a lost way is sought anew. */
const restartEveryMs = 4_000;
const dismissedWithinMs = 2_000;

export type HostPeerEvents = {
  sendFrame(frame: Bytes): void;
  /** The server is asked to close that connection. */
  drop(connection: number): void;
  pathOptions(): PathOptions;
  /** Messages arrive from here on. */
  onOpen?(): void;
  onEvent(event: PeerEvent): void;
  onHealth(): void;
  onMessage(message: ChannelMessage): void;
};

/** A connection to a participant through the server, and its link while it lasts. */
type Attempt = { connection: number; link: SecureLink; words: Words | undefined };

/**
 * One participant as the host's window holds it: a link through the server while both are connected there, and the peer
 * connection, which outlives it.
 */
export class HostPeer {
  readonly #psk: Bytes | undefined;
  readonly #practitioner: string;
  readonly #events: HostPeerEvents;
  readonly #older = new StillThere();
  #attempts: Attempt[] = [];
  #current: Attempt | undefined;
  #media: MediaPath | undefined;
  /** Has said who they are: once for each connection, so that nobody takes another name in the middle of it. */
  #greeted: MediaPath | undefined;
  /** Of the handshake under which the peer connection was made: they stay when signalling is made anew. */
  #words: Words | undefined;
  #restartTimer: ReturnType<typeof setInterval> | undefined;
  #soughtAtMs = 0;

  /** @param psk undefined: told with each `handleArrived` */
  constructor(psk: Bytes | undefined, practitioner: string, events: HostPeerEvents) {
    this.#psk = psk;
    this.#practitioner = practitioner;
    this.#events = events;
  }

  get words(): Words | undefined {
    return this.#words;
  }

  get health(): PathHealth | undefined {
    return this.#media?.health;
  }

  get isReady(): boolean {
    return this.#media?.isOpen ?? false;
  }

  get remoteTracks(): MediaStreamTrack[] {
    return this.#media?.remoteTracks ?? [];
  }

  get remoteScreenTracks(): MediaStreamTrack[] {
    return this.#media?.remoteScreenTracks ?? [];
  }

  get bulk(): RTCDataChannel | undefined {
    return this.#media?.bulk;
  }

  setIceServers(iceServers: IceServer[]): void {
    this.#media?.setIceServers(iceServers);
  }

  async path(): Promise<'direct' | 'relayed' | undefined> {
    return this.#media?.path();
  }

  async evidence(): Promise<Evidence | undefined> {
    return this.#media?.evidence();
  }

  /** A page has shown this participant's code. */
  handleArrived(connection: number, psk: Bytes | undefined = this.#psk): void {
    if (!psk) return;
    const attempt: Attempt = { connection, words: undefined, link: this.#openLink(connection, psk) };
    this.#attempts.push(attempt);
    this.#events.onEvent({ kind: 'connecting' });
  }

  /** @returns whether the frame was for this participant */
  handleFrame(connection: number, payload: Bytes): boolean {
    const attempt = this.#attempts.find((one) => one.connection === connection);
    attempt?.link.handleFrame(payload);
    return attempt !== undefined;
  }

  handleLeft(connection: number): void {
    const attempt = this.#attempts.find((one) => one.connection === connection);
    if (!attempt) return;
    this.#closeAttempt(attempt);
    if (!this.#media?.isOpen && this.#attempts.length === 0) this.#gone();
  }

  /** The host's own socket is lost: links end, the peer connection goes on. */
  handleOffline(): void {
    for (const attempt of this.#attempts) this.#closeAttempt(attempt);
    if (!this.#media?.isOpen) this.#gone();
  }

  sendMessage(message: ChannelMessage): boolean {
    return this.#media?.sendMessage(message) ?? false;
  }

  sendMedia(media: LocalMedia): void {
    this.#media?.sendMedia(media);
  }

  sendNothing(): void {
    this.#media?.sendNothing();
  }

  /** The consultation is over for them. Their page closes the connection; one that does not is not ours. */
  dismiss(): void {
    this.sendMessage({ kind: 'end' });
    this.sendNothing();
    const media = this.#media;
    setTimeout(() => {
      if (!media?.isConnected || this.#media !== media) return;
      this.#closeMedia();
      this.#gone();
    }, dismissedWithinMs);
  }

  /** The people at both ends have found that somebody is between them. */
  refuseWords(): void {
    this.#insecure(this.#current?.connection, 'words');
  }

  close(): void {
    for (const attempt of this.#attempts) this.#closeAttempt(attempt);
    this.#closeMedia();
  }

  #openLink(connection: number, psk: Bytes): SecureLink {
    const link = new SecureLink('host', psk, {
      send: (frame) => this.#events.sendFrame(relayFrame(connection, frame)),
      onReady: (words) => {
        const attempt = this.#attempts.find((one) => one.link === link);
        if (attempt) attempt.words = words;
      },
      onSignal: (signal) => this.#handleSignal(link, signal),
      onInsecure: (reason) => this.#insecure(connection, reason),
    });
    return link;
  }

  async #handleSignal(link: SecureLink, signal: SealedSignal): Promise<void> {
    const attempt = this.#attempts.find((one) => one.link === link);
    if (!attempt) return;
    if (signal.kind === 'resume') return this.#handleResume(attempt, signal.session);
    if (attempt !== this.#current) return;
    if (signal.kind === 'restart') return this.#seek();
    if (signal.kind === 'answer') await this.#media?.handleAnswer(signal.sdp);
    else if (signal.kind === 'candidate') await this.#media?.handleCandidate(signal);
  }

  /** The participant says which peer connection it still has. One without any is a reload, or a second browser. */
  async #handleResume(attempt: Attempt, session: string | null): Promise<void> {
    const media = this.#media;
    if (media && session === media.session) {
      this.#adopt(attempt);
      attempt.link.send({ kind: 'resumed', session });
      if (!media.isConnected) await media.offer({ restart: true });
      return;
    }
    // An older page of the same participant, perhaps.
    if (media?.isOpen && (await this.#older.ask((message) => this.sendMessage(message)))) {
      this.#closeAttempt(attempt);
      this.#events.drop(attempt.connection);
      this.#events.onEvent({ kind: 'second-browser' });
      return;
    }
    if (!this.#attempts.includes(attempt)) return;
    this.#adopt(attempt);
    this.#words = attempt.words;
    await this.#openMedia().offer({ restart: false });
  }

  #adopt(attempt: Attempt): void {
    for (const other of this.#attempts) if (other !== attempt) this.#closeAttempt(other);
    this.#current = attempt;
  }

  #openMedia(): MediaPath {
    this.#closeMedia();
    const media = new MediaPath(toBase64url(randomBytes(16)), this.#events.pathOptions(), {
      sendSignal: (signal) => this.#current?.link.send(signal),
      onOpen: () => this.#events.onOpen?.(),
      onMessage: (message) => this.#handleMessage(message),
      onLink: (link) => this.#followLink(link),
      onHealth: () => this.#events.onHealth(),
      onClosed: () => {
        this.#closeMedia();
        this.#gone();
      },
      onInsecure: (reason) => this.#insecure(this.#current?.connection, reason),
    });
    this.#media = media;
    return media;
  }

  #handleMessage(message: ChannelMessage): void {
    switch (message.kind) {
      case 'hello': {
        if (this.#greeted === this.#media) return;
        this.#greeted = this.#media;
        const { name, readiness, waitingForMs } = message;
        const waitingSince = new Date(Date.now() - waitingForMs);
        this.sendMessage({ kind: 'seen', practitioner: this.#practitioner });
        return this.#events.onEvent({ kind: 'ready', name, readiness, waitingSince });
      }
      case 'readiness':
      case 'consent':
        return this.#events.onEvent(message);
      case 'media':
        return this.#events.onEvent({ kind: 'remote-media', remote: remoteMedia(message) });
      case 'leave':
        return this.#events.onEvent({ kind: 'gone' });
      case 'ping':
        this.sendMessage({ kind: 'pong' });
        return;
      case 'pong':
        return this.#older.handlePong();
      default:
        this.#events.onMessage(message);
    }
  }

  #closeMedia(): void {
    clearInterval(this.#restartTimer);
    this.#restartTimer = undefined;
    this.#media?.close();
    this.#media = undefined;
  }

  #followLink(link: 'connected' | 'interrupted'): void {
    clearInterval(this.#restartTimer);
    this.#restartTimer = undefined;
    if (link === 'interrupted') {
      this.#restartTimer = setInterval(() => void this.#restart(), restartEveryMs);
      void this.#restart();
    }
    this.#events.onEvent({ kind: 'link', link });
  }

  async #restart(): Promise<void> {
    if (!this.#media?.isConnected) await this.#seek();
  }

  /** Another way, unless one is being sought already. */
  async #seek(): Promise<void> {
    if (!this.#current || !this.#media?.isStable || Date.now() - this.#soughtAtMs < restartEveryMs / 2)
      return;
    this.#soughtAtMs = Date.now();
    await this.#media.offer({ restart: true });
  }

  #gone(): void {
    this.#events.onEvent({ kind: 'gone' });
  }

  #insecure(
    connection: number | undefined,
    reason: Extract<PeerEvent, { kind: 'insecure' }>['reason'],
  ): void {
    const attempt = this.#attempts.find((one) => one.connection === connection);
    // A stranger's failed attempt does not end what runs securely beside it.
    const beside = attempt !== this.#current && this.#media?.isOpen;
    if (attempt) this.#closeAttempt(attempt);
    if (connection !== undefined) this.#events.drop(connection);
    if (!beside) this.#closeMedia();
    this.#events.onEvent(beside ? { kind: 'second-browser' } : { kind: 'insecure', reason });
  }

  #closeAttempt(attempt: Attempt): void {
    attempt.link.close();
    this.#attempts = this.#attempts.filter((one) => one !== attempt);
    if (this.#current === attempt) this.#current = undefined;
  }
}
