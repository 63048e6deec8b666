import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { openTestDatabase, type TestDatabase } from '../../server/testing/test-database.ts';
import { startTestRedis, type TestRedis } from '../../server/testing/test-redis.ts';
import type { TestServerAddress } from '../../server/testing/test-server.ts';
import { type ProductProcess, startProductProcess } from './product-process.ts';

/** Several servers on one database and one Redis, behind a balancer that knows of no sessions. */
export type Installation = TestServerAddress & {
  redis: TestRedis;
  servers: ProductProcess[];
  /** From now on new connections go to this server as long as it takes any; undefined: to each in turn. */
  prefer(server: number | undefined): void;
  /** On the same port, and empty. */
  restartRedis(): Promise<void>;
  close(): Promise<void>;
};

/** @param more settings of each server; with DATABASE_URL that is used instead of a schema of its own */
export async function startInstallation(
  count: number,
  more: Record<string, string> = {},
): Promise<Installation> {
  const own = 'DATABASE_URL' in more ? undefined : await openTestDatabase();
  const redis = await startTestRedis();
  const balancers = [await listen(), await listen()] as const;
  const [practicePort, roomPort] = balancers.map(portOf);
  const settings = {
    ...(own && { DATABASE_URL: addressOf(own) }),
    REDIS_URL: redis.url,
    PRACTICE_ORIGIN: `http://localhost:${practicePort}`,
    ROOM_ORIGIN: `http://localhost:${roomPort}`,
    ...more,
  };
  const servers: ProductProcess[] = [];
  // One after the other: each would migrate.
  for (let number = 0; number < count; number++) servers.push(await startProductProcess(settings));
  const state = { redis, preferred: undefined as number | undefined };
  for (const [index, balancer] of balancers.entries()) {
    const ports = servers.map((server) => (index === 0 ? server.ports.practice : server.ports.room));
    balance(balancer, ports, () => state.preferred);
  }
  return {
    practiceOrigin: settings.PRACTICE_ORIGIN,
    roomOrigin: settings.ROOM_ORIGIN,
    context: { now: () => new Date() },
    get redis() {
      return state.redis;
    },
    servers,
    prefer: (server) => (state.preferred = server),
    async restartRedis() {
      state.redis = await startTestRedis({ port: Number(new URL(redis.url).port) });
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
      for (const balancer of balancers) balancer.close();
      await Promise.all([own?.close(), state.redis.close()]);
    },
  };
}

async function listen(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Each connection goes to the next server that takes it. */
function balance(balancer: Server, ports: number[], preferred: () => number | undefined): void {
  let turn = 0;
  balancer.on('connection', (client) => {
    const first = preferred() ?? turn++;
    void forward(
      client,
      ports.map((_, offset) => ports[(first + offset) % ports.length]!),
    );
  });
}

async function forward(client: Socket, ports: number[]): Promise<void> {
  client.on('error', () => {});
  for (const port of ports) {
    const server = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      server.once('connect', () => resolve(true));
      server.once('error', () => resolve(false));
    });
    if (!isOpen) continue;
    server.on('error', () => {});
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
    client.pipe(server).pipe(client);
    return;
  }
  client.destroy();
}

/** For a process that is told of its schema by the address alone. */
export function addressOf({ connectionString, schema }: TestDatabase): string {
  // A socket's address has no host before its slash, which a setting must have.
  const address = connectionString.replace('@/', '@localhost/');
  const search = `options=${encodeURIComponent(`-c search_path=${schema}`)}`;
  return `${address}${address.includes('?') ? '&' : '?'}${search}`;
}
