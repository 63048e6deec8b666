import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { TurnMessage } from './stun-message.ts';
import { attributes, encodeAddress, encodeMessage, methods, readAddress } from './stun-message.ts';
import { openTurnLine, type TurnLine, type TurnServerAddress } from './turn-line.ts';

export type Address = { host: string; port: number };
export type TurnCredentials = { username: string; credential: string };
export type TurnAnswer =
  { ok: true; relayed: Address | undefined; lifetime: number | undefined } | { ok: false; code: number };

type AllocateOptions = { family?: 'IPv4' | 'IPv6'; transport?: 'udp' | 'tcp' };

const answerWithinMs = 5_000;
const unauthorized = 401;
const staleNonce = 438;

/** A TURN client that speaks bytes (RFC 8656), so that a relay can be asked for what no browser would ask. */
export class TurnClient {
  readonly #line: TurnLine;
  readonly #credentials: TurnCredentials | undefined;
  readonly #waiting = new Map<string, (message: TurnMessage) => void>();
  readonly #data: { peer: Address; data: Buffer }[] = [];
  #onData: (() => void) | undefined;
  #challenge: { realm: string; nonce: Buffer } | undefined;

  static async open(server: TurnServerAddress, credentials?: TurnCredentials): Promise<TurnClient> {
    return new TurnClient(await openTurnLine(server), credentials);
  }

  private constructor(line: TurnLine, credentials: TurnCredentials | undefined) {
    this.#line = line;
    this.#credentials = credentials;
    line.onMessage((message) => this.#receive(message));
  }

  /** What STUN is for: asks under which address one is seen. Needs no credentials. */
  bind(): Promise<TurnAnswer> {
    return this.#ask(methods.binding, []);
  }

  allocate({ family = 'IPv4', transport = 'udp' }: AllocateOptions = {}): Promise<TurnAnswer> {
    return this.#ask(methods.allocate, [
      [attributes.requestedTransport, Buffer.of(transport === 'udp' ? 17 : 6, 0, 0, 0)],
      [attributes.requestedAddressFamily, Buffer.of(family === 'IPv4' ? 1 : 2, 0, 0, 0)],
    ]);
  }

  /** @param seconds 0 ends the allocation */
  refresh(seconds = 600): Promise<TurnAnswer> {
    const lifetime = Buffer.alloc(4);
    lifetime.writeUInt32BE(seconds);
    return this.#ask(methods.refresh, [[attributes.lifetime, lifetime]]);
  }

  permit(peer: string): Promise<TurnAnswer> {
    const address = { host: peer, port: 9 };
    return this.#ask(methods.createPermission, (transaction) => [
      [attributes.xorPeerAddress, encodeAddress(address, transaction)],
    ]);
  }

  bindChannel(channel: number, peer: Address): Promise<TurnAnswer> {
    return this.#ask(methods.channelBind, (transaction) => [
      [attributes.channelNumber, Buffer.of(channel >> 8, channel & 255, 0, 0)],
      [attributes.xorPeerAddress, encodeAddress(peer, transaction)],
    ]);
  }

  /** A TCP connection to a peer (RFC 6062). */
  connect(peer: Address): Promise<TurnAnswer> {
    return this.#ask(methods.connect, (transaction) => [
      [attributes.xorPeerAddress, encodeAddress(peer, transaction)],
    ]);
  }

  /** Nobody answers an indication. */
  send(peer: Address, data: string): void {
    const transaction = randomBytes(12);
    this.#line.send(
      encodeMessage({ kind: 'indication', method: methods.send, transaction }, [
        [attributes.xorPeerAddress, encodeAddress(peer, transaction)],
        [attributes.data, Buffer.from(data)],
      ]),
    );
  }

  /** What a peer has sent through the relay, the next after the last taken. */
  async receive(): Promise<{ peer: Address; data: Buffer }> {
    if (this.#data.length === 0) {
      await within('data', new Promise<void>((resolve) => (this.#onData = resolve)));
    }
    return this.#data.shift()!;
  }

  close(): void {
    this.#line.close();
  }

  async #ask(method: number, body: AttributesFor): Promise<TurnAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#exchange(method, body);
      if (answer.kind === 'success') {
        const { relayed, lifetime } = answer;
        return { ok: true, relayed, lifetime };
      }
      const mayTryAgain = answer.code === staleNonce || (answer.code === unauthorized && attempt === 1);
      if (!mayTryAgain || attempt > 2 || !this.#credentials || !answer.challenge) {
        return { ok: false, code: answer.code };
      }
      this.#challenge = { realm: this.#challenge?.realm ?? '', ...answer.challenge };
    }
  }

  async #exchange(method: number, body: AttributesFor): Promise<Reading> {
    const transaction = randomBytes(12);
    const list = typeof body === 'function' ? body(transaction) : body;
    const message = this.#signed(method, transaction, list);
    const answer = new Promise<TurnMessage>((resolve) => {
      this.#waiting.set(transaction.toString('hex'), resolve);
    });
    this.#line.send(message);
    return readAnswer(await within(`answer to method ${method}`, answer));
  }

  /** With the long-term credential (RFC 8489, 9.2), once the relay has said for which realm. */
  #signed(method: number, transaction: Buffer, list: [number, Buffer][]): Buffer {
    const head = { kind: 'request' as const, method, transaction };
    if (!this.#credentials || !this.#challenge) return encodeMessage(head, list);
    const { username, credential } = this.#credentials;
    const { realm, nonce } = this.#challenge;
    const named: [number, Buffer][] = [
      ...list,
      [attributes.username, Buffer.from(username)],
      [attributes.realm, Buffer.from(realm)],
      [attributes.nonce, nonce],
    ];
    const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest();
    return encodeMessage(head, named, (covered) => createHmac('sha1', key).update(covered).digest());
  }

  #receive(message: TurnMessage): void {
    if (message.kind === 'indication') {
      const [peer, data] = [attributes.xorPeerAddress, attributes.data].map((type) => message.get(type));
      if (!peer || !data) return;
      this.#data.push({ peer: readAddress(peer, message.transaction), data });
      this.#onData?.();
      return;
    }
    const id = message.transaction.toString('hex');
    this.#waiting.get(id)?.(message);
    this.#waiting.delete(id);
  }
}

type AttributesFor = [number, Buffer][] | ((transaction: Buffer) => [number, Buffer][]);
type Reading =
  | { kind: 'success'; relayed: Address | undefined; lifetime: number | undefined }
  | { kind: 'error'; code: number; challenge: { realm?: string; nonce: Buffer } | undefined };

function readAnswer(message: TurnMessage): Reading {
  if (message.kind !== 'error') {
    const relayed = message.get(attributes.xorRelayedAddress);
    return {
      kind: 'success',
      relayed: relayed && readAddress(relayed, message.transaction),
      lifetime: message.get(attributes.lifetime)?.readUInt32BE(0),
    };
  }
  const error = message.get(attributes.errorCode) ?? Buffer.alloc(4);
  const [realm, nonce] = [message.get(attributes.realm), message.get(attributes.nonce)];
  const code = (error[2] ?? 0) * 100 + (error[3] ?? 0);
  const challenge = nonce && { nonce, ...(realm && { realm: realm.toString() }) };
  return { kind: 'error', code, challenge };
}

async function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${answerWithinMs} ms`)), answerWithinMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
