import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { createRedisClient } from './redis-clients.ts';

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
  const { redisUrl, namespace, beatMs = 1_000 } = options;
  const lifeMs = 4 * beatMs;
  const id = randomBytes(idBytes).toString('hex');
  const [alive, owner, inbox, everyone] = ['alive:', 'owner:', 'inbox:', 'everyone'].map(
    (name) => `${namespace}:${name}`,
  ) as [string, string, string, string];
  const sender = Buffer.from(id, 'hex');
  const topics = new Map<string, (text: string) => void>();
  let events: BusEvents | undefined;
  let isUp = false;
  let hasBeaten = false;
  let heardMs = performance.now();

  const publisher = createRedisClient(redisUrl, log, lose);
  const subscriber = createRedisClient(redisUrl, log, lose);

  function lose(): void {
    isUp = false;
  }

  function publish(channel: string, message: Buffer): void {
    publisher.publish(channel, Buffer.concat([sender, message])).catch(lose);
  }

  function hear(message: Buffer, handle: (from: string, message: Buffer) => void): void {
    const from = message.toString('hex', 0, idBytes);
    if (from === id) {
      heardMs = performance.now();
      return;
    }
    try {
      handle(from, message.subarray(idBytes));
    } catch (error) {
      // Nothing that another instance says may end this one.
      log.error(
        { reason: error instanceof Error ? error.name : 'unknown' },
        'message of an instance not understood',
      );
    }
  }

  function hearBroadcast(message: Buffer): void {
    const end = message.indexOf(0);
    topics.get(message.toString('utf8', 0, end))?.(message.toString('utf8', end + 1));
  }

  /** Its own beat has to come round through Redis: that shows that all of the way is open. */
  async function beat(): Promise<void> {
    if (!publisher.isReady || !subscriber.isReady) return;
    if (performance.now() - heardMs > lifeMs) lose();
    publish(inbox + id, Buffer.alloc(0));
    try {
      const before = await publisher.set(alive + id, '1', { PX: lifeMs, GET: true });
      // Without the key the others took this instance for dead.
      if (hasBeaten && before === null) lose();
      hasBeaten = true;
      if (!isUp && performance.now() - heardMs <= lifeMs) {
        isUp = true;
        events?.onGap();
      }
      await lookForOthers();
    } catch {
      lose();
    }
  }

  async function lookForOthers(): Promise<void> {
    const others = [...new Set(events?.watched())];
    if (others.length === 0) return;
    const lives = await publisher.mGet(others.map((other) => alive + other));
    for (const [index, other] of others.entries()) if (lives[index] === null) events?.onGone(other);
  }

  async function open(): Promise<void> {
    await subscriber.connect();
    await subscriber.subscribe(
      inbox + id,
      (message) => hear(message, (from, body) => events?.onMessage(from, body)),
      true,
    );
    await subscriber.subscribe(everyone, (message) => hear(message, (_, body) => hearBroadcast(body)), true);
    await publisher.connect();
    await beat();
  }

  // An error has been logged by the client, which goes on trying; `close` ends that.
  open().catch(lose);
  const timer = setInterval(() => void beat(), beatMs);

  return {
    id,
    isUp: () => isUp,
    send: (instance, message) => publish(inbox + instance, message),
    broadcast: (topic, text) => publish(everyone, Buffer.from(`${topic}\0${text}`)),
    onBroadcast: (topic, listener) => void topics.set(topic, listener),
    attend: (attending) => void (events = attending),
    claim: (keys) =>
      Promise.all(
        keys.map(async (key) =>
          String(
            await publisher.eval(claimScript, {
              keys: [owner + key],
              arguments: [id, alive, String(keyLifeMs)],
            }),
          ),
        ),
      ),
    async ownersOf(keys) {
      if (keys.length === 0) return [];
      const owners = await publisher.mGet(keys.map((key) => owner + key));
      const lives = await Promise.all(owners.map(async (name) => name && publisher.exists(alive + name)));
      return owners.map((name, index) => (name && lives[index] ? name : undefined));
    },
    release(keys) {
      for (const key of keys) {
        publisher.eval(releaseScript, { keys: [owner + key], arguments: [id] }).catch(lose);
      }
    },
    async retire() {
      clearInterval(timer);
      await publisher.del(alive + id).catch(lose);
    },
    async close() {
      clearInterval(timer);
      if (subscriber.isOpen) subscriber.destroy();
      // What is still on its way to others goes out first.
      if (publisher.isReady) await publisher.close();
      else if (publisher.isOpen) publisher.destroy();
    },
  };
}
