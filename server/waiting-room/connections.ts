import { closeCodes } from '@sprechzimmer/protocol/errors.ts';
import type { RawData, WebSocket } from 'ws';
import { Connection, type Shared } from './connection.ts';

const slotCount = 10;
const closeWithinMs = 1_000;

export type Connections = {
  count(): number;
  countOf(address: string): number;
  add(socket: WebSocket, address: string): void;
  /** Ends all with 1012; resolves when the last is gone, after a second at the latest. */
  close(): Promise<void>;
};

/** Every open socket of a server, and the one timer that watches over all of them. */
export function createConnections(shared: Shared): Connections {
  const { limits } = shared;
  // A tenth of the sockets is pinged at a time, so that thousands are not written to at once.
  const slots = Array.from({ length: slotCount }, () => new Set<Connection>());
  const byAddress = new Map<string, number>();
  /** In the order of their opening; the ones that have said who they are fall out when their time comes. */
  const greeting = new Set<Connection>();
  let open = 0;
  let turn = 0;
  let onEmpty: (() => void) | undefined;
  const timer = setInterval(watch, limits.heartbeatMs / slotCount);
  timer.unref();

  function watch(): void {
    const nowMs = performance.now();
    for (const connection of greeting) {
      if (nowMs - connection.openedAtMs < limits.greetingMs) break;
      greeting.delete(connection);
      connection.handleDeadline();
    }
    turn = (turn + 1) % slotCount;
    for (const connection of slots[turn] ?? []) connection.handleHeartbeat();
  }

  function countAddress(address: string, change: 1 | -1): void {
    const count = (byAddress.get(address) ?? 0) + change;
    if (count > 0) byAddress.set(address, count);
    else byAddress.delete(address);
  }

  function remove(connection: Connection, slot: Set<Connection>): void {
    connection.handleClosed();
    slot.delete(connection);
    greeting.delete(connection);
    countAddress(connection.address, -1);
    open--;
    if (open === 0) onEmpty?.();
  }

  function add(socket: WebSocket, address: string): void {
    const connection = new Connection(socket, address, shared);
    const slot = slots[turn]!;
    socket.on('message', (data: RawData, isBinary) => connection.handleFrame(data as Buffer, isBinary));
    socket.on('ping', () => connection.handleControl());
    socket.on('pong', () => connection.handleControl());
    // What went wrong is in the close frame that ws has sent; 'close' follows.
    socket.on('error', () => {});
    socket.on('close', () => remove(connection, slot));
    slot.add(connection);
    greeting.add(connection);
    countAddress(address, 1);
    open++;
    if (open > limits.maxSockets) connection.refuse({ kind: 'refused', code: 'server-full' });
  }

  return {
    count: () => open,
    countOf: (address) => byAddress.get(address) ?? 0,
    add,
    async close() {
      clearInterval(timer);
      if (open === 0) return;
      const empty = new Promise<void>((resolve) => (onEmpty = resolve));
      for (const slot of slots) for (const connection of slot) connection.close(closeCodes.restarting);
      const cut = setTimeout(() => {
        for (const slot of slots) for (const connection of slot) connection.terminate();
      }, closeWithinMs);
      await empty;
      clearTimeout(cut);
    },
  };
}
