import { type Bytes, fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import { type ChannelMessage, isSideMessage } from '@sprechzimmer/protocol/consultation.ts';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ExpectedParticipant } from '@sprechzimmer/protocol/room-window.ts';
import {
  type ClientMessage,
  connectionHeaderBytes,
  type IceServer,
  type ServerMessage,
} from '@sprechzimmer/protocol/signalling.ts';
import { type ChatEntry, withEntry } from './chat.ts';
import { ExpectedGuests } from './expected-guests.ts';
import { HostPeer } from './host-peer.ts';
import { type HostEvent, type HostState, hostTransition, initialHostState } from './host-state.ts';
import { Listeners } from './listeners.ts';
import type { LocalMedia } from './local-media.ts';
import type { PathHealth } from './path-health.ts';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';
import { SignallingSocket } from './signalling-socket.ts';
import { Talk, type TalkPeer, talkPeer } from './talk.ts';
import { showTracks } from './tracks.ts';

export type HostGreeting = Extract<ClientMessage, { kind: 'host' | 'host-code' }>;

export type HostRoomOptions = {
  /** `wss://<room>/signalling` */
  signallingUrl: string;
  /** The ticket of a practitioner, or the locator of a host code. */
  greeting: HostGreeting;
  practitioner: string;
  expected: ExpectedParticipant[];
  media: LocalMedia;
};

/** The server may have been away, or restarted, when it was told first. */
const countAgainEveryMs = 60_000;

/** The host's end: everyone who waits on a warm connection, and one at a time in consultation. */
export class HostRoom {
  /** Picture and sound of the one in consultation. */
  readonly remoteStream = new MediaStream();
  /** Their screen and its sound, once shared. */
  readonly remoteScreen = new MediaStream();
  readonly talk: Talk = new Talk(() => this.#inTalk());
  readonly #options: HostRoomOptions;
  readonly #listeners = new Listeners();
  readonly #healthListeners = new Listeners();
  readonly #stopFollowingMedia: () => void;
  readonly #socket: SignallingSocket;
  readonly #peers = new Map<InvitationId, HostPeer>();
  /** Who is connected to the server, also those whose appointment the practice app has not told yet. */
  readonly #connections = new Map<number, InvitationId>();
  readonly #guests: ExpectedGuests;
  readonly #countTimer: ReturnType<typeof setInterval>;
  #comparedWords: Words | undefined;
  #card: string | undefined;
  #state: HostState = initialHostState;
  #iceServers: IceServer[] = [];
  #path: 'direct' | 'relayed' | undefined;
  #chat: readonly ChatEntry[] = [];

  constructor(options: HostRoomOptions) {
    this.#options = { ...options };
    this.#guests = new ExpectedGuests(options.expected, () => this.#refresh());
    this.#countTimer = setInterval(() => this.#tellCalledIn(), countAgainEveryMs);
    this.#stopFollowingMedia = options.media.onChange(() => this.#talking()?.sendMedia(options.media));
    this.#socket = new SignallingSocket(options.signallingUrl, {
      greeting: () => this.#options.greeting,
      onMessage: (message) => this.#handleMessage(message),
      onFrame: (frame) => this.#handleFrame(frame),
      onOffline: () => this.#handleOffline(),
      onClosedWith: (code) => this.#handleClosed(code),
    });
  }

  get state(): HostState {
    return this.#state;
  }

  /** Of the consultation. */
  get words(): Words | undefined {
    return this.#talking()?.words;
  }

  /** Of a consultation whose invitation went through the server, until the host has compared them. */
  get wordsToCompare(): Words | undefined {
    const { state, words } = this;
    if (state.kind !== 'open' || !state.consultation || words === this.#comparedWords) return undefined;
    return this.#guests.find(state.consultation.invitationId)?.compareWords ? words : undefined;
  }

  /** To a host code: its HostCard, sealed. */
  get card(): string | undefined {
    return this.#card;
  }

  get path(): 'direct' | 'relayed' | undefined {
    return this.#path;
  }

  /** How the line to the one in consultation is doing. */
  get health(): PathHealth | undefined {
    return this.#talking()?.health;
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

  /** The practice app told something new: appointments made, moved or cancelled, or a new ticket. */
  update(options: Pick<HostRoomOptions, 'greeting' | 'practitioner' | 'expected'>): void {
    Object.assign(this.#options, options);
    this.#guests.replace(options.expected);
    this.#refresh();
  }

  /** Starts the consultation. Whoever is not ready, or while another runs, is not called. */
  callIn(invitationId: InvitationId): void {
    const peer = this.#peers.get(invitationId);
    if (this.#state.kind !== 'open' || this.#state.consultation || !peer?.isReady) return;
    if (!this.#guests.open(invitationId)) return;
    this.#chat = [];
    this.#begin(invitationId, peer);
  }

  end(): void {
    const peer = this.#talking();
    peer?.sendMessage({ kind: 'end' });
    this.#conclude('host');
  }

  confirmWords(): void {
    this.#comparedWords = this.words;
    this.#listeners.notify();
  }

  /** Somebody is between: the consultation ends on the red page, and this invitation comes in no more. */
  refuseWords(): void {
    if (this.#state.kind !== 'open' || !this.#state.consultation) return;
    const { invitationId } = this.#state.consultation;
    this.#guests.distrust(invitationId);
    this.#peers.get(invitationId)?.refuseWords();
  }

  /** To one who waits or talks: a sentence, large, on their page. @returns false when it could not be sent */
  sendHint(invitationId: InvitationId, hint: Hint | null): boolean {
    return this.#peers.get(invitationId)?.sendMessage({ kind: 'hint', hint }) ?? false;
  }

  dismissInsecure(): void {
    this.#apply({ kind: 'insecure-dismissed' });
  }

  /** @returns false when it could not be sent: keep what was typed */
  sendChat(text: string): boolean {
    if (!this.#talking()?.sendMessage({ kind: 'chat', text })) return false;
    this.#chat = withEntry(this.#chat, 'me', text);
    this.#listeners.notify();
    return true;
  }

  /** One-way. */
  close(): void {
    this.#stopFollowingMedia();
    this.#guests.close();
    clearInterval(this.#countTimer);
    this.#socket.close();
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
  }

  #isTalking(invitationId: InvitationId): boolean {
    return this.#state.kind === 'open' && this.#state.consultation?.invitationId === invitationId;
  }

  #inTalk(): TalkPeer[] {
    const id = this.#state.kind === 'open' ? this.#state.consultation?.invitationId : undefined;
    const peer = id && this.#peers.get(id);
    return peer ? [talkPeer(id, peer)] : [];
  }

  #talking(): HostPeer | undefined {
    const id = this.#state.kind === 'open' ? this.#state.consultation?.invitationId : undefined;
    return id && this.#peers.get(id);
  }

  /** Later connections begin with these, and so does the next attempt of those there are. */
  #setIceServers(iceServers: IceServer[]): void {
    this.#iceServers = iceServers;
    for (const peer of this.#peers.values()) peer.setIceServers(iceServers);
  }

  #handleMessage(message: ServerMessage): void {
    switch (message.kind) {
      case 'hosting':
        this.#setIceServers(message.iceServers);
        this.#card = message.card;
        this.#apply({ kind: 'hosting' });
        this.#apply({ kind: 'expected', expected: this.#guests.coming });
        this.#connections.clear();
        for (const { connection, invitationId } of message.waiting) this.#arrive(connection, invitationId);
        return;
      case 'ice-servers':
        return this.#setIceServers(message.iceServers);
      case 'arrived':
        return this.#arrive(message.connection, message.invitationId);
      case 'left': {
        const invitationId = this.#connections.get(message.connection);
        this.#connections.delete(message.connection);
        if (invitationId) this.#peers.get(invitationId)?.handleLeft(message.connection);
        return;
      }
      case 'turned-away':
        return this.#apply({
          kind: 'peer',
          invitationId: message.invitationId,
          event: { kind: 'second-browser' },
        });
      case 'refused':
        return this.#apply(message);
      default:
    }
  }

  #handleFrame(frame: Bytes): void {
    if (frame.length < connectionHeaderBytes) return;
    const connection = new DataView(frame.buffer).getUint32(0);
    const invitationId = this.#connections.get(connection);
    const peer = invitationId && this.#mayBeHere(invitationId) && this.#peers.get(invitationId);
    if (peer) peer.handleFrame(connection, frame.slice(connectionHeaderBytes));
  }

  #handleOffline(): void {
    this.#connections.clear();
    for (const peer of this.#peers.values()) peer.handleOffline();
    this.#apply({ kind: 'offline' });
  }

  /** @returns whether to try again */
  #handleClosed(code: number): boolean {
    if (code === closeCodes.replaced) {
      this.#apply({ kind: 'replaced' });
      this.close();
    }
    return code !== closeCodes.replaced && code !== closeCodes.refused;
  }

  #arrive(connection: number, invitationId: InvitationId): void {
    this.#connections.set(connection, invitationId);
    if (!this.#mayBeHere(invitationId)) return;
    let peer = this.#peers.get(invitationId);
    const expected = this.#guests.open(invitationId);
    if (!peer && expected) {
      peer = this.#openPeer(invitationId, fromBase64url(expected.psk));
      this.#peers.set(invitationId, peer);
    }
    peer?.handleArrived(connection);
    this.#tellCalledIn();
  }

  /** The day rule, by this window's own clock. Whoever is in consultation stays. */
  #mayBeHere(invitationId: InvitationId): boolean {
    return this.#guests.open(invitationId) !== undefined || this.#isTalking(invitationId);
  }

  /** After news of the practice app, or of the clock. */
  #refresh(): void {
    this.#apply({ kind: 'expected', expected: this.#guests.coming });
    for (const [invitationId, peer] of this.#peers) {
      if (this.#mayBeHere(invitationId)) continue;
      peer.close();
      this.#peers.delete(invitationId);
      this.#apply({ kind: 'peer', invitationId, event: { kind: 'gone' } });
    }
    for (const [connection, invitationId] of this.#connections) {
      if (!this.#peers.has(invitationId)) this.#arrive(connection, invitationId);
    }
  }

  /** The server counts the consultation once, however often it hears of it. */
  #tellCalledIn(): void {
    for (const [connection, invitationId] of this.#connections) {
      if (this.#isTalking(invitationId)) this.#socket.send({ kind: 'called-in', connection });
    }
  }

  #openPeer(invitationId: InvitationId, psk: Bytes): HostPeer {
    const peer = new HostPeer(psk, this.#options.practitioner, {
      sendFrame: (frame) => this.#socket.sendFrame(frame),
      drop: (connection) => this.#socket.send({ kind: 'drop', connection }),
      pathOptions: () => ({ iceServers: this.#iceServers }),
      onEvent: (event) => {
        this.#apply({ kind: 'peer', invitationId, event });
        // Back after a reload or a broken line, and the consultation was never ended: it goes on by itself.
        if (event.kind === 'ready' && peer === this.#talking()) this.#begin(invitationId, peer);
        if (event.kind === 'insecure' && !this.#talking()) showTracks(this.remoteStream, []);
      },
      onMessage: (message) => this.#handlePeer(invitationId, peer, message),
      onHealth: () => this.#healthListeners.notify(),
    });
    return peer;
  }

  #handlePeer(invitationId: InvitationId, peer: HostPeer, message: ChannelMessage): void {
    // Who waits tells that a hint was seen.
    if (isSideMessage(message) && (peer === this.#talking() || message.kind === 'hint-shown'))
      this.talk.handle(message, talkPeer(invitationId, peer));
    if (peer !== this.#talking()) return;
    if (message.kind === 'end') this.#conclude('participant');
    if (message.kind !== 'chat') return;
    this.#chat = withEntry(this.#chat, 'other', message.text);
    this.#listeners.notify();
  }

  #begin(invitationId: InvitationId, peer: HostPeer): void {
    peer.sendMessage({ kind: 'call-in' });
    peer.sendMedia(this.#options.media);
    showTracks(this.remoteStream, peer.remoteTracks);
    showTracks(this.remoteScreen, peer.remoteScreenTracks);
    this.#apply({ kind: 'called-in', invitationId, at: new Date() });
    this.#tellCalledIn();
    void peer.path().then((path) => {
      this.#path = path;
      this.#listeners.notify();
    });
  }

  #conclude(by: 'host' | 'participant'): void {
    this.#talking()?.sendNothing();
    showTracks(this.remoteStream, []);
    showTracks(this.remoteScreen, []);
    this.talk.forget();
    this.#path = undefined;
    this.#apply({ kind: 'ended', by });
    this.#refresh();
  }

  #apply(event: HostEvent): void {
    const before = this.#state;
    this.#state = hostTransition(before, event);
    if (this.#state !== before) this.#listeners.notify();
  }
}
