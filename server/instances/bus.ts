import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { createRedisClient, type RedisClient } from './redis-clients.ts';

/** How the instances of one installation reach each other, and how each knows which others live. */
export type Bus = {
  /** This instance's name, new with every start. */
  id: string;
  /** Whether messages get through at the moment. */
  isUp(): boolean;
  /** At most once, in order. What cannot be sent is lost, and the loss is told by `onGap`. */
  send(instance: string, message: Buffer): void;
  /** To all other instances, in the same way, for whoever listens to the topic there. */
  broadcast(topic: string, text: string): void;
  onBroadcast(topic: string, listener: (text: string) => void): void;
  /** Whose messages these are; one for all of this instance. */
  attend(events: BusEvents): void;
  /**
   * Takes these keys for this instance, as far as no other living one has them.
   * @returns who has each now, in the same order
   * @throws Error while Redis is away
   */
  claim(keys: string[]): Promise<string[]>;
  /** Who has each of these keys; undefined: nobody who lives. @throws Error while Redis is away */
  ownersOf(keys: string[]): Promise<(string | undefined)[]>;
  release(keys: string[]): void;
  /** Lets the others know that this instance takes no keys any more, while it still sends what it has to. */
  retire(): Promise<void>;
  close(): Promise<void>;
};

export type BusEvents = {
  onMessage(from: string, message: Buffer): void;
  /** Messages may have been lost in either direction, and others may have thought that this instance is dead. */
  onGap(): void;
  /** Those of whom this instance wants to know whether they still live. */
  watched(): Iterable<string>;
  onGone(instance: string): void;
};

export type BusOptions = {
  redisUrl: string;
  /** Of one installation, when several share a Redis. */
  namespace: string;
  beatMs?: number;
};

const idBytes = 8;
const keyLifeMs = 3_600_000;
const openAgainMs = 500;

const claimScript = `
local owner = redis.call('get', KEYS[1])
if owner and owner ~= ARGV[1] and redis.call('exists', ARGV[2] .. owner) == 1 then return owner end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[3])
return ARGV[1]`;

const releaseScript = `
if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end`;

/**
 * Connects to Redis or Valkey, and goes on trying while it is away. An instance lives as long as its beat arrives; one
 * that stalls for longer than four beats counts as dead, and learns of it by a gap.
 */
export function openBus(log: FastifyBaseLogger, options: BusOptions): Bus {
  return new RedisBus(log, options);
}

class RedisBus implements Bus {
  readonly id = randomBytes(idBytes).toString('hex');
  readonly #log: FastifyBaseLogger;
  readonly #names: Record<'alive' | 'owner' | 'inbox' | 'everyone', string>;
  readonly #lifeMs: number;
  readonly #publisher: RedisClient;
  readonly #subscriber: RedisClient;
  readonly #topics = new Map<string, (text: string) => void>();
  readonly #timer: NodeJS.Timeout;
  #events: BusEvents | undefined;
  #isUp = false;
  #hasBeaten = false;
  #isClosed = false;
  #heardMs = performance.now();

  constructor(log: FastifyBaseLogger, { redisUrl, namespace, beatMs = 1_000 }: BusOptions) {
    this.#log = log;
    this.#names = {
      alive: `${namespace}:alive:`,
      owner: `${namespace}:owner:`,
      inbox: `${namespace}:inbox:`,
      everyone: `${namespace}:everyone`,
    };
    this.#lifeMs = 4 * beatMs;
    this.#publisher = createRedisClient(redisUrl, log, this.#lose);
    this.#subscriber = createRedisClient(redisUrl, log, this.#lose);
    void this.#open();
    this.#timer = setInterval(() => void this.#beat(), beatMs);
  }

  isUp(): boolean {
    return this.#isUp;
  }

  send(instance: string, message: Buffer): void {
    this.#publish(this.#names.inbox + instance, message);
  }

  broadcast(topic: string, text: string): void {
    this.#publish(this.#names.everyone, Buffer.from(`${topic}\0${text}`));
  }

  onBroadcast(topic: string, listener: (text: string) => void): void {
    this.#topics.set(topic, listener);
  }

  attend(events: BusEvents): void {
    this.#events = events;
  }

  async claim(keys: string[]): Promise<string[]> {
    const { alive, owner } = this.#names;
    const life = String(keyLifeMs);
    const ask = (key: string) =>
      this.#publisher.eval(claimScript, { keys: [owner + key], arguments: [this.id, alive, life] });
    return (await Promise.all(keys.map(ask))) as string[];
  }

  async ownersOf(keys: string[]): Promise<(string | undefined)[]> {
    if (keys.length === 0) return [];
    const { alive, owner } = this.#names;
    const owners = await this.#publisher.mGet(keys.map((key) => owner + key));
    const lives = await Promise.all(
      owners.map(async (name) => name !== null && (await this.#publisher.exists(alive + name)) === 1),
    );
    return owners.map((name, index) => (name !== null && lives[index] ? name : undefined));
  }

  release(keys: string[]): void {
    for (const key of keys) {
      const words = { keys: [this.#names.owner + key], arguments: [this.id] };
      this.#publisher.eval(releaseScript, words).catch(this.#lose);
    }
  }

  async retire(): Promise<void> {
    clearInterval(this.#timer);
    await this.#publisher.del(this.#names.alive + this.id).catch(this.#lose);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    if (this.#subscriber.isOpen) this.#subscriber.destroy();
    // What is still on its way to others goes out first.
    if (this.#publisher.isReady) await this.#publisher.close();
    else if (this.#publisher.isOpen) this.#publisher.destroy();
  }

  readonly #lose = (): void => {
    this.#isUp = false;
  };

  /** Clients come back by themselves once they were there; until then it is tried from where it failed. */
  async #open(): Promise<void> {
    while (!this.#isClosed) {
      try {
        if (!this.#subscriber.isOpen) await this.#subscriber.connect();
        await this.#subscriber.subscribe(this.#names.inbox + this.id, this.#hearMessage, true);
        await this.#subscriber.subscribe(this.#names.everyone, this.#hearBroadcast, true);
        if (!this.#publisher.isOpen) await this.#publisher.connect();
        await this.#beat();
        return;
      } catch {
        // The client has logged it.
        await delay(openAgainMs);
      }
    }
  }

  #publish(channel: string, message: Buffer): void {
    this.#publisher.publish(channel, Buffer.concat([this.#sender, message])).catch(this.#lose);
  }

  get #sender(): Buffer {
    return Buffer.from(this.id, 'hex');
  }

  readonly #hearMessage = (message: Buffer): void => {
    this.#hear(message, (from, body) => this.#events?.onMessage(from, body));
  };

  readonly #hearBroadcast = (message: Buffer): void => {
    this.#hear(message, (_, body) => {
      const end = body.indexOf(0);
      this.#topics.get(body.toString('utf8', 0, end))?.(body.toString('utf8', end + 1));
    });
  };

  #hear(message: Buffer, handle: (from: string, body: Buffer) => void): void {
    const from = message.toString('hex', 0, idBytes);
    if (from === this.id) {
      this.#heardMs = performance.now();
      return;
    }
    try {
      handle(from, message.subarray(idBytes));
    } catch (error) {
      // Nothing that another instance says may end this one.
      const reason = error instanceof Error ? error.name : 'unknown';
      this.#log.error({ reason }, 'message of an instance not understood');
    }
  }

  /** Its own beat has to come round through Redis: that shows that all of the way is open. */
  async #beat(): Promise<void> {
    if (!this.#publisher.isReady || !this.#subscriber.isReady) return;
    if (this.#isSilent) this.#lose();
    this.send(this.id, Buffer.alloc(0));
    try {
      const key = this.#names.alive + this.id;
      const before = await this.#publisher.set(key, '1', { PX: this.#lifeMs, GET: true });
      // Without the key the others took this instance for dead.
      if (this.#hasBeaten && before === null) this.#lose();
      this.#hasBeaten = true;
      if (!this.#isUp && !this.#isSilent) {
        this.#isUp = true;
        this.#events?.onGap();
      }
      await this.#lookForOthers();
    } catch {
      this.#lose();
    }
  }

  get #isSilent(): boolean {
    return performance.now() - this.#heardMs > this.#lifeMs;
  }

  async #lookForOthers(): Promise<void> {
    const others = [...new Set(this.#events?.watched())];
    if (others.length === 0) return;
    const lives = await this.#publisher.mGet(others.map((other) => this.#names.alive + other));
    for (const [index, other] of others.entries()) if (lives[index] === null) this.#events?.onGone(other);
  }
}
