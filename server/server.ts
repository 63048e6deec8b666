import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { serveApi } from './api.ts';
import type { Db } from './db/database.ts';
import { createApp } from './http/app.ts';
import { readAssets, serveAssets } from './http/assets.ts';
import type { Config } from './http/config.ts';
import type { Context } from './http/context.ts';
import { createLog } from './http/log.ts';
import { listenForBounces } from './mail/listen-for-bounces.ts';
import { scheduleDeliveries } from './mail/schedule-deliveries.ts';
import { createMetrics } from './metrics/metrics.ts';
import { type Ceilings, createPracticeLimits } from './practice/limits.ts';
import { scheduleSweeps } from './retention/schedule.ts';
import { attachSignalling } from './waiting-room/signalling.ts';

export type ServerOptions = {
  /** Migrated; stays open when the server closes. */
  db: Db;
  log?: FastifyBaseLogger;
  now?: () => Date;
  /** The built apps' folders. */
  webFolders?: { practice: string; room: string };
  ceilings?: Ceilings;
};

export type RunningServer = { context: Context; close(): Promise<void> };

const webRoot = join(import.meta.dirname, '..', 'web');
const builtApps = { practice: join(webRoot, 'practice', 'dist'), room: join(webRoot, 'room', 'dist') };

/**
 * Serves both origins until `close`.
 * @throws Error when an app is not built; a system error with a `code` such as `EADDRINUSE` when it cannot listen
 */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer> {
  const log = options.log ?? createLog(config.logLevel);
  const context: Context = {
    db: options.db,
    config,
    log,
    metrics: createMetrics(),
    now: options.now ?? (() => new Date()),
    isHosting: (practitioner) => signalling.isHosting(practitioner),
    isHere: (seat) => signalling.isHere(seat),
  };
  const folders = options.webFolders ?? builtApps;
  const practice = createApp('practice', context);
  const room = createApp('room', context);
  const [practiceAssets, roomAssets] = await Promise.all([
    readAssets(folders.practice),
    readAssets(folders.room),
  ]);
  serveAssets(practice, practiceAssets);
  serveAssets(room, roomAssets);
  serveApi(practice, context, createPracticeLimits(context.now, options.ceilings));
  const signalling = attachSignalling(room.server, context);
  const sweeps = scheduleSweeps(context);
  const deliveries = scheduleDeliveries(context);

  let bounces: { close(): Promise<void> } | undefined;

  async function close(): Promise<void> {
    await signalling.close();
    const parts = [practice, room, sweeps, deliveries, ...(bounces ? [bounces] : [])];
    await Promise.all(parts.map(async (part) => part.close()));
  }
  try {
    await practice.listen({ host: config.listenHost, port: config.practicePort });
    await room.listen({ host: config.listenHost, port: config.roomPort });
    if (config.bounce) bounces = await listenForBounces(context, config.bounce);
  } catch (error) {
    await close();
    throw error;
  }
  return { context, close };
}
