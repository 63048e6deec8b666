import { setTimeout as wait } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';

/** What one server has open at this moment. */
type SocketCounts = { sockets: number; rooms: number; hosts: number; waiting: number };
/** `waiting`: requests for a connection; `lost`: connections that the database has ended so far. */
type PoolCounts = { used: number; idle: number; waiting: number; lost: number };
/** What waits to be sent by one channel, of all servers on the database together. */
export type QueueCounts = {
  channel: string;
  /** Planned, for whatever hour. */
  planned: number;
  /** Should have gone out by now. */
  due: number;
  /** How long the oldest of those has been due; 0 when there is none. */
  oldestDueSeconds: number;
};

/** Whom to ask when somebody looks. */
export type Sources = {
  sockets: () => SocketCounts;
  pool: () => PoolCounts;
  queue: () => Promise<QueueCounts[]>;
  ready: () => Promise<boolean>;
  /** Where there are several servers: whether they hear each other. */
  redis: () => boolean;
};

type Value = { labels?: Record<string, string>; value: number };
type Gauges = {
  watch(sources: Partial<Sources>): void;
  /** Asks all sources. One that throws, or takes too long, leaves its figures out: none is better than an old one. */
  refresh(): Promise<void>;
};

export const prefix = 'sprechzimmer_';
const patienceMs = 3_000;

export function createGauges(registers: Registry[]): Gauges {
  const sources: Partial<Sources> = {};
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: prefix + name, help, labelNames, registers });

  const sockets = gauge('sockets', 'Open signalling sockets.');
  const rooms = gauge('rooms', 'Waiting rooms that somebody is in.');
  const hosts = gauge('hosts', 'Open room windows of practitioners.');
  const waiting = gauge('participants', 'Participants who wait or are in consultation.');
  const pool = gauge('database_connections', 'Connections of the pool, by state.', 'state');
  const poolWaiting = gauge('database_requests_waiting', 'Requests that wait for a connection.');
  const lost = gauge('database_connections_lost', 'Pooled connections that the database has ended.');
  const planned = gauge('messages_planned', 'Messages in the outbox, for whatever hour.', 'channel');
  const due = gauge('messages_due', 'Messages in the outbox whose hour has come.', 'channel');
  const oldest = gauge('messages_oldest_due_seconds', 'Age of the oldest of those.', 'channel');
  const ready = gauge('ready', 'Whether this server takes requests: 1 or 0.');
  const redis = gauge('redis_up', 'Whether this server reaches Redis: 1 or 0.');

  async function show(gauges: Gauge[], read: () => Promise<(Value[] | undefined)[]>): Promise<void> {
    const values = await orNothing(read());
    gauges.forEach((each, index) => {
      // One without labels is 0 after a reset, and not there after that.
      each.reset();
      each.remove({});
      for (const { labels = {}, value } of values?.[index] ?? []) each.set(labels, value);
    });
  }

  return {
    watch: (more) => void Object.assign(sources, more),
    async refresh() {
      const single = (value: number | undefined): Value[] => (value === undefined ? [] : [{ value }]);
      await Promise.all([
        show([sockets, rooms, hosts, waiting], async () => {
          const counts = sources.sockets?.();
          return [counts?.sockets, counts?.rooms, counts?.hosts, counts?.waiting].map(single);
        }),
        show([pool, poolWaiting, lost], async () => {
          const counts = sources.pool?.();
          if (!counts) return [];
          const { used, idle, waiting: queued } = counts;
          const states = Object.entries({ used, idle });
          return [
            states.map(([state, value]) => ({ labels: { state }, value })),
            single(queued),
            single(counts.lost),
          ];
        }),
        show([planned, due, oldest], async () => {
          const queues = (await sources.queue?.()) ?? [];
          const of = (value: (counts: QueueCounts) => number) =>
            queues.map((counts) => ({ labels: { channel: counts.channel }, value: value(counts) }));
          return [
            of((counts) => counts.planned),
            of((counts) => counts.due),
            of((counts) => counts.oldestDueSeconds),
          ];
        }),
        show([redis], async () => {
          const isUp = sources.redis?.();
          return [single(isUp === undefined ? undefined : Number(isUp))];
        }),
        show([ready], async () => {
          const isReady = await sources.ready?.();
          return [single(isReady === undefined ? undefined : Number(isReady))];
        }),
      ]);
    },
  };
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  const given = new AbortController();
  try {
    return await Promise.race([
      answer,
      wait(patienceMs, undefined, { ref: false, signal: given.signal }).catch(() => undefined),
    ]);
  } catch {
    return undefined;
  } finally {
    given.abort();
  }
}
