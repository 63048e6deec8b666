import { openTestDatabase } from '../server/testing/test-database.ts';
import { startChild } from './child.ts';
import { addRooms } from './signalling-guests.ts';
import type { SocketClients } from './socket-clients.ts';
import type { SocketServer } from './socket-server.ts';

const roomCount = 2_000;
const guestsPerRoom = 5;
const pairCount = 50;

export type HerdMeasure = {
  /** From the first attempt until 10,000 participants and 2,000 hosts, who all come at the same moment, are let in. */
  herdMs: number;
  /** The same number of bare `ws` sockets in the same run. */
  herdFloorMs: number;
  /** While these are there: 99 of 100 relayed messages take less than this from one end to the other. */
  relayP99Ms: number;
  relayP99FloorMs: number;
};

/** Some 90 seconds: one instance, its clients in one process beside it. */
export async function measureHerd(): Promise<HerdMeasure> {
  const database = await openTestDatabase();
  try {
    const rooms = await addRooms(database.db, roomCount + pairCount, guestsPerRoom);
    const pairs = rooms.splice(0, pairCount);
    const greetings = rooms.flatMap(({ host, guests }) => [host, ...guests]);
    const ours = await measure(['ours', database.connectionString, database.schema], greetings, (url) =>
      pairs.map(({ host, guests: [guest] }) => ({ hostUrl: url, host, guestUrl: url, guest: guest! })),
    );
    const bare = await measure(
      ['bare'],
      greetings.map(() => null),
      (url) => pairs.map((_, number) => ({ hostUrl: `${url}/${number}`, guestUrl: `${url}/${number}` })),
    );
    return {
      herdMs: ours.herdMs,
      herdFloorMs: bare.herdMs,
      relayP99Ms: ours.p99Ms,
      relayP99FloorMs: bare.p99Ms,
    };
  } finally {
    await database.close();
  }
}

async function measure(words: string[], greetings: unknown[], pairsAt: (url: string) => unknown[]) {
  const server = startChild<SocketServer>('./socket-server.ts', words);
  const [crowd, few] = [1, 2].map(() => startChild<SocketClients>('./socket-clients.ts')) as [
    ReturnType<typeof startChild<SocketClients>>,
    ReturnType<typeof startChild<SocketClients>>,
  ];
  try {
    const url = await server.ask('listen');
    const herdMs = await crowd.ask('storm', { url, greetings });
    await few.ask('pair', pairsAt(url));
    return { herdMs, p99Ms: await few.ask('latency', { share: 0.99, seconds: 10 }) };
  } finally {
    await Promise.all([server.close(), crowd.close(), few.close()]);
  }
}
