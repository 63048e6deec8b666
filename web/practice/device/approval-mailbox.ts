import { type Bytes, concat, equalBytes, fromBase64url, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { suite } from '@sprechzimmer/crypto/seal.ts';
import { ApiError } from '../api.ts';

/** How an approval ends without success. */
export type ApprovalEnd =
  | 'declined'
  | 'expired'
  | 'handshake' // a step is not authentic: someone sits between
  | 'keys-swapped'; // the keys of the request are not those of the device that knows the code

export class ApprovalError extends Error {
  override readonly name = 'ApprovalError';
  readonly code: ApprovalEnd;

  constructor(code: ApprovalEnd, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

type State = 'waiting' | 'matched' | 'approved' | 'declined' | 'expired';
type Answer = { state: State; frames: string[] };

/** One call of the server: frames from `after` on, and a frame of one's own. */
export type Ask = (after: number, send?: string) => Promise<Answer>;

export type Mailbox = {
  send: (kind: number, payload: Bytes) => Promise<void>;
  /** Waits for the other's next frame. @throws ApprovalError, ApiError; AbortError */
  receive: (kind: number) => Promise<Bytes>;
};

type MailboxOptions = {
  ask: Ask;
  pollMs: number;
  signal: AbortSignal;
};

const attemptsOffline = 5;

/** The two ends' frames, one after the other, through the server. A frame is `suite | kind | payload`. */
export function createMailbox({ ask, pollMs, signal }: MailboxOptions): Mailbox {
  const waiting: Bytes[] = [];
  let received = 0;
  let last: Bytes | undefined;

  async function exchange(send?: string): Promise<void> {
    const { state, frames } = await patiently(() => ask(received, send));
    received += frames.length;
    for (const text of frames) {
      const frame = fromBase64url(text);
      // Whoever got no answer sends the same frame again.
      if (!last || !equalBytes(last, frame)) waiting.push(frame);
      last = frame;
    }
    if (waiting.length === 0 && (state === 'declined' || state === 'expired')) throw new ApprovalError(state);
  }
  async function patiently(call: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === 'EXPIRED' || error.code === 'NOT_FOUND') throw new ApprovalError('expired');
        if (error.code !== 'OFFLINE' || attempt === attemptsOffline) throw error;
      }
      await pause(pollMs, signal);
    }
  }

  return {
    send: (kind, payload) => exchange(toBase64url(concat(Uint8Array.of(suite, kind), payload))),
    async receive(kind) {
      while (waiting.length === 0) {
        await exchange();
        if (waiting.length === 0) await pause(pollMs, signal);
      }
      const frame = waiting.shift() ?? new Uint8Array();
      if (frame[0] !== suite || frame[1] !== kind) throw new ApprovalError('handshake');
      return frame.slice(2);
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
