import type { FileMessage } from '@sprechzimmer/protocol/file-message.ts';
import { FileReceiver } from './file-receiver.ts';
import { type BulkChannel, FileSender } from './file-sender.ts';
import type { TransferEvent } from './transfer.ts';

export type FileLaneEvents = {
  send(message: FileMessage): boolean;
  onTransfer(direction: 'in' | 'out', id: number, event: TransferEvent): void;
  /** Nothing more goes over it. */
  onEnd(why: 'path-lost' | 'cut-off'): void;
};

/** The bulk channel to one person, while it lasts: files out and in. */
export class FileLane {
  readonly sender: FileSender;
  readonly receiver: FileReceiver;
  readonly #channel: BulkChannel;
  readonly #events: FileLaneEvents;

  constructor(channel: BulkChannel, events: FileLaneEvents) {
    this.#channel = channel;
    this.#events = events;
    const answer = (id: number, word: Extract<FileMessage, { kind: 'answer' }>['answer']) =>
      events.send({ kind: 'answer', id, answer: word });
    this.sender = new FileSender(channel, {
      onMoved: (id, bytes) => events.onTransfer('out', id, { kind: 'moved', bytes }),
      onUnreadable: (id) => {
        events.send({ kind: 'withdrawn', id, why: 'unreadable' });
        events.onTransfer('out', id, { kind: 'failed', why: 'unreadable' });
      },
    });
    this.receiver = new FileReceiver({
      ack: (files, heldMs) => events.send({ kind: 'ack', heldMs, files }),
      onMoved: (id, bytes) => events.onTransfer('in', id, { kind: 'moved', bytes }),
      onDone: (id, content) => {
        answer(id, 'received');
        events.onTransfer('in', id, { kind: 'received', content });
      },
      onFailed: (id, why) => {
        answer(id, why);
        events.onTransfer('in', id, { kind: 'failed', why });
      },
      onBreach: () => this.#cutOff(),
    });
    channel.onmessage = ({ data }) => this.receiver.handleData(data);
    channel.onclose = () => this.#end('path-lost');
  }

  /** The channel is open, and still the one to this person. */
  isOn(channel: BulkChannel | undefined): boolean {
    return channel === this.#channel && channel.readyState === 'open';
  }

  /** One-way. Whatever still comes is unasked, and ends the channel: nobody looks at it any more, and it takes line and memory. */
  close(): void {
    this.receiver.close();
    this.#channel.onclose = null;
    this.#channel.onbufferedamountlow = null;
    this.#channel.onmessage = () => this.#channel.close();
  }

  /** The call itself goes on: only the way for files is closed. */
  #cutOff(): void {
    this.#end('cut-off');
    this.#channel.close();
  }

  #end(why: 'path-lost' | 'cut-off'): void {
    this.close();
    this.#events.onEnd(why);
  }
}
