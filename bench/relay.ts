import { setTimeout as delay } from 'node:timers/promises';
import { openTestDatabase } from '../server/testing/test-database.ts';
import { type Child, median, startChild } from './child.ts';
import { addRooms } from './signalling-guests.ts';
import type { Pair, SocketClients } from './socket-clients.ts';
import type { SocketServer } from './socket-server.ts';

const pairCount = 300;
/** Many short turns: whatever else the machine does then disturbs both alike. */
const turns = 24;
const turnMs = 400;
const warmUpMs = 120;

export type RelayMeasure = {
  /** Messages relayed per CPU second by our signalling, as a ratio to bare `ws` in the same run. */
  relayRatio: number;
  relayPerCpuSecond: number;
  bareRelayPerCpuSecond: number;
};

/** Some 30 seconds. The two take turns, and the median of the turns counts. */
export async function measureRelay(): Promise<RelayMeasure> {
  const database = await openTestDatabase();
  const contenders: Contender[] = [];
  try {
    const rooms = await addRooms(database.db, pairCount, 1);
    const ours = openContender('ours', [database.connectionString, database.schema]);
    const bare = openContender('bare', []);
    contenders.push(ours, bare);
    await connect(ours, (url) =>
      rooms.map(({ host, guests: [guest] }) => ({ hostUrl: url, host, guestUrl: url, guest: guest! })),
    );
    await connect(bare, (url) =>
      rooms.map((_, number) => ({ hostUrl: `${url}/${number}`, guestUrl: `${url}/${number}` })),
    );
    const rates = { ours: [] as number[], bare: [] as number[] };
    for (let turn = 0; turn < turns; turn++) {
      if (turn % 2 === 0) rates.ours.push(await relayedPerCpuSecond(ours));
      rates.bare.push(await relayedPerCpuSecond(bare));
      if (turn % 2 === 1) rates.ours.push(await relayedPerCpuSecond(ours));
    }
    const ratios = rates.ours.map((rate, turn) => rate / rates.bare[turn]!);
    return {
      relayRatio: median(ratios),
      relayPerCpuSecond: median(rates.ours),
      bareRelayPerCpuSecond: median(rates.bare),
    };
  } finally {
    await Promise.all(contenders.flatMap(({ server, clients }) => [server.close(), clients.close()]));
    await database.close();
  }
}

type Contender = { server: Child<SocketServer>; clients: Child<SocketClients> };

function openContender(kind: 'ours' | 'bare', args: string[]): Contender {
  return {
    server: startChild<SocketServer>('./socket-server.ts', [kind, ...args]),
    clients: startChild<SocketClients>('./socket-clients.ts'),
  };
}

async function connect({ server, clients }: Contender, pairs: (url: string) => Pair[]): Promise<void> {
  await clients.ask('pair', pairs(await server.ask('listen')));
}

async function relayedPerCpuSecond({ server, clients }: Contender): Promise<number> {
  await clients.ask('start');
  await delay(warmUpMs);
  const [cpuBefore, relayedBefore] = await Promise.all([server.ask('cpuSeconds'), clients.ask('received')]);
  await delay(turnMs);
  const [cpuAfter, relayedAfter] = await Promise.all([server.ask('cpuSeconds'), clients.ask('received')]);
  await clients.ask('stop');
  return (relayedAfter - relayedBefore) / (cpuAfter - cpuBefore);
}
