import { setTimeout as delay } from 'node:timers/promises';
import { openTestDatabase } from '../server/testing/test-database.ts';
import { startTestRedis } from '../server/testing/test-redis.ts';
import { startChild } from './child.ts';
import { addRooms } from './signalling-guests.ts';
import type { SocketClients } from './socket-clients.ts';
import type { SocketServer } from './socket-server.ts';

const roomCount = 40;
const guestsPerRoom = 5;
/** Until then code is compiled and pools are filled. */
const settlingShare = 0.2;

export type SoakMeasure = {
  /** How much more memory one of two instances holds at the end than after the first fifth, after garbage collection; the larger. */
  soakGrowthMb: number;
  soakMinutes: number;
  /** How many sockets have come and gone. */
  soakSockets: number;
};

/** People come, send each other frames and go, at two instances with Redis between, for so many minutes. */
export async function measureSoak(minutes: number): Promise<SoakMeasure> {
  const [database, redis] = await Promise.all([openTestDatabase(), startTestRedis()]);
  const words = ['ours', database.connectionString, database.schema, redis.url];
  const servers = [1, 2].map(() => startChild<SocketServer>('./socket-server.ts', words));
  try {
    const urls = await Promise.all(servers.map((server) => server.ask('listen')));
    const rooms = await addRooms(database.db, roomCount, guestsPerRoom);
    const pairs = rooms.flatMap(({ host, guests }, number) =>
      guests.map((guest, seat) => ({
        hostUrl: urls[number % 2],
        host,
        guestUrl: urls[(number + seat) % 2],
        guest,
      })),
    );
    const end = performance.now() + minutes * 60_000;
    const settled = performance.now() + settlingShare * minutes * 60_000;
    let before: number[] | undefined;
    let soakSockets = 0;
    await delay(2_000);
    for (let round = 0; performance.now() < end; round++) {
      // A crowd of its own process, which ends in the middle of everything.
      const crowd = startChild<SocketClients>('./socket-clients.ts');
      const some = pairs.filter((_, number) => number % guestsPerRoom === round % guestsPerRoom);
      await crowd.ask('pair', some);
      await crowd.ask('start');
      await delay(2_000);
      await crowd.close();
      soakSockets += 2 * some.length;
      if (!before && performance.now() >= settled) before = await memoryOf(servers);
    }
    await delay(5_000);
    const after = await memoryOf(servers);
    const growth = after.map((bytes, index) => bytes - (before?.[index] ?? NaN));
    return { soakGrowthMb: Math.max(...growth) / 2 ** 20, soakMinutes: minutes, soakSockets };
  } finally {
    await Promise.all(servers.map((server) => server.close()));
    await Promise.all([database.close(), redis.close()]);
  }
}

async function memoryOf(servers: ReturnType<typeof startChild<SocketServer>>[]): Promise<number[]> {
  const memories = await Promise.all(servers.map((server) => server.ask('memory')));
  return memories.map(({ heapBytes }) => heapBytes);
}
