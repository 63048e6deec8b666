import { setTimeout as delay } from 'node:timers/promises';
import type { ClientMessage } from '@sprechzimmer/protocol/signalling.ts';
import { openTestDatabase } from '../server/testing/test-database.ts';
import { startChild } from './child.ts';
import { addRooms } from './signalling-guests.ts';
import type { SocketClients } from './socket-clients.ts';
import type { SocketServer } from './socket-server.ts';

const roomCount = 150;
const guestsPerRoom = 40;
/** Opened first, so that code and connection pools are there before the measuring begins. */
const warmUpRooms = 10;

export type SocketMemoryMeasure = {
  /** Resident memory per waiting participant, as a ratio to a bare `ws` socket in the same run. */
  socketMemoryRatio: number;
  bytesPerWaiting: number;
  bytesPerBareSocket: number;
  /** The same on the JavaScript heap and beside it, without what the allocator keeps. */
  heapRatio: number;
};

/** Some 15 seconds: six thousand waiting participants, then six thousand bare sockets. */
export async function measureSocketMemory(): Promise<SocketMemoryMeasure> {
  const database = await openTestDatabase();
  try {
    const rooms = await addRooms(database.db, roomCount + warmUpRooms, guestsPerRoom);
    const greetings = rooms.flatMap(({ guests }) => guests);
    const ours = await measure(['ours', database.connectionString, database.schema], greetings);
    const bare = await measure(
      ['bare'],
      greetings.map(() => null),
    );
    return {
      socketMemoryRatio: ours.residentBytes / bare.residentBytes,
      bytesPerWaiting: ours.residentBytes,
      bytesPerBareSocket: bare.residentBytes,
      heapRatio: ours.heapBytes / bare.heapBytes,
    };
  } finally {
    await database.close();
  }
}

async function measure(args: string[], greetings: (ClientMessage | null)[]): Promise<SocketServer['memory']> {
  const server = startChild<SocketServer>('./socket-server.ts', args);
  const clients = startChild<SocketClients>('./socket-clients.ts');
  try {
    const url = await server.ask('listen');
    const warmUp = warmUpRooms * guestsPerRoom;
    await clients.ask('open', { url, greetings: greetings.slice(0, warmUp) });
    await delay(500);
    const before = await server.ask('memory');
    await clients.ask('open', { url, greetings: greetings.slice(warmUp) });
    await delay(500);
    const after = await server.ask('memory');
    const count = greetings.length - warmUp;
    return {
      heapBytes: (after.heapBytes - before.heapBytes) / count,
      residentBytes: (after.residentBytes - before.residentBytes) / count,
    };
  } finally {
    await Promise.all([server.close(), clients.close()]);
  }
}
