import { type FileMessage, fileMessage } from '@sprechzimmer/protocol/file-message.ts';
import type { Talk, TalkPeer } from '../talk.ts';
import type { BulkChannel } from './file-sender.ts';

/** One other person, as files go to them. */
export type FilePeer = {
  readonly id: string;
  /** @returns false when it could not be sent */
  send(message: FileMessage): boolean;
  readonly bulk: BulkChannel | undefined;
};

type Kind = FileMessage['kind'];
type Handler = (message: FileMessage, peer: FilePeer) => void;

/** What is said about files and photos, out of all that is said. */
export class FileTalk {
  readonly #talk: Talk;
  readonly #handlers = new Map<Kind, Handler>();

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  get peers(): FilePeer[] {
    return this.#talk.peers.map(filePeer);
  }

  hear<K extends Kind>(
    kind: K,
    handler: (message: Extract<FileMessage, { kind: K }>, peer: FilePeer) => void,
  ): void {
    this.#handlers.set(kind, handler as Handler);
  }

  /** Everybody who wants to hear is there: also what came before is told now. @returns ends it */
  begin(): () => void {
    return this.#talk.hear('file', ({ message }, peer) => {
      const { success, data } = fileMessage.safeParse(message);
      if (success) this.#handlers.get(data.kind)?.(data, filePeer(peer));
    });
  }
}

function filePeer(peer: TalkPeer): FilePeer {
  return {
    id: peer.id,
    send: (message) => peer.send({ kind: 'file', message }),
    get bulk() {
      return peer.bulk;
    },
  };
}
