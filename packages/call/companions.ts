import { fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';
import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';
import type { LocalMedia } from './local-media.ts';
import type { PathOptions } from './media-path.ts';
import { openPair, type Pair } from './pair.ts';
import { presumedMedia, type RemoteMedia } from './participant-state.ts';
import { type TalkPeer, talkPeer } from './talk.ts';
import { showTracks } from './tracks.ts';

/** Another guest of the same consultation. */
export type Companion = {
  id: string;
  name: string;
  role: ParticipantRole;
  link: 'connecting' | 'connected' | 'interrupted';
  remote: RemoteMedia;
  stream: MediaStream;
  screen: MediaStream;
};

type Acquainted = { pair: Pair; begins: boolean; serial: number; peer: TalkPeer };
type Of<Kind extends ChannelMessage['kind']> = Extract<ChannelMessage, { kind: Kind }>;

export type CompanionsEvents = {
  sendToHost(message: ChannelMessage): boolean;
  pathOptions(): PathOptions;
  isInConsultation(): boolean;
  media: LocalMedia;
  onMessage(from: Companion, message: ChannelMessage, peer: TalkPeer): void;
  onChange(): void;
};

/** The other guests as one participant's page has them: each on a connection of its own, for which the host vouches. */
export class Companions {
  readonly #events: CompanionsEvents;
  readonly #acquainted = new Map<string, Acquainted>();
  #all: readonly Companion[] = [];

  constructor(events: CompanionsEvents) {
    this.#events = events;
  }

  get all(): readonly Companion[] {
    return this.#all;
  }

  get peers(): TalkPeer[] {
    return [...this.#acquainted.values()].map(({ peer }) => peer);
  }

  handlePeople({ people }: Of<'people'>): void {
    for (const id of this.#acquainted.keys()) if (!people.some((one) => one.id === id)) this.#part(id);
    this.#all = people.map(({ id, name, role }) => ({ ...(this.#find(id) ?? strangerWith(id)), name, role }));
    this.#events.onChange();
  }

  handleVouch({ id, psk, serial, begins }: Of<'vouch'>): void {
    if (!this.#find(id)) return;
    let acquainted = this.#acquainted.get(id);
    if (acquainted && acquainted.begins !== begins) this.#part(id);
    acquainted = this.#acquainted.get(id) ?? this.#meet(id, begins);
    acquainted.serial = serial;
    acquainted.pair.vouch(fromBase64url(psk));
  }

  /** A frame under an older psk is late, and not an attack. */
  handlePass({ id, serial, frame }: Of<'pass'>): void {
    const acquainted = this.#acquainted.get(id);
    if (acquainted?.serial === serial) acquainted.pair.handleFrame(fromBase64url(frame));
  }

  sendMessage(message: ChannelMessage): void {
    for (const { pair } of this.#acquainted.values()) pair.way.sendMessage(message);
  }

  sendMedia(media: LocalMedia): void {
    for (const { pair } of this.#acquainted.values()) pair.way.sendMedia(media);
  }

  sendNothing(): void {
    for (const { pair } of this.#acquainted.values()) pair.way.sendNothing();
  }

  setIceServers(iceServers: IceServer[]): void {
    for (const { pair } of this.#acquainted.values()) pair.way.setIceServers(iceServers);
  }

  close(): void {
    for (const id of this.#acquainted.keys()) this.#part(id);
    this.#all = [];
  }

  #find(id: string): Companion | undefined {
    return this.#all.find((one) => one.id === id);
  }

  #part(id: string): void {
    this.#acquainted.get(id)?.pair.way.close();
    this.#acquainted.delete(id);
    const companion = this.#find(id);
    for (const stream of companion ? [companion.stream, companion.screen] : []) showTracks(stream, []);
  }

  #meet(id: string, begins: boolean): Acquainted {
    const pair: Pair = openPair(begins, {
      sendFrame: (frame) => {
        const serial = this.#acquainted.get(id)?.serial ?? 0;
        this.#events.sendToHost({ kind: 'pass', id, serial, frame: toBase64url(frame) });
      },
      pathOptions: () => this.#events.pathOptions(),
      isInConsultation: () => this.#events.isInConsultation(),
      onOpen: () => this.#open(id, pair),
      onMessage: (message) => this.#receive(id, message),
      onLink: (link) => this.#change(id, { link }),
      onRemoteMedia: (remote) => this.#change(id, { remote }),
      // Between these two only: neither of them can end what the other has with the practice.
      onInsecure: () => {
        this.#part(id);
        this.#change(id, { link: 'interrupted' });
      },
    });
    const acquainted = { pair, begins, serial: 0, peer: talkPeer(id, pair.way) };
    this.#acquainted.set(id, acquainted);
    return acquainted;
  }

  #open(id: string, { way }: Pair): void {
    const companion = this.#find(id);
    if (!companion) return;
    showTracks(companion.stream, way.remoteTracks);
    showTracks(companion.screen, way.remoteScreenTracks);
    if (this.#events.isInConsultation()) way.sendMedia(this.#events.media);
    this.#change(id, { link: 'connected' });
  }

  #receive(id: string, message: ChannelMessage): void {
    const [companion, acquainted] = [this.#find(id), this.#acquainted.get(id)];
    if (companion && acquainted) this.#events.onMessage(companion, message, acquainted.peer);
  }

  #change(id: string, change: Partial<Companion>): void {
    this.#all = this.#all.map((one) => (one.id === id ? { ...one, ...change } : one));
    this.#events.onChange();
  }
}

function strangerWith(id: string): Omit<Companion, 'name' | 'role'> {
  const [stream, screen] = [new MediaStream(), new MediaStream()];
  return { id, link: 'connecting', remote: presumedMedia, stream, screen };
}
