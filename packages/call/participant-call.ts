import type { Bytes } from '@sprechzimmer/crypto/bytes.ts';
import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import { type ChannelMessage, isSideMessage, type SideMessage } from '@sprechzimmer/protocol/consultation.ts';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import {
  connectionHeaderBytes,
  type IceServer,
  type ServerMessage,
  signallingVersion,
} from '@sprechzimmer/protocol/signalling.ts';
import { type Companion, Companions } from './companions.ts';
import { type ChatEntry, withEntry } from './chat.ts';
import { type Consent, ConsentSender } from './consent-sender.ts';
import { Listeners } from './listeners.ts';
import type { LocalMedia } from './local-media.ts';
import { doubtAfterMs } from './media-path.ts';
import type { PathHealth } from './path-health.ts';
import { ParticipantPath } from './participant-path.ts';
import {
  initialParticipantState,
  type ParticipantEvent,
  type ParticipantState,
  participantTransition,
  remoteMedia,
} from './participant-state.ts';
import { Talk, talkPeer } from './talk.ts';
import { SignallingSocket } from './signalling-socket.ts';
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

/** A consultation that was lost and does not go on within this time is over on this side. */
const lapseMs = 5_000;

/** A participant's end, from joining the waiting room to the end of the consultation. */
export class ParticipantCall {
  /** The host's picture and sound: there from the start, moving once called in. */
  readonly remoteStream = new MediaStream();
  /** The host's screen and its sound, once shared. */
  readonly remoteScreen = new MediaStream();
  readonly talk: Talk;
  /** How long the consultation was that has ended. */
  lastedMs: number | undefined;
  readonly #options: ParticipantCallOptions;
  readonly #listeners = new Listeners();
  readonly #healthListeners = new Listeners();
  readonly #stopFollowingMedia: () => void;
  readonly #consentSender: ConsentSender;
  readonly #path: ParticipantPath;
  readonly #companions: Companions;
  /** null: asked, and not answered yet. undefined: this practice does not ask. */
  #consent: Consent | null | undefined;
  #state: ParticipantState = initialParticipantState;
  #socket: SignallingSocket | undefined;
  #iceServers: IceServer[] = [];
  #card: string | undefined;
  #sinceMs: number | undefined;
  #chat: readonly ChatEntry[] = [];
  #waitingSince = performance.now();
  #lapse: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ParticipantCallOptions) {
    this.#options = options;
    this.#consentSender = new ConsentSender(options.psk, (message) => this.#socket?.send(message));
    this.#path = this.#createPath();
    this.#companions = this.#createCompanions();
    const host = talkPeer('host', this.#path);
    this.talk = new Talk(() => [host, ...this.#companions.peers]);
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
    return this.#path.words;
  }

  get path(): 'direct' | 'relayed' | undefined {
    return this.#path.path;
  }

  /** How the line to the host is doing, while in consultation. */
  get health(): PathHealth | undefined {
    return this.#path.health;
  }

  /** Who else is in the consultation beside the host. */
  get companions(): readonly Companion[] {
    return this.#companions.all;
  }

  get chat(): readonly ChatEntry[] {
    return this.#chat;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Once a second in consultation: `health` is new. */
  onHealth(listener: () => void): () => void {
    return this.#healthListeners.add(listener);
  }

  /** @returns false when it could not be sent: keep what was typed */
  sendChat(text: string): boolean {
    const message = { kind: 'chat', text } as const;
    if (this.#state.kind !== 'consultation' || !this.#path.sendMessage(message)) return false;
    this.#companions.sendMessage(message);
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

  /** How long the practice's page takes to answer somebody who waits; undefined while there is none to ask. */
  async answerTime(): Promise<number | undefined> {
    const isSeen = this.#state.kind === 'waiting' && this.#state.practice === 'present';
    return isSeen ? this.#path.answerTime() : undefined;
  }

  hangUp(): void {
    if (this.#state.kind !== 'consultation') return;
    this.#path.sendMessage({ kind: 'end' });
    this.#apply({ kind: 'ended', by: 'participant' });
  }

  leave(): void {
    this.#path.sendMessage({ kind: 'leave' });
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
    const { signallingUrl, locator, place } = this.#options;
    this.#socket = new SignallingSocket(signallingUrl, {
      greeting: () => ({ kind: 'join', v: signallingVersion, locator: toBase64url(locator), place }),
      onMessage: (message) => this.#handleMessage(message),
      onFrame: (frame) => this.#path.handleFrame(frame.slice(connectionHeaderBytes)),
      onOffline: () => {
        this.#path.closeLink();
        this.#apply({ kind: 'offline' });
      },
      onClosedWith: (code) => this.#handleClosed(code),
    });
  }

  #disconnect(): void {
    clearTimeout(this.#lapse);
    this.#socket?.close();
    this.#socket = undefined;
    this.#path.close();
    this.#companions.close();
  }

  #handleMessage(message: ServerMessage): void {
    switch (message.kind) {
      case 'joined':
        this.#card = message.card;
        this.#setIceServers(message.iceServers);
        this.#path.awaitHost();
        this.#consentSender.handleJoined(message.invitationId);
        return this.#apply({ kind: 'joined', hostPresent: message.hostPresent });
      case 'ice-servers':
        return this.#setIceServers(message.iceServers);
      case 'refused':
        return this.#apply(message);
      case 'consent-kept':
        return this.#consentSender.handleKept();
      case 'host-present':
        return this.#apply({ kind: 'host-present' });
      case 'host-absent':
        this.#path.awaitHost();
        return this.#apply({ kind: 'host-absent' });
      default:
    }
  }

  /** The next connection begins with these, and so does the next attempt of the one there is. */
  #setIceServers(iceServers: IceServer[]): void {
    this.#iceServers = iceServers;
    this.#path.setIceServers(iceServers);
    this.#companions.setIceServers(iceServers);
  }

  /** @returns whether to try again */
  #handleClosed(code: number): boolean {
    if (code === closeCodes.replaced) this.#apply({ kind: 'replaced' });
    else if (code === closeCodes.dropped) this.#apply({ kind: 'insecure', reason: 'record' });
    else return code !== closeCodes.refused;
    return false;
  }

  #createPath(): ParticipantPath {
    return new ParticipantPath(this.#options.psk, {
      sendFrame: (frame) => this.#socket?.sendFrame(frame),
      pathOptions: () => ({ iceServers: this.#iceServers }),
      isInConsultation: () => this.#state.kind === 'consultation',
      onOpen: () => this.#sayHello(),
      onMessage: (message) => this.#handlePeer(message),
      onEvent: (event) => this.#apply(event),
      onPutOff: () => this.#connect(),
      onPath: () => this.#listeners.notify(),
      onHealth: () => {
        if ((this.health?.silentForMs ?? 0) >= doubtAfterMs) this.#socket?.check();
        this.#healthListeners.notify();
      },
    });
  }

  #createCompanions(): Companions {
    return new Companions({
      sendToHost: (message) => this.#path.sendMessage(message),
      pathOptions: () => ({ iceServers: this.#iceServers, relayOnly: this.#path.relayOnly }),
      isInConsultation: () => this.#state.kind === 'consultation',
      media: this.#options.media,
      onMessage: (from, message, peer) => {
        if (this.#state.kind !== 'consultation') return;
        if (message.kind === 'chat') this.#hearChat(message.text, from.name);
        else if (isSideMessage(message) && message.kind !== 'hint') this.talk.handle(message, peer);
      },
      onChange: () => this.#listeners.notify(),
    });
  }

  #hearChat(text: string, name: string | undefined): void {
    this.#chat = withEntry(this.#chat, 'other', text, name);
    this.#listeners.notify();
  }

  #sayHello(): void {
    showTracks(this.remoteStream, this.#path.remoteTracks);
    showTracks(this.remoteScreen, this.#path.remoteScreenTracks);
    this.#path.sendMessage({
      kind: 'hello',
      name: this.#options.name,
      readiness: this.#options.media.readiness,
      waitingForMs: Math.round(performance.now() - this.#waitingSince),
    });
    this.#tellConsent();
  }

  #tellConsent(): void {
    if (this.#consent === undefined) return;
    this.#path.sendMessage({ kind: 'consent', given: this.#consent?.given ?? false });
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
        if (this.#state.kind === 'consultation') this.#hearChat(message.text, undefined);
        return;
      case 'people':
        return this.#companions.handlePeople(message);
      case 'vouch':
        return this.#companions.handleVouch(message);
      case 'pass':
        return this.#companions.handlePass(message);
      case 'end':
        return this.#apply({ kind: 'ended', by: 'host' });
      default:
        if (isSideMessage(message)) this.#handleSide(message);
    }
  }

  /** A hint is for who waits, too. */
  #handleSide(message: SideMessage): void {
    const [host] = this.talk.peers;
    if (host && (this.#state.kind === 'consultation' || message.kind === 'hint'))
      this.talk.handle(message, host);
  }

  #followMedia(): void {
    const { readiness } = this.#options.media;
    this.#path.sendMessage({ kind: 'readiness', readiness });
    if (this.#state.kind === 'consultation') this.#sendMedia();
  }

  /** Picture and sound leave this page only here, and only while in consultation. */
  #sendMedia(): void {
    this.#path.sendMedia(this.#options.media);
    this.#companions.sendMedia(this.#options.media);
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
        clearTimeout(this.#lapse);
        this.#sinceMs ??= Date.now();
        return this.#sendMedia();
      case 'insecure':
      case 'refused':
      case 'replaced':
        showTracks(this.remoteScreen, []);
        showTracks(this.remoteStream, []);
        return this.#disconnect();
      case 'ended':
      case 'left':
        // A lost line in between is part of it.
        this.lastedMs = this.#sinceMs && Date.now() - this.#sinceMs;
        this.#sinceMs = undefined;
        this.#options.media.setScreen(undefined);
        this.talk.forget();
        showTracks(this.remoteScreen, []);
        showTracks(this.remoteStream, []);
        this.#path.sendNothing();
        this.#companions.close();
        this.#socket?.close();
        this.#socket = undefined;
        this.#path.takeLeave();
        return;
      case 'waiting':
        if (before.kind !== 'consultation') return;
        this.#path.sendNothing();
        this.#companions.sendNothing();
        // Called in again at once, it goes on as it was; later it is another conversation.
        this.#lapse = setTimeout(() => {
          this.#options.media.setScreen(undefined);
          this.#companions.close();
        }, lapseMs);
        return;
      case 'joining':
        return;
      default:
        return state satisfies never;
    }
  }
}
