import { createClient } from '@redis/client';
import type { FastifyBaseLogger } from 'fastify';

/** Longer than the pause between two beats: a connection that carries none for so long is dead. */
const silentMs = 5_000;
const retryMs = { first: 50, most: 1_000 };

export type RedisClient = ReturnType<typeof createRedisClient>;

/**
 * A connection to Redis or Valkey that comes back by itself. What cannot be sent at once fails at once: what was meant for
 * another instance a while ago must not reach it later.
 * @param onLost the connection is gone; what was under way may be lost
 */
export function createRedisClient(url: string, log: FastifyBaseLogger, onLost: () => void) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    commandsQueueMaxLength: 100_000,
    socket: {
      connectTimeout: silentMs,
      socketTimeout: silentMs,
      reconnectStrategy: (retries) => Math.min(retryMs.first * 2 ** Math.min(retries, 10), retryMs.most),
    },
  });
  let isLost = false;
  client.on('ready', () => {
    if (isLost) log.info('Redis is back');
    isLost = false;
  });
  client.on('error', (error: unknown) => {
    // Said once, not at every attempt.
    if (!isLost) log.error({ reason: reasonOf(error) }, 'Redis is away');
    isLost = true;
    onLost();
  });
  return client;
}

/** A code such as ECONNREFUSED: a message may quote the address with its password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
