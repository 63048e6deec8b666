import type { FileMessage } from '@sprechzimmer/protocol/file-message.ts';
import { FileExchange } from '../files/file-exchange.ts';
import type { BulkChannel } from '../files/file-sender.ts';
import { type FileStore, openFileStore } from '../files/file-store.ts';
import { type FilePeer, FileTalk } from '../files/file-talk.ts';
import type { Transfer } from '../files/transfer.ts';
import { Talk, type TalkPeer } from '../talk.ts';

type Data = Uint8Array<ArrayBuffer> | string;

const later = (step: () => void) => void setTimeout(step, 0);

/** One end of a bulk channel without a browser: in order, complete, and as slow as the event loop. */
export class FakeChannel implements BulkChannel {
  readyState: RTCDataChannelState = 'open';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onmessage: BulkChannel['onmessage'] = null;
  onbufferedamountlow: BulkChannel['onbufferedamountlow'] = null;
  onclose: BulkChannel['onclose'] = null;
  /** What the line makes of what is sent; undefined keeps it. */
  tamper: (data: Data) => Data | undefined = (data) => data;
  sentBytes = 0;
  readonly sent: Data[] = [];
  other: FakeChannel | undefined;

  send(data: Data): void {
    if (this.readyState !== 'open') throw new Error('closed');
    const bytes = data.length;
    this.bufferedAmount += bytes;
    this.sentBytes += bytes;
    const copy = typeof data === 'string' ? data : data.slice();
    later(() => {
      const before = this.bufferedAmount;
      this.bufferedAmount -= bytes;
      const given = this.tamper(copy);
      if (given !== undefined) this.other?.take(given);
      if (before > this.bufferedAmountLowThreshold && this.bufferedAmount <= this.bufferedAmountLowThreshold)
        this.onbufferedamountlow?.(new Event('bufferedamountlow'));
    });
  }

  take(data: Data): void {
    if (this.readyState !== 'open') return;
    const event = { data: typeof data === 'string' ? data : data.slice().buffer };
    this.onmessage?.(event as MessageEvent<unknown>);
  }

  close(): void {
    for (const end of [this, this.other]) {
      if (!end || end.readyState === 'closed') continue;
      end.readyState = 'closed';
      later(() => end.onclose?.(new Event('close')));
    }
  }
}

export function channelPair(): [FakeChannel, FakeChannel] {
  const [a, b] = [new FakeChannel(), new FakeChannel()];
  [a.other, b.other] = [b, a];
  return [a, b];
}

export type End = { exchange: FileExchange; channel: FakeChannel; said: FileMessage[] };
type Options = { store?: FileStore; isWanted?: (peerId: string, photo: number) => boolean };

/** What a page that is not ours may say to one of them. */
const to = (peer: TalkPeer): Pick<FilePeer, 'send'> => ({
  send: (message) => peer.send({ kind: 'file', message }),
});

const met: FileExchange[] = [];

/** For the end of a test file: what is open there keeps its timers. */
export function hangUp(): void {
  for (const exchange of met) exchange.close();
}

/** Two people in a consultation, and the line between them. */
export async function meet(options: { a?: Options; b?: Options } = {}) {
  const store = await openFileStore();
  let channels = channelPair();
  const talks: [Talk, Talk] = [new Talk(() => [toB]), new Talk(() => [toA])];
  const said: [FileMessage[], FileMessage[]] = [[], []];
  const toB = peer('b', 0);
  const toA = peer('a', 1);
  function peer(id: string, from: 0 | 1): TalkPeer {
    return {
      id,
      send: (message) => {
        if (message.kind === 'file') said[from].push(message.message as FileMessage);
        later(() => talks[1 - from]?.handle(message, from === 0 ? toA : toB));
        return true;
      },
      get bulk() {
        const channel = channels[from];
        return channel.readyState === 'open' ? (channel as unknown as RTCDataChannel) : undefined;
      },
    };
  }
  const end = (index: 0 | 1, own: Options = {}): End => {
    const talk = new FileTalk(talks[index]);
    const exchange = new FileExchange(talk, own.store ?? store, own.isWanted ?? (() => false));
    talk.begin();
    met.push(exchange);
    return {
      said: said[index],
      exchange,
      get channel() {
        return channels[index];
      },
    };
  };
  return {
    a: end(0, options.a),
    b: end(1, options.b),
    toA: to(toA),
    toB: to(toB),
    /** The page of one of them came back: another connection. */
    reconnect: () => {
      channels = channelPair();
    },
  };
}

/** Waits until a condition holds, looking after every change. */
export async function until(exchange: FileExchange, condition: () => boolean): Promise<void> {
  if (condition()) return;
  await new Promise<void>((resolve) => {
    const stop = exchange.onChange(() => {
      if (!condition()) return;
      stop();
      resolve();
    });
  });
}

/** Waits until the only file, or the one with this name, is there in this state. */
export async function untilState(
  exchange: FileExchange,
  kind: Transfer['state']['kind'],
  name?: string,
): Promise<Transfer> {
  const find = () =>
    exchange.transfers.find((one) => one.state.kind === kind && (name === undefined || one.name === name));
  await until(exchange, () => find() !== undefined);
  const found = find();
  if (!found) throw new Error('gone again');
  return found;
}
