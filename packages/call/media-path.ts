import {
  type ChannelMessage,
  channelMessage,
  maxChannelMessageLength,
} from '@sprechzimmer/protocol/consultation.ts';
import type { IceServer, SealedSignal } from '@sprechzimmer/protocol/signalling.ts';
import { preferCodecs, tuneSound } from './codecs.ts';
import { checkCertificate, type Fingerprint, readFingerprint } from './fingerprint.ts';
import { InsecureError, type InsecureReason } from './insecure.ts';
import type { LocalMedia } from './local-media.ts';
import { keepTextSharp } from './screen-sender.ts';
import type { PathHealth, StatsReport } from './path-health.ts';
import { wayOf } from './path-way.ts';
import type { PathWatch } from './path-watch.ts';
import type { Evidence } from './path-facts.ts';
import { peerConfiguration } from './peer-configuration.ts';
import { withoutRelatedAddress } from './related-address.ts';

/** What one end sends to the other: its live tracks, or null for nothing. In the order of the media sections. */
const sections = ['audio', 'video', 'screen', 'screenSound'] as const;
export type OutgoingTracks = Record<(typeof sections)[number], MediaStreamTrack | null>;

const kinds = { audio: 'audio', video: 'video', screen: 'video', screenSound: 'audio' } as const;
const nothing: OutgoingTracks = { audio: null, video: null, screen: null, screenSound: null };

export type PathOptions = {
  iceServers: IceServer[];
  /** Addresses are hidden: only what goes through the relay. */
  relayOnly?: boolean | undefined;
};

export type MediaPathEvents = {
  sendSignal(signal: SealedSignal): void;
  /** The data channel is open and the other side's certificate is the one it named. */
  onOpen(): void;
  onMessage(message: ChannelMessage): void;
  onLink(link: 'connected' | 'interrupted'): void;
  /** Once a second while media is sent: what `health` gives is new. */
  onHealth(): void;
  /** The other side is gone for good. */
  onClosed(): void;
  onInsecure(reason: InsecureReason): void;
};

/** From here on it is asked whether the server is still to be reached: after a change of address neither is. */
export const doubtAfterMs = 2_000;
/** So long a path may say nothing before the other side is asked. */
const askAfterMs = 1_000;
/** Messages that came before the certificate was checked; more than these are dropped. */
const maxUnverifiedMessages = 8;
/** How many messages a second the other side may send on the data channel before the rest is dropped. */
const maxMessagesPerSecond = 60;
/** A line that takes no more: whoever sends is told, before the browser throws. */
const maxBufferedBytes = 1_000_000;

/**
 * The peer-to-peer path to one other end: a peer connection with transceivers for microphone, camera, screen and its
 * sound, both ways and empty, a data channel for messages and one for bulk. It is opened while the participant waits;
 * whatever follows, calling in or sharing a screen, only puts tracks onto it and negotiates nothing.
 * Descriptions are changed one after the other, by the callers' queue (`SecureLink` hands over one signal at a time).
 */
export class MediaPath {
  readonly session: string;
  readonly #connection: RTCPeerConnection;
  readonly #channel: RTCDataChannel;
  readonly #bulk: RTCDataChannel;
  readonly #relayOnly: boolean;
  readonly #events: MediaPathEvents;
  #watch: PathWatch | undefined;
  #outgoing: OutgoingTracks = nothing;
  #link: 'connected' | 'interrupted' | undefined;
  #on: { camera: boolean; microphone: boolean; screen: boolean } | undefined;
  #saidHeldBack = false;
  #expected: Fingerprint | undefined;
  #unsentCandidates: RTCIceCandidate[] | undefined = [];
  #verified = false;
  #unverifiedMessages: ChannelMessage[] = [];
  #closed = false;
  #messagesThisSecond = 0;
  #secondBegan = 0;

  constructor(session: string, { iceServers, relayOnly = false }: PathOptions, events: MediaPathEvents) {
    this.session = session;
    this.#relayOnly = relayOnly;
    this.#events = events;
    this.#connection = new RTCPeerConnection(peerConfiguration(iceServers, relayOnly));
    // Negotiated out of band, so both ends have them without another round trip.
    this.#channel = this.#connection.createDataChannel('consultation', { negotiated: true, id: 0 });
    this.#bulk = this.#connection.createDataChannel('bulk', { negotiated: true, id: 1 });
    this.#bulk.binaryType = 'arraybuffer';
    // Until something asks for it, whoever sends bulk has a page that is not ours.
    this.#bulk.onmessage = () => this.#bulk.close();
    this.#channel.onopen = () => void this.#verify();
    this.#listen();
    this.#channel.onclose = () => this.#end();
    this.#connection.onicecandidate = ({ candidate }) => candidate && this.#sendCandidate(candidate);
    this.#connection.onconnectionstatechange = () => this.#followConnection();
  }

  get isOpen(): boolean {
    return this.#verified && !this.#closed && this.#channel.readyState === 'open';
  }

  /** While media is sent. */
  get health(): PathHealth | undefined {
    return this.#watch?.health;
  }

  /** Not only by the browser's word, which comes late: something arrives. */
  get isConnected(): boolean {
    return this.#connection.connectionState === 'connected' && this.health?.quality !== 'lost';
  }

  /** No offer is waiting for its answer. */
  get isStable(): boolean {
    return this.#connection.signalingState === 'stable';
  }

  /** The other end's microphone and camera; they are there, silent and black, before anything is sent. */
  get remoteTracks(): MediaStreamTrack[] {
    return this.#receivedTracks.slice(0, 2);
  }

  /** The other end's screen, and its sound. */
  get remoteScreenTracks(): MediaStreamTrack[] {
    return this.#receivedTracks.slice(2);
  }

  get #receivedTracks(): MediaStreamTrack[] {
    return this.#connection.getTransceivers().map(({ receiver }) => receiver.track);
  }

  /** For what is too large for messages. Its data means nothing before the certificate is checked. */
  get bulk(): RTCDataChannel | undefined {
    return this.isOpen && this.#bulk.readyState === 'open' ? this.#bulk : undefined;
  }

  /** Newer relay credentials: the next search for a way uses them. */
  setIceServers(iceServers: IceServer[]): void {
    if (!this.#closed) this.#connection.setConfiguration(peerConfiguration(iceServers, this.#relayOnly));
  }

  /** The host's first offer, and later ones after the way was lost. */
  async offer(options: { restart: boolean }): Promise<void> {
    await this.#unlessClosed(() => this.#offer(options.restart));
  }

  async #offer(iceRestart: boolean): Promise<void> {
    if (this.#connection.getTransceivers().length === 0) {
      for (const section of sections)
        this.#connection.addTransceiver(kinds[section], { direction: 'sendrecv' });
      await preferCodecs(this.#connection.getTransceivers());
    }
    this.#unsentCandidates = [];
    await this.#connection.setLocalDescription(await this.#connection.createOffer({ iceRestart }));
    if (this.#closed) return;
    this.#events.sendSignal({
      kind: 'offer',
      session: this.session,
      sdp: this.#localSdp(),
      ...(this.#relayOnly && { relayOnly: true }),
    });
    this.#flushCandidates();
  }

  /** @throws InsecureError */
  async handleOffer(sdp: string): Promise<void> {
    this.#expect(readFingerprint(sdp));
    this.#unsentCandidates = [];
    await this.#unlessClosed(() => this.#answer(sdp));
  }

  async #answer(sdp: string): Promise<void> {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp: tuneSound(sdp) });
    for (const transceiver of this.#connection.getTransceivers()) transceiver.direction = 'sendrecv';
    await preferCodecs(this.#connection.getTransceivers());
    await this.#applyTracks();
    await this.#connection.setLocalDescription();
    if (this.#closed) return;
    this.#events.sendSignal({ kind: 'answer', sdp: this.#localSdp() });
    this.#flushCandidates();
  }

  /** @throws InsecureError */
  async handleAnswer(sdp: string): Promise<void> {
    this.#expect(readFingerprint(sdp));
    if (this.#connection.signalingState !== 'have-local-offer') return;
    await this.#unlessClosed(() =>
      this.#connection.setRemoteDescription({ type: 'answer', sdp: tuneSound(sdp) }),
    );
  }

  async handleCandidate(signal: Extract<SealedSignal, { kind: 'candidate' }>): Promise<void> {
    const { candidate, sdpMid, sdpMLineIndex } = signal;
    // One that this browser cannot use (another address family, an mDNS name it cannot find) is no reason to stop.
    await this.#connection.addIceCandidate({ candidate, sdpMid, sdpMLineIndex }).catch(() => {});
  }

  /** Sends this end's picture and sound from now on, and says what of them is on. */
  sendMedia({ tracks, readiness: { camera, microphone } }: LocalMedia): void {
    this.#watch?.start();
    this.#sendTracks(tracks);
    this.#on = { camera: camera === 'on', microphone: microphone === 'on', screen: tracks.screen !== null };
    this.#sayMedia();
  }

  #sayMedia(): void {
    if (!this.#on) return;
    this.#saidHeldBack = this.#on.camera && (this.#watch?.isHeldBack ?? false);
    this.sendMessage({ kind: 'media', ...this.#on, heldBack: this.#saidHeldBack });
  }

  #handleLook(): void {
    const { health } = this;
    if (health && health.heldBack !== this.#saidHeldBack) this.#sayMedia();
    // Both may be muted: then the answer is the sign of life.
    if (health && health.silentForMs >= askAfterMs) this.sendMessage({ kind: 'ping' });
    this.#followConnection();
    this.#events.onHealth();
  }

  sendNothing(): void {
    this.#on = undefined;
    this.#watch?.stop();
    this.#sendTracks(nothing);
  }

  /** The connection is warm, so nothing is negotiated. */
  #sendTracks(tracks: OutgoingTracks): void {
    this.#outgoing = tracks;
    void this.#unlessClosed(() => this.#applyTracks());
  }

  /** @returns false when the channel cannot take it now */
  sendMessage(message: ChannelMessage): boolean {
    if (!this.isOpen || this.#channel.bufferedAmount > maxBufferedBytes) return false;
    this.#channel.send(JSON.stringify(message));
    return true;
  }

  /** Which way the packets take. */
  async path(): Promise<'direct' | 'relayed' | undefined> {
    return wayOf((await this.evidence()).reports);
  }

  /** What the way and its security are read from. */
  async evidence(): Promise<Evidence> {
    const stats = await this.#connection.getStats();
    return { reports: [...stats.values()] as StatsReport[], sdp: this.#localSdp(), other: this.#expected };
  }

  /** One-way, and silent: `onClosed` is for the other side's going. */
  close(): void {
    this.#closed = true;
    this.#watch?.stop();
    this.#connection.onconnectionstatechange = null;
    this.#channel.onclose = null;
    this.#connection.close();
  }

  /** A step that the closing of the connection cut short has not failed. */
  async #unlessClosed(step: () => Promise<void>): Promise<void> {
    try {
      if (!this.#closed) await step();
    } catch (error) {
      if (!this.#closed) throw error;
    }
  }

  async #applyTracks(): Promise<void> {
    const transceivers = this.#connection.getTransceivers();
    const replacements = sections.map(async (section, index) => {
      const sender = transceivers[index]?.sender;
      const track = this.#outgoing[section];
      if (!sender || sender.track === track) return;
      await sender.replaceTrack(track);
      if (section === 'screen' && track) await keepTextSharp(sender);
    });
    await Promise.all(replacements);
  }

  /** A session has one certificate per end: a later description may not name another. */
  #expect(fingerprint: Fingerprint): void {
    if (this.#expected && this.#expected.hash !== fingerprint.hash) throw new InsecureError('fingerprint');
    this.#expected = fingerprint;
  }

  /**
   * The browser has compared fingerprint and certificate already (RFC 8827, section 6.5); we do it again with our own eyes
   * where it shows the certificate. Firefox does not.
   */
  async #verify(): Promise<void> {
    try {
      const transport = this.#connection.sctp?.transport;
      if (!this.#expected || !transport) throw new InsecureError('certificate');
      if (typeof transport.getRemoteCertificates === 'function') {
        const [certificate] = transport.getRemoteCertificates();
        if (!certificate) throw new InsecureError('certificate');
        await checkCertificate(certificate, this.#expected);
      }
    } catch (error) {
      this.close();
      this.#events.onInsecure(error instanceof InsecureError ? error.code : 'certificate');
      return;
    }
    if (this.#closed) return;
    this.#verified = true;
    void this.#loadWatch();
    this.#events.onOpen();
    const early = this.#unverifiedMessages;
    this.#unverifiedMessages = [];
    for (const message of early) this.#events.onMessage(message);
  }

  /** Fetched only now, so that it keeps nobody from the waiting room; without it the browser's own way holds. */
  async #loadWatch(): Promise<void> {
    const loaded = await import('./path-watch.ts').catch(() => undefined);
    if (!loaded || this.#closed) return;
    this.#watch = new loaded.PathWatch(this.#connection, () => this.#handleLook());
    if (this.#on) this.#watch.start();
  }

  #receive(data: unknown): void {
    if (!this.#withinRate()) return;
    if (typeof data !== 'string' || data.length > maxChannelMessageLength) return;
    const message = parseChannelMessage(data);
    if (!message) return;
    if (this.#verified) this.#events.onMessage(message);
    else if (this.#unverifiedMessages.length < maxUnverifiedMessages) this.#unverifiedMessages.push(message);
  }

  #withinRate(): boolean {
    const now = performance.now();
    if (now - this.#secondBegan > 1_000) {
      this.#secondBegan = now;
      this.#messagesThisSecond = 0;
    }
    if (++this.#messagesThisSecond <= maxMessagesPerSecond) return true;
    // Looking at each one of a flood would alone keep this page from its work.
    this.#channel.onmessage = null;
    setTimeout(() => this.#listen(), 1_000);
    return false;
  }

  #listen(): void {
    this.#channel.onmessage = (event: MessageEvent<unknown>) => this.#receive(event.data);
  }

  #followConnection(): void {
    const state = this.#connection.connectionState;
    if (state === 'closed') return this.#end();
    if (this.isConnected) return this.#tellLink('connected');
    if (state !== 'new' && state !== 'connecting') this.#tellLink('interrupted');
  }

  #tellLink(link: 'connected' | 'interrupted'): void {
    if (this.#link === link) return;
    this.#link = link;
    this.#events.onLink(link);
  }

  #end(): void {
    if (this.#closed) return;
    this.close();
    this.#events.onClosed();
  }

  #localSdp(): string {
    const sdp = this.#connection.localDescription?.sdp ?? '';
    return this.#relayOnly ? withoutRelatedAddress(sdp) : sdp;
  }

  #sendCandidate(candidate: RTCIceCandidate): void {
    if (this.#unsentCandidates) this.#unsentCandidates.push(candidate);
    else if (!this.#closed) {
      const { candidate: own, sdpMid, sdpMLineIndex } = candidate;
      const text = this.#relayOnly ? withoutRelatedAddress(own) : own;
      this.#events.sendSignal({ kind: 'candidate', candidate: text, sdpMid, sdpMLineIndex });
    }
  }

  /** Candidates follow the description they belong to. */
  #flushCandidates(): void {
    const waiting = this.#unsentCandidates ?? [];
    this.#unsentCandidates = undefined;
    for (const candidate of waiting) this.#sendCandidate(candidate);
  }
}

function parseChannelMessage(text: string): ChannelMessage | undefined {
  try {
    return channelMessage.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
