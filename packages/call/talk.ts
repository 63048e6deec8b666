import type { SideMessage } from '@sprechzimmer/protocol/consultation.ts';

/** One other person in the consultation, as features speak to them. */
export type TalkPeer = {
  /** Stable for as long as they are in. */
  readonly id: string;
  /** @returns false when it could not be sent */
  send(message: SideMessage): boolean;
  /** For bulk beside the messages; open, and the certificate behind it checked. */
  readonly bulk: RTCDataChannel | undefined;
};

type Path = { sendMessage(message: SideMessage): boolean; readonly bulk: RTCDataChannel | undefined };

export function talkPeer(id: string, path: Path): TalkPeer {
  return {
    id,
    send: (message) => path.sendMessage(message),
    get bulk() {
      return path.bulk;
    },
  };
}

type Kind = SideMessage['kind'];
type Of<K extends Kind> = Extract<SideMessage, { kind: K }>;
type Handler = (message: SideMessage, peer: TalkPeer) => void;

/** Messages of a feature that is not loaded yet; more than these are dropped. */
const maxUnheard = 32;

/**
 * The port between the call engine and what the pages add to a consultation: hints, files, an arrow. A feature hears the
 * messages of its own kinds. What comes for one that is not loaded yet is kept, and told by `onUnheard`.
 */
export class Talk {
  readonly #peers: () => TalkPeer[];
  readonly #handlers = new Map<Kind, Handler>();
  readonly #onUnheard = new Set<(kind: Kind) => void>();
  #unheard: { message: SideMessage; peer: TalkPeer }[] = [];

  constructor(peers: () => TalkPeer[]) {
    this.#peers = peers;
  }

  /** Everybody else in the consultation. */
  get peers(): TalkPeer[] {
    return this.#peers();
  }

  /** Says it to everybody else. @returns false when nobody could be reached */
  tell(message: SideMessage): boolean {
    return this.peers.map((peer) => peer.send(message)).some(Boolean);
  }

  /** One feature per kind. @returns ends it */
  hear<K extends Kind>(kind: K, handler: (message: Of<K>, peer: TalkPeer) => void): () => void {
    this.#handlers.set(kind, handler as Handler);
    const waiting = this.#unheard.filter(({ message }) => message.kind === kind);
    this.#unheard = this.#unheard.filter(({ message }) => message.kind !== kind);
    for (const { message, peer } of waiting) (handler as Handler)(message, peer);
    return () => void this.#handlers.delete(kind);
  }

  /** Something came for a feature that nobody has loaded. @returns ends it */
  onUnheard(listener: (kind: Kind) => void): () => void {
    this.#onUnheard.add(listener);
    for (const { message } of this.#unheard) listener(message.kind);
    return () => this.#onUnheard.delete(listener);
  }

  handle(message: SideMessage, peer: TalkPeer): void {
    const handler = this.#handlers.get(message.kind);
    if (handler) {
      handler(message, peer);
      return;
    }
    if (this.#unheard.length < maxUnheard) this.#unheard.push({ message, peer });
    for (const listener of this.#onUnheard) listener(message.kind);
  }

  /** What was not heard in one consultation is nothing for the next. */
  forget(): void {
    this.#unheard = [];
  }
}
