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
import { GuestStreams, type Streams } from './guest-streams.ts';
import { HostPeer } from './host-peer.ts';
import {
  type HostEvent,
  type HostState,
  hostTransition,
  initialHostState,
  mayJoin,
  type Seat,
  seatsOf,
} from './host-state.ts';
import { Introductions } from './introductions.ts';
import { Listeners } from './listeners.ts';
import type { LocalMedia } from './local-media.ts';
import { doubtAfterMs } from './media-path.ts';
import type { Evidence } from './path-facts.ts';
import type { PathHealth } from './path-health.ts';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';
import { SignallingSocket } from './signalling-socket.ts';
import { Talk, talkPeer } from './talk.ts';

export type HostGreeting = Extract<ClientMessage, { kind: 'host' | 'host-code' }>;

export type HostRoomOptions = {
  /** `wss://<room>/signalling` */
  signallingUrl: string;
  /** The ticket of a practitioner, or the locator of a host code. */
  greeting: HostGreeting;
  practitioner: string;
  expected: ExpectedParticipant[];
  /** Neither end is to learn the other's address: every connection goes through the relay. */
  hideAddress: boolean;
  media: LocalMedia;
};

/** The server may have been away, or restarted, when it was told first. */
const countAgainEveryMs = 60_000;

/** The host's end: everyone who waits on a warm connection, and the guests of one appointment at a time in consultation. */
export class HostRoom {
  readonly talk: Talk = new Talk(() => [...this.#inTalk()].map(([id, peer]) => talkPeer(id, peer)));
  /** Of which the host has said that both sides have them. */
  readonly comparedWords = new Set<Words>();
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
  readonly #introductions = new Introductions();
  readonly #streams = new GuestStreams();
  #lastEvent: HostEvent | undefined;
  #card: string | undefined;
  #state: HostState = initialHostState;
  #iceServers: IceServer[] = [];
  #path: 'direct' | 'relayed' | undefined;
  #chat: readonly ChatEntry[] = [];

  constructor(options: HostRoomOptions) {
    this.#options = { ...options };
    this.#guests = new ExpectedGuests(options.expected, () => this.#refresh());
    this.#countTimer = setInterval(() => this.#tellCalledIn(), countAgainEveryMs);
    this.#stopFollowingMedia = options.media.onChange(() => {
      for (const peer of this.#inTalk().values()) peer.sendMedia(options.media);
    });
    this.#socket = new SignallingSocket(options.signallingUrl, {
      greeting: () => this.#options.greeting,
      onMessage: (message) => this.#handleMessage(message),
      onFrame: (frame) => this.#handleFrame(frame),
      onOffline: () => this.#handleOffline(),
      onClosedWith: (code) => this.#handleClosed(code),
    });
  }

  /** Picture and sound of the first in consultation: there before anybody is. */
  get remoteStream(): MediaStream {
    return this.#streams.first.stream;
  }

  /** Their screen and its sound, once shared. */
  get remoteScreen(): MediaStream {
    return this.#streams.first.screen;
  }

  get state(): HostState {
    return this.#state;
  }

  /** What has led to this state. */
  get lastEvent(): HostEvent | undefined {
    return this.#lastEvent;
  }

  /** Of the first in consultation. */
  get words(): Words | undefined {
    return this.seats[0] && this.wordsOf(this.seats[0].invitationId);
  }

  wordsOf(invitationId: InvitationId): Words | undefined {
    return this.#peers.get(invitationId)?.words;
  }

  /** Of the next guest whose invitation went through the server, until the host has compared them. */
  get wordsToCompare(): { seat: Seat; words: Words } | undefined {
    for (const seat of this.seats) {
      const words = this.wordsOf(seat.invitationId);
      if (words && this.#guests.find(seat.invitationId)?.compareWords && !this.comparedWords.has(words))
        return { seat, words };
    }
    return undefined;
  }

  /** What the way to one guest, and its security, are read from. */
  async evidenceOf(invitationId: InvitationId): Promise<Evidence | undefined> {
    return this.#peers.get(invitationId)?.evidence();
  }

  streamsOf(invitationId: InvitationId): Streams {
    return this.#streams.of(invitationId);
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
    return this.seats[0] && this.#peers.get(this.seats[0].invitationId)?.health;
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
  update(options: Pick<HostRoomOptions, 'greeting' | 'practitioner' | 'expected' | 'hideAddress'>): void {
    Object.assign(this.#options, options);
    this.#guests.replace(options.expected);
    this.#refresh();
  }

  /** Starts the consultation, or lets somebody of the same appointment in to it. Whoever is not ready is not called. */
  callIn(invitationId: InvitationId): void {
    const peer = this.#peers.get(invitationId);
    if (this.#state.kind !== 'open' || !peer?.isReady || !this.#guests.open(invitationId)) return;
    const waiting = this.#state.participants.find((one) => one.invitationId === invitationId);
    if (this.#state.consultation && !(waiting && mayJoin(this.#state, waiting))) return;
    if (!this.#state.consultation) this.#chat = [];
    this.#begin(invitationId, peer);
  }

  /** For everybody. */
  end(): void {
    for (const { invitationId } of this.seats) this.#peers.get(invitationId)?.dismiss();
    this.#apply({ kind: 'ended' });
    this.#settle();
  }

  /** Asks one guest out of a consultation that goes on with the others. */
  seeOut(invitationId: InvitationId): void {
    this.#peers.get(invitationId)?.dismiss();
    this.#unseat(invitationId, 'host');
  }

  confirmWords(): void {
    if (this.wordsToCompare) this.comparedWords.add(this.wordsToCompare.words);
    this.#listeners.notify();
  }

  /** Somebody is between: it ends for this guest on the red page, and the invitation comes in no more. */
  refuseWords(): void {
    const invitationId = this.wordsToCompare?.seat.invitationId;
    if (!invitationId) return;
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
    const sent = [...this.#inTalk().values()].map((peer) => peer.sendMessage({ kind: 'chat', text }));
    if (!sent.some(Boolean)) return false;
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

  /** Who is in consultation. */
  get seats(): Seat[] {
    return this.#state.kind === 'open' && this.#state.consultation ? seatsOf(this.#state.consultation) : [];
  }

  #isTalking(invitationId: InvitationId): boolean {
    return this.seats.some((seat) => seat.invitationId === invitationId);
  }

  #inTalk(): Map<InvitationId, HostPeer> {
    return new Map([...this.#peers].filter(([invitationId]) => this.#isTalking(invitationId)));
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
      pathOptions: () => ({ iceServers: this.#iceServers, relayOnly: this.#options.hideAddress }),
      onEvent: (event) => {
        this.#apply({ kind: 'peer', invitationId, event });
        // Back after a reload or a broken line, and the consultation was never ended: it goes on by itself.
        if (event.kind === 'ready' && this.#isTalking(invitationId)) this.#begin(invitationId, peer);
        if (event.kind === 'insecure') this.#settle();
      },
      onMessage: (message) => this.#handlePeer(invitationId, peer, message),
      onHealth: () => {
        if ((peer.health?.silentForMs ?? 0) >= doubtAfterMs) this.#socket.check();
        this.#healthListeners.notify();
      },
    });
    return peer;
  }

  #handlePeer(invitationId: InvitationId, peer: HostPeer, message: ChannelMessage): void {
    const seat = this.seats.find((one) => one.invitationId === invitationId);
    // Who waits tells that a hint was seen.
    if (isSideMessage(message) && (seat || message.kind === 'hint-shown'))
      this.talk.handle(message, talkPeer(invitationId, peer));
    if (!seat) return;
    if (message.kind === 'end') this.#unseat(invitationId, 'participant');
    else if (message.kind === 'pass') this.#introductions.pass(invitationId, message);
    else if (message.kind === 'chat') {
      this.#chat = withEntry(this.#chat, 'other', message.text, seat.name);
      this.#listeners.notify();
    }
  }

  #begin(invitationId: InvitationId, peer: HostPeer): void {
    peer.sendMessage({ kind: 'call-in' });
    peer.sendMedia(this.#options.media);
    this.#apply({ kind: 'called-in', invitationId, at: new Date() });
    const seat = this.seats.find((one) => one.invitationId === invitationId);
    if (!seat) return;
    const { name, role } = seat;
    this.#introductions.seat(invitationId, { name, role, send: (message) => peer.sendMessage(message) });
    this.#showGuests();
    this.#tellCalledIn();
    void this.#readPath();
  }

  #unseat(invitationId: InvitationId, by: 'host' | 'participant'): void {
    this.#peers.get(invitationId)?.sendNothing();
    this.#apply({ kind: 'seat-left', invitationId, by });
    this.#settle();
  }

  /** After somebody has gone: who is left moves up, or nobody is. */
  #settle(): void {
    const seated = new Set(this.seats.map((seat) => seat.invitationId));
    for (const invitationId of this.#peers.keys())
      if (!seated.has(invitationId)) this.#introductions.unseat(invitationId);
    this.#showGuests();
    if (seated.size > 0) return;
    this.#introductions.clear();
    this.talk.forget();
    this.#path = undefined;
    // Nobody goes on sharing with the next patient.
    this.#options.media.setScreen(undefined);
    this.#refresh();
  }

  #showGuests(): void {
    this.#streams.show(
      this.seats.map(({ invitationId }) => ({ invitationId, tracks: this.#peers.get(invitationId) })),
    );
  }

  /** Relayed as soon as it is so for one of the guests. */
  async #readPath(): Promise<void> {
    const paths = await Promise.all([...this.#inTalk().values()].map((peer) => peer.path()));
    this.#path = paths.includes('relayed') ? 'relayed' : paths.find((path) => path !== undefined);
    this.#listeners.notify();
  }

  #apply(event: HostEvent): void {
    const before = this.#state;
    this.#state = hostTransition(before, event);
    this.#lastEvent = event;
    if (this.#state !== before) this.#listeners.notify();
  }
}
