import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { maxFrameBytes, signallingPath } from '@sprechzimmer/protocol/signalling.ts';
import { WebSocketServer } from 'ws';
import { clientAddress } from '../http/client-address.ts';
import type { Context } from '../http/context.ts';
import { answerRaw } from '../http/harden.ts';
import { addressKey, createRateLimit } from '../http/rate-limit.ts';
import { securityHeaders } from '../http/security-headers.ts';
import { createCodeSearch } from '../invitation/find.ts';
import { createAdmission, roomKey } from './admit.ts';
import { closeAbandonedRooms } from './close-abandoned-rooms.ts';
import type { Shared } from './connection.ts';
import { createConnections } from './connections.ts';
import { createIceServers } from './ice-servers.ts';
import { type SignallingLimits, signallingLimits } from './limits.ts';
import { createRecords } from './records.ts';
import { createRooms } from './rooms.ts';
import { createSharedRooms } from './shared-rooms.ts';
import { createLonelyRooms } from './waiting-rooms.ts';

const socketOptions = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: maxFrameBytes,
  maxFragments: 64,
  /** How long a closed socket may take to answer the close frame before it is cut, in milliseconds. */
  closeTimeout: 2_000,
};

export type Signalling = Pick<Context, 'isHosting' | 'whoIsHere'> & { close(): Promise<void> };

/**
 * Serves the signalling socket on `server`, which must have no other upgrades.
 * `close` ends every socket with 1012 and resolves when all are gone; call it before closing the server.
 */
export function attachSignalling(
  server: Server,
  context: Context,
  limits: SignallingLimits = signallingLimits,
): Signalling {
  const records = createRecords(context, context.log);
  const own = createRooms({
    hostReturnMs: limits.hostReturnMs,
    onCalledIn: (participant) => void records.calledIn(participant),
  });
  const rooms = context.bus ? createSharedRooms(own, context.bus) : createLonelyRooms(own);
  const shared: Shared = {
    rooms,
    admission: createAdmission(context, createCodeSearch(context), limits),
    records,
    iceServers: createIceServers(context),
    limits,
    log: context.log,
    metrics: context.metrics,
  };
  const sockets = new WebSocketServer(socketOptions);
  const connections = createConnections(shared);
  const closing = closeAbandonedRooms(context, own, limits.practitionerCheckMs);
  const upgrades = createRateLimit({
    limit: limits.maxUpgradesPerAddressAndMinute,
    windowMs: 60_000,
    now: context.now,
  });

  context.metrics.watch({ sockets: () => ({ sockets: connections.count(), ...shared.rooms.counts() }) });

  const headers = securityHeaders('room', context.config);

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url !== signallingPath) {
      context.metrics.upgradeRefused('path');
      answerRaw(socket, 404, headers);
      return;
    }
    // Browsers cannot lie about it: no foreign page gets a socket in a visitor's name.
    if (request.headers.origin !== context.config.roomOrigin) {
      context.metrics.upgradeRefused('origin');
      answerRaw(socket, 403, headers);
      return;
    }
    const address = addressKey(clientAddress(request, context.config));
    if (connections.countOf(address) >= limits.maxSocketsPerAddress || !upgrades.check(address).allowed) {
      context.metrics.upgradeRefused('address');
      answerRaw(socket, 429, headers);
      return;
    }
    // Beyond the limit there is still room to say so in words; beyond that there is not.
    if (connections.count() >= limits.maxSockets + limits.maxSocketsPerAddress) {
      context.metrics.upgradeRefused('full');
      answerRaw(socket, 503, headers);
      return;
    }
    upgrades.count(address);
    sockets.handleUpgrade(request, socket, head, (opened) => connections.add(opened, address));
  }

  server.on('upgrade', onUpgrade);
  return {
    isHosting: ({ practiceId, userId }) => rooms.isHosted(roomKey(practiceId, userId)),
    whoIsHere: (seats) =>
      rooms.present(
        seats.map(({ practiceId, practitionerId, ...participant }) => ({
          key: roomKey(practiceId, practitionerId),
          ...participant,
        })),
      ),
    async close() {
      server.off('upgrade', onUpgrade);
      clearInterval(closing);
      await rooms.retire();
      await connections.close();
    },
  };
}
