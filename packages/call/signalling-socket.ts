import {
  type ClientMessage,
  maxFrameBytes,
  type ServerMessage,
  serverMessage,
} from '@sprechzimmer/protocol/signalling.ts';
import { onWake } from './wake.ts';

const firstRetryMs = 300;
const maxRetryMs = 8_000;
const openWithinMs = 5_000;
const pingEveryMs = 8_000;
const pongWithinMs = 6_000;
/** When there is a reason to doubt. */
const doubtedPongWithinMs = 2_000;

export type SignallingEvents = {
  /** The message that opens each new socket: join or host. */
  greeting(): ClientMessage;
  onMessage(message: ServerMessage): void;
  onFrame(frame: Uint8Array<ArrayBuffer>): void;
  onOffline(): void;
  /** The server closed with a code of ours; no further attempt is made unless `true` is returned. */
  onClosedWith(code: number): boolean;
};

/**
 * A WebSocket that comes back: after each loss it waits, longer each time, and greets the server anew. A socket that says
 * OPEN while the line is dead is found by a ping without a pong (browsers report an address change by no event).
 */
export class SignallingSocket {
  readonly #url: string;
  readonly #events: SignallingEvents;
  #socket: WebSocket | undefined;
  #retryMs = firstRetryMs;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #pongTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #stopListening: () => void;
  #doubted = false;
  #closed = false;

  constructor(url: string, events: SignallingEvents) {
    this.#url = url;
    this.#events = events;
    this.#stopListening = onWake(() => this.check());
    this.#open();
  }

  send(message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  sendFrame(frame: Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  /** One-way. */
  close(): void {
    this.#closed = true;
    this.#stopListening();
    this.#drop();
  }

  /** Something makes one doubt that the line is there: asks at once, and waits less long. */
  check(): void {
    if (this.#retryTimer !== undefined) {
      this.#retryMs = firstRetryMs;
      this.#open();
    } else if (this.#socket?.readyState === WebSocket.OPEN && !this.#doubted) {
      this.#doubted = true;
      clearTimeout(this.#pongTimer);
      this.#pongTimer = undefined;
      this.#ping(doubtedPongWithinMs);
    }
  }

  #open(): void {
    this.#drop();
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    // Without a network, a browser would go on trying this one long after the network is back.
    this.#pongTimer = setTimeout(() => this.#lost(undefined), openWithinMs);
    socket.onopen = () => {
      clearTimeout(this.#pongTimer);
      this.#pongTimer = undefined;
      this.send(this.#events.greeting());
      this.#pingTimer = setInterval(() => this.#ping(), pingEveryMs);
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.#receive(event.data);
    socket.onclose = (event) => this.#lost(event.code);
  }

  #receive(data: string | ArrayBuffer): void {
    if (typeof data !== 'string') {
      this.#events.onFrame(new Uint8Array(data));
      return;
    }
    const message = parseServerMessage(data);
    if (!message) return;
    if (message.kind === 'pong') {
      clearTimeout(this.#pongTimer);
      this.#pongTimer = undefined;
      this.#doubted = false;
    } else {
      if (message.kind === 'joined' || message.kind === 'hosting') this.#retryMs = firstRetryMs;
      this.#events.onMessage(message);
    }
  }

  #ping(withinMs = pongWithinMs): void {
    this.send({ kind: 'ping' });
    this.#pongTimer ??= setTimeout(() => this.#lost(undefined), withinMs);
  }

  #lost(code: number | undefined): void {
    this.#drop();
    if (this.#closed) return;
    const ours = code !== undefined && code >= 4000;
    if (ours && !this.#events.onClosedWith(code)) {
      this.close();
      return;
    }
    this.#events.onOffline();
    const jitter = 0.75 + Math.random() / 2;
    this.#retryTimer = setTimeout(() => this.#open(), this.#retryMs * jitter);
    this.#retryMs = Math.min(this.#retryMs * 2, maxRetryMs);
  }

  #drop(): void {
    clearTimeout(this.#retryTimer);
    clearInterval(this.#pingTimer);
    clearTimeout(this.#pongTimer);
    this.#retryTimer = undefined;
    this.#pongTimer = undefined;
    this.#doubted = false;
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

/** A server that does not keep to the contract is not heard. */
function parseServerMessage(text: string): ServerMessage | undefined {
  if (text.length > maxFrameBytes) return undefined;
  try {
    return serverMessage.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
