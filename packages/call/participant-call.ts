import type { Bytes } from '@sprechzimmer/crypto/bytes.ts';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import {
  connectionHeaderBytes,
  type IceServer,
  type SealedSignal,
  type ServerMessage,
  signallingVersion,
} from '@sprechzimmer/protocol/signalling.ts';
import { type ChatEntry, withEntry } from './chat.ts';
import { type Consent, ConsentSender } from './consent-sender.ts';
import { relayFrame } from './frames.ts';
import { Listeners } from './listeners.ts';
import type { LocalMedia } from './local-media.ts';
import { MediaPath } from './media-path.ts';
import {
  initialParticipantState,
  type ParticipantEvent,
  type ParticipantState,
  participantTransition,
  remoteMedia,
} from './participant-state.ts';
import { SecureLink } from './secure-link.ts';
import { SignallingSocket } from './signalling-socket.ts';
import { StillThere } from './still-there.ts';
import { showTracks } from './tracks.ts';

export type ParticipantCallOptions = {
  /** `wss://<room>/signalling` */
  signallingUrl: string;
  locator: Bytes;
  psk: Bytes;
  /** 16 random bytes, base64url, kept over a reload. */
  place: string;
  name: string;
  media: LocalMedia;
};

const nothing = { audio: null, video: null };
/** A last message is given this long to leave before the connection closes behind it. */
const farewellMs = 300;

/** A participant's end, from joining the waiting room to the end of the consultation. */
export class ParticipantCall {
  /** The host's picture and sound: there from the start, moving once called in. */
  readonly remoteStream = new MediaStream();
  readonly #options: ParticipantCallOptions;
  readonly #listeners = new Listeners();
  readonly #stopFollowingMedia: () => void;
  readonly #consentSender: ConsentSender;
  readonly #host = new StillThere();
  /** null: asked, and not answered yet. undefined: this practice does not ask. */
  #consent: Consent | null | undefined;
  #state: ParticipantState = initialParticipantState;
  #socket: SignallingSocket | undefined;
  #link: SecureLink | undefined;
  #media: MediaPath | undefined;
  #iceServers: IceServer[] = [];
  #card: string | undefined;
  /** Of the handshake under which the peer connection was made: they stay when signalling is made anew. */
  #words: Words | undefined;
  #linkWords: Words | undefined;
  #path: 'direct' | 'relayed' | undefined;
  #chat: readonly ChatEntry[] = [];
  #waitingSince = performance.now();
  /** Another window of the practice has offered a connection while a consultation was going on. */
  #hasPutOff = false;

  constructor(options: ParticipantCallOptions) {
    this.#options = options;
    this.#consentSender = new ConsentSender(options.psk, (message) => this.#socket?.send(message));
    this.#stopFollowingMedia = options.media.onChange(() => this.#followMedia());
    this.#connect();
  }

  get state(): ParticipantState {
    return this.#state;
  }

  /** The invitation's card, sealed. */
  get card(): string | undefined {
    return this.#card;
  }

  get words(): Words | undefined {
    return this.#words;
  }

  get path(): 'direct' | 'relayed' | undefined {
    return this.#path;
  }

  get chat(): readonly ChatEntry[] {
    return this.#chat;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** @returns false when it could not be sent: keep what was typed */
  sendChat(text: string): boolean {
    if (this.#state.kind !== 'consultation' || !this.#media?.sendMessage({ kind: 'chat', text }))
      return false;
    this.#chat = withEntry(this.#chat, 'me', text);
    this.#listeners.notify();
    return true;
  }

  /** What the person answers to the practice's consent text, or null while they have not. */
  setConsent(consent: Consent | null): void {
    this.#consent = consent;
    if (consent) this.#consentSender.set(consent);
    this.#tellConsent();
  }

  hangUp(): void {
    if (this.#state.kind !== 'consultation') return;
    this.#media?.sendMessage({ kind: 'end' });
    this.#apply({ kind: 'ended', by: 'participant' });
  }

  leave(): void {
    this.#media?.sendMessage({ kind: 'leave' });
    this.#apply({ kind: 'left' });
  }

  /** From `ended` or `left` back to the waiting room. */
  rejoin(): void {
    if (this.#state.kind !== 'ended' && this.#state.kind !== 'left') return;
    this.#waitingSince = performance.now();
    this.#chat = [];
    this.#apply({ kind: 'rejoin' });
    this.#connect();
  }

  /** One-way. */
  close(): void {
    this.#stopFollowingMedia();
    this.#consentSender.close();
    this.#disconnect();
  }

  #connect(): void {
    this.#disconnect();
    this.#hasPutOff = false;
    const { signallingUrl, locator, place } = this.#options;
    this.#socket = new SignallingSocket(signallingUrl, {
      greeting: () => ({ kind: 'join', v: signallingVersion, locator: toBase64url(locator), place }),
      onMessage: (message) => this.#handleMessage(message),
      onFrame: (frame) => this.#link?.handleFrame(frame.slice(connectionHeaderBytes)),
      onOffline: () => {
        this.#link?.close();
        this.#apply({ kind: 'offline' });
      },
      onClosedWith: (code) => this.#handleClosed(code),
    });
  }

  #disconnect(): void {
    this.#socket?.close();
    this.#link?.close();
    this.#media?.close();
    this.#socket = this.#link = this.#media = undefined;
  }

  #handleMessage(message: ServerMessage): void {
    switch (message.kind) {
      case 'joined':
        this.#card = message.card;
        this.#iceServers = message.iceServers;
        this.#awaitHost();
        this.#consentSender.handleJoined(message.invitationId);
        return this.#apply({ kind: 'joined', hostPresent: message.hostPresent });
      case 'refused':
        return this.#apply(message);
      case 'consent-kept':
        return this.#consentSender.handleKept();
      case 'host-present':
        return this.#apply({ kind: 'host-present' });
      case 'host-absent':
        this.#awaitHost();
        return this.#apply({ kind: 'host-absent' });
      default:
    }
  }

  /** @returns whether to try again */
  #handleClosed(code: number): boolean {
    if (code === closeCodes.replaced) this.#apply({ kind: 'replaced' });
    else if (code === closeCodes.dropped) this.#apply({ kind: 'insecure', reason: 'record' });
    else return code !== closeCodes.refused;
    return false;
  }

  #awaitHost(): void {
    this.#link?.close();
    this.#link = new SecureLink('participant', this.#options.psk, {
      send: (frame) => this.#socket?.sendFrame(relayFrame(0, frame)),
      onReady: (words) => {
        this.#linkWords = words;
        this.#link?.send({ kind: 'resume', session: this.#media?.session ?? null });
      },
      onSignal: (signal) => this.#handleSignal(signal),
      onInsecure: (reason) => this.#apply({ kind: 'insecure', reason }),
    });
  }

  async #handleSignal(signal: SealedSignal): Promise<void> {
    switch (signal.kind) {
      case 'offer':
        if (this.#media?.session !== signal.session) {
          // Another window of the practice: whoever talks to us already is not cut off by it.
          this.#hasPutOff = await this.#isTalkedTo();
          if (this.#hasPutOff) return;
          this.#openMedia(signal.session);
        }
        return this.#media?.handleOffer(signal.sdp);
      case 'candidate':
        return this.#media?.handleCandidate(signal);
      default:
    }
  }

  async #isTalkedTo(): Promise<boolean> {
    if (this.#state.kind !== 'consultation') return false;
    return this.#host.ask((message) => this.#media?.sendMessage(message) ?? false);
  }

  #openMedia(session: string): void {
    this.#media?.close();
    const media = new MediaPath(session, this.#iceServers, {
      sendSignal: (signal) => this.#link?.send(signal),
      onOpen: () => this.#sayHello(media),
      onMessage: (message) => this.#handlePeer(message),
      onLink: (link) => this.#apply({ kind: 'link', link }),
      onClosed: () => {
        this.#media = undefined;
        this.#apply({ kind: 'path-lost' });
        // The window that was put off for this one begins anew with a new socket.
        if (this.#hasPutOff) this.#connect();
      },
      onInsecure: (reason) => this.#apply({ kind: 'insecure', reason }),
    });
    this.#media = media;
    this.#words = this.#linkWords;
  }

  #sayHello(media: MediaPath): void {
    showTracks(this.remoteStream, media.remoteTracks);
    media.sendMessage({
      kind: 'hello',
      name: this.#options.name,
      readiness: this.#options.media.readiness,
      waitingForMs: Math.round(performance.now() - this.#waitingSince),
    });
    this.#tellConsent();
    void media.path().then((path) => {
      this.#path = path;
      this.#listeners.notify();
    });
  }

  #tellConsent(): void {
    if (this.#consent === undefined) return;
    this.#media?.sendMessage({ kind: 'consent', given: this.#consent?.given ?? false });
  }

  #handlePeer(message: ChannelMessage): void {
    switch (message.kind) {
      case 'seen':
        return this.#apply({ kind: 'seen', practitioner: message.practitioner });
      case 'call-in':
        return this.#apply({ kind: 'called-in' });
      case 'media':
        return this.#apply({ kind: 'remote-media', remote: remoteMedia(message) });
      case 'chat':
        if (this.#state.kind === 'consultation') this.#chat = withEntry(this.#chat, 'other', message.text);
        return this.#listeners.notify();
      case 'end':
        return this.#apply({ kind: 'ended', by: 'host' });
      case 'ping':
        this.#media?.sendMessage({ kind: 'pong' });
        return;
      case 'pong':
        return this.#host.handlePong();
      default:
    }
  }

  #followMedia(): void {
    const { readiness } = this.#options.media;
    this.#media?.sendMessage({ kind: 'readiness', readiness });
    if (this.#state.kind === 'consultation') this.#sendMedia();
  }

  /** Picture and sound leave this page only here, and only while in consultation. */
  #sendMedia(): void {
    const { media } = this.#options;
    void this.#media?.sendTracks(media.tracks);
    const { camera, microphone } = media.readiness;
    this.#media?.sendMessage({ kind: 'media', camera: camera === 'on', microphone: microphone === 'on' });
  }

  #apply(event: ParticipantEvent): void {
    const before = this.#state;
    this.#state = participantTransition(before, event);
    if (this.#state.kind !== before.kind) this.#enter(this.#state, before);
    if (this.#state !== before) this.#listeners.notify();
  }

  #enter(state: ParticipantState, before: ParticipantState): void {
    switch (state.kind) {
      case 'consultation':
        return this.#sendMedia();
      case 'insecure':
      case 'refused':
      case 'replaced':
        showTracks(this.remoteStream, []);
        return this.#disconnect();
      case 'ended':
      case 'left': {
        showTracks(this.remoteStream, []);
        void this.#media?.sendTracks(nothing);
        const [socket, link, media] = [this.#socket, this.#link, this.#media];
        this.#socket = this.#link = this.#media = undefined;
        link?.close();
        socket?.close();
        setTimeout(() => media?.close(), farewellMs);
        return;
      }
      case 'waiting':
        if (before.kind === 'consultation') void this.#media?.sendTracks(nothing);
        return;
      case 'joining':
        return;
      default:
        return state satisfies never;
    }
  }
}
