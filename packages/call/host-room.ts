import { type Bytes, fromBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ExpectedParticipant } from '@sprechzimmer/protocol/room-window.ts';
import {
  connectionHeaderBytes,
  type IceServer,
  type ServerMessage,
  signallingVersion,
} from '@sprechzimmer/protocol/signalling.ts';
import { type ChatEntry, withEntry } from './chat.ts';
import { HostPeer } from './host-peer.ts';
import { type HostEvent, type HostState, hostTransition, initialHostState } from './host-state.ts';
import { Listeners } from './listeners.ts';
import type { LocalMedia } from './local-media.ts';
import { remoteMedia } from './participant-state.ts';
import { SignallingSocket } from './signalling-socket.ts';
import { showTracks } from './tracks.ts';

export type HostRoomOptions = {
  /** `wss://<room>/signalling` */
  signallingUrl: string;
  ticket: string;
  practitioner: string;
  expected: ExpectedParticipant[];
  media: LocalMedia;
};

const nothing = { audio: null, video: null };

/** The host's end: everyone who waits on a warm connection, and one at a time in consultation. */
export class HostRoom {
  /** Picture and sound of the one in consultation. */
  readonly remoteStream = new MediaStream();
  readonly #options: HostRoomOptions;
  readonly #listeners = new Listeners();
  readonly #stopFollowingMedia: () => void;
  readonly #socket: SignallingSocket;
  readonly #peers = new Map<InvitationId, HostPeer>();
  /** Who is connected to the server, also those whose appointment the practice app has not told yet. */
  readonly #connections = new Map<number, InvitationId>();
  #state: HostState = initialHostState;
  #iceServers: IceServer[] = [];
  #path: 'direct' | 'relayed' | undefined;
  #chat: readonly ChatEntry[] = [];

  constructor(options: HostRoomOptions) {
    this.#options = { ...options };
    this.#stopFollowingMedia = options.media.onChange(() => this.#sendMedia());
    this.#socket = new SignallingSocket(options.signallingUrl, {
      greeting: () => ({ kind: 'host', v: signallingVersion, ticket: this.#options.ticket }),
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

  get path(): 'direct' | 'relayed' | undefined {
    return this.#path;
  }

  get chat(): readonly ChatEntry[] {
    return this.#chat;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** The practice app told something new: appointments made, moved or cancelled, or a new ticket. */
  update(options: { ticket: string; expected: ExpectedParticipant[] }): void {
    Object.assign(this.#options, options);
    this.#apply({ kind: 'expected', expected: options.expected });
    this.#forgetUnexpected();
    for (const [connection, invitationId] of this.#connections) {
      if (!this.#peers.has(invitationId)) this.#arrive(connection, invitationId);
    }
  }

  /** Starts the consultation. Whoever is not ready, or while another runs, is not called. */
  callIn(invitationId: InvitationId): void {
    const peer = this.#peers.get(invitationId);
    if (this.#state.kind !== 'open' || this.#state.consultation || !peer?.isReady) return;
    this.#chat = [];
    this.#begin(invitationId, peer);
  }

  end(): void {
    const peer = this.#talking();
    peer?.sendMessage({ kind: 'end' });
    this.#conclude('host');
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
    this.#socket.close();
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
  }

  #talking(): HostPeer | undefined {
    const id = this.#state.kind === 'open' ? this.#state.consultation?.invitationId : undefined;
    return id && this.#peers.get(id);
  }

  #handleMessage(message: ServerMessage): void {
    switch (message.kind) {
      case 'hosting':
        this.#iceServers = message.iceServers;
        this.#apply({ kind: 'hosting' });
        this.#apply({ kind: 'expected', expected: this.#options.expected });
        this.#connections.clear();
        for (const { connection, invitationId } of message.waiting) this.#arrive(connection, invitationId);
        return;
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
        return this.#apply({ kind: 'refused', code: message.code });
      default:
    }
  }

  #handleFrame(frame: Bytes): void {
    if (frame.length < connectionHeaderBytes) return;
    const connection = new DataView(frame.buffer).getUint32(0);
    const invitationId = this.#connections.get(connection);
    const peer = invitationId && this.#peers.get(invitationId);
    peer?.handleFrame(connection, frame.slice(connectionHeaderBytes));
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
    const expected = this.#options.expected.find((one) => one.invitationId === invitationId);
    if (!expected) return;
    let peer = this.#peers.get(invitationId);
    if (!peer) {
      peer = this.#openPeer(invitationId, fromBase64url(expected.psk));
      this.#peers.set(invitationId, peer);
    }
    peer.handleArrived(connection);
  }

  #openPeer(invitationId: InvitationId, psk: Bytes): HostPeer {
    const peer = new HostPeer(psk, this.#options.practitioner, {
      sendFrame: (frame) => this.#socket.sendFrame(frame),
      drop: (connection) => this.#socket.send({ kind: 'drop', connection }),
      iceServers: () => this.#iceServers,
      onEvent: (event) => {
        this.#apply({ kind: 'peer', invitationId, event });
        // Back after a reload or a broken line, and the consultation was never ended: it goes on by itself.
        if (event.kind === 'ready' && peer === this.#talking()) this.#begin(invitationId, peer);
        if (event.kind === 'insecure' && !this.#talking()) showTracks(this.remoteStream, []);
      },
      onMessage: (message) => this.#handlePeer(invitationId, peer, message),
    });
    return peer;
  }

  #handlePeer(invitationId: InvitationId, peer: HostPeer, message: ChannelMessage): void {
    switch (message.kind) {
      case 'media':
        return this.#apply({
          kind: 'peer',
          invitationId,
          event: { kind: 'remote-media', remote: remoteMedia(message) },
        });
      case 'chat':
        if (peer === this.#talking()) this.#chat = withEntry(this.#chat, 'other', message.text);
        return this.#listeners.notify();
      case 'end':
        if (peer === this.#talking()) this.#conclude('participant');
        return;
      case 'leave':
        return this.#apply({ kind: 'peer', invitationId, event: { kind: 'gone' } });
      case 'ping':
        peer.sendMessage({ kind: 'pong' });
        return;
      default:
    }
  }

  #begin(invitationId: InvitationId, peer: HostPeer): void {
    peer.sendMessage({ kind: 'call-in' });
    void peer.sendTracks(this.#options.media.tracks);
    showTracks(this.remoteStream, peer.remoteTracks);
    this.#apply({ kind: 'called-in', invitationId, at: new Date() });
    this.#sendMediaState(peer);
    void peer.path().then((path) => {
      this.#path = path;
      this.#listeners.notify();
    });
  }

  #conclude(by: 'host' | 'participant'): void {
    void this.#talking()?.sendTracks(nothing);
    showTracks(this.remoteStream, []);
    this.#path = undefined;
    this.#apply({ kind: 'ended', by });
    this.#forgetUnexpected();
  }

  #sendMedia(): void {
    const peer = this.#talking();
    if (!peer) return;
    void peer.sendTracks(this.#options.media.tracks);
    this.#sendMediaState(peer);
  }

  #sendMediaState(peer: HostPeer): void {
    const { camera, microphone } = this.#options.media.readiness;
    peer.sendMessage({ kind: 'media', camera: camera === 'on', microphone: microphone === 'on' });
  }

  /** An appointment that was cancelled or moved to another day: its participant is let go. */
  #forgetUnexpected(): void {
    for (const [invitationId, peer] of this.#peers) {
      const expected = this.#options.expected.some((one) => one.invitationId === invitationId);
      if (expected || peer === this.#talking()) continue;
      peer.close();
      this.#peers.delete(invitationId);
    }
  }

  #apply(event: HostEvent): void {
    const before = this.#state;
    this.#state = hostTransition(before, event);
    if (this.#state !== before) this.#listeners.notify();
  }
}
