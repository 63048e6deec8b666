import { setTimeout as delay } from 'node:timers/promises';
import { openTestDatabase } from '../server/testing/test-database.ts';
import { startTestRedis } from '../server/testing/test-redis.ts';
import { type Child, median, startChild } from './child.ts';
import { addRooms } from './signalling-guests.ts';
import type { SocketClients } from './socket-clients.ts';
import type { SocketServer } from './socket-server.ts';

const pairCount = 300;
const turns = 12;
const turnMs = 600;
const warmUpMs = 200;

export type InstancesMeasure = {
  /**
   * Frames per second that two instances relay through Redis, as a ratio to one alone in the same run: all processes, and
   * the clients, on the same machine. Every second pair has its two ends at different instances.
   */
  instances2Ratio: number;
  relayed1PerSecond: number;
  relayed2PerSecond: number;
  /** The same, of pairs whose ends are at one instance. */
  instances2ApartRatio: number;
  /** CPU seconds of the servers for a frame of these, as a ratio to one alone: what is left when the machine is not the limit. */
  instances2FrameCost: number;
  instances2ApartFrameCost: number;
};

/** `frameCost` in CPU seconds of all servers of the group. */
type Turn = { perSecond: number; frameCost: number };
type Group = { servers: Child<SocketServer>[]; clients: Child<SocketClients> };

/** Some 40 seconds. */
export async function measureInstances(): Promise<InstancesMeasure> {
  const [database, redis] = await Promise.all([openTestDatabase(), startTestRedis()]);
  const groups: Group[] = [];
  try {
    const ours = ['ours', database.connectionString, database.schema];
    const rooms = await addRooms(database.db, 3 * pairCount, 1);
    const open = async (servers: number, part: number, isMixed: boolean): Promise<Group> => {
      const words = servers === 1 ? ours : [...ours, redis.url];
      const group: Group = {
        servers: Array.from({ length: servers }, () => startChild<SocketServer>('./socket-server.ts', words)),
        clients: startChild<SocketClients>('./socket-clients.ts'),
      };
      groups.push(group);
      const urls = await Promise.all(group.servers.map((server) => server.ask('listen')));
      // The instances have to have found each other.
      await delay(2_000);
      const mine = rooms.slice(part * pairCount, (part + 1) * pairCount);
      const pairs = mine.map(({ host, guests: [guest] }, number) => {
        const shift = isMixed ? number >> 1 : 0;
        return {
          hostUrl: urls[number % servers],
          host,
          guestUrl: urls[(number + shift) % servers],
          guest: guest!,
        };
      });
      await group.clients.ask('pair', pairs);
      return group;
    };
    const one = await open(1, 0, false);
    const mixed = await open(2, 1, true);
    const apart = await open(2, 2, false);
    const all = new Map(groups.map((group) => [group, [] as Turn[]]));
    for (let turn = 0; turn < turns; turn++) {
      for (const group of turn % 2 === 0 ? groups : groups.toReversed())
        all.get(group)?.push(await takeTurn(group));
    }
    const rateOf = (group: Group) => median((all.get(group) ?? []).map(({ perSecond }) => perSecond));
    const costOf = (group: Group) => median((all.get(group) ?? []).map(({ frameCost }) => frameCost));
    return {
      instances2Ratio: rateOf(mixed) / rateOf(one),
      relayed1PerSecond: rateOf(one),
      relayed2PerSecond: rateOf(mixed),
      instances2ApartRatio: rateOf(apart) / rateOf(one),
      instances2FrameCost: costOf(mixed) / costOf(one),
      instances2ApartFrameCost: costOf(apart) / costOf(one),
    };
  } finally {
    await Promise.all(
      groups.flatMap(({ servers, clients }) => [...servers, clients]).map((child) => child.close()),
    );
    await Promise.all([database.close(), redis.close()]);
  }
}

async function takeTurn({ servers, clients }: Group): Promise<Turn> {
  const cpuSeconds = async () => {
    const each = await Promise.all(servers.map((server) => server.ask('cpuSeconds')));
    return each.reduce((sum, seconds) => sum + seconds, 0);
  };
  await clients.ask('start');
  await delay(warmUpMs);
  const [began, before, cpuBefore] = [performance.now(), await clients.ask('received'), await cpuSeconds()];
  await delay(turnMs);
  const frames = (await clients.ask('received')) - before;
  const turn = {
    perSecond: frames / ((performance.now() - began) / 1000),
    frameCost: ((await cpuSeconds()) - cpuBefore) / frames,
  };
  await clients.ask('stop');
  return turn;
}
