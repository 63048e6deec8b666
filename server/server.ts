import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { serveApi } from './api.ts';
import { countConnections, type Db } from './db/database.ts';
import { createApp } from './http/app.ts';
import { readAssets, serveAssets } from './http/assets.ts';
import { findBuiltFiles, shareBuiltFiles } from './http/built-files.ts';
import type { Config } from './http/config.ts';
import type { Context } from './http/context.ts';
import type { HttpLimits } from './http/harden.ts';
import { askDatabase, serveHealth } from './http/health.ts';
import { createLog } from './http/log.ts';
import { createReadiness } from './http/readiness.ts';
import { createManifest, manifestHash, productVersion, serveManifest } from './http/web-manifest.ts';
import { openBus } from './instances/bus.ts';
import { listenForBounces } from './mail/listen-for-bounces.ts';
import { scheduleDeliveries } from './mail/schedule-deliveries.ts';
import { countQueue } from './mail/count-queue.ts';
import { listenForMetrics } from './metrics/listen.ts';
import { createMetrics } from './metrics/metrics.ts';
import { openPages } from './pages/open-pages.ts';
import { servePages } from './pages/serve-pages.ts';
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
  httpLimits?: Partial<HttpLimits> | undefined;
};

export type RunningServer = { context: Context; close(): Promise<void> };

const webRoot = join(import.meta.dirname, '..', 'web');
const builtApps = { practice: join(webRoot, 'practice', 'dist'), room: join(webRoot, 'room', 'dist') };

/**
 * Serves both origins until `close`, which first says for the settings' time that this server is not ready any more.
 * @throws Error when an app is not built; a system error with a `code` such as `EADDRINUSE` when it cannot listen
 */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer> {
  const log = options.log ?? createLog(config.logLevel);
  const folders = options.webFolders ?? builtApps;
  const [practiceAssets, roomAssets] = await Promise.all([
    readAssets(folders.practice),
    readAssets(folders.room),
  ]);
  const { redisUrl, roomOrigin } = config;
  const bus = redisUrl ? openBus(log, { redisUrl, namespace: `sprechzimmer ${roomOrigin}` }) : undefined;
  const context: Context = {
    db: options.db,
    config,
    log,
    metrics: createMetrics(),
    now: options.now ?? (() => new Date()),
    bus,
    isHosting: (practitioner) => signalling.isHosting(practitioner),
    whoIsHere: (seats) => signalling.whoIsHere(seats),
  };
  const readiness = createReadiness({ database: () => askDatabase(context) });
  context.metrics.watch({
    pool: () => countConnections(context.db),
    queue: () => countQueue(context),
    ready: async () => (await readiness.ask()).status === 'ready',
    ...(bus && { redis: () => bus.isUp() }),
  });
  const pages = await openPages(context);
  const appOptions = { notFoundPage: pages.notFound, limits: options.httpLimits };
  const practice = createApp('practice', context, appOptions);
  const room = createApp('room', context, appOptions);
  serveHealth(practice, readiness);
  serveHealth(room, readiness);
  const practiceManifest = await createManifest('practice', practiceAssets);
  const roomManifest = await createManifest('room', roomAssets);
  serveManifest(practice, practiceManifest);
  serveManifest(room, roomManifest);
  serveAssets(practice, practiceAssets, findBuiltFiles(context.db, 'practice'));
  serveAssets(room, roomAssets, findBuiltFiles(context.db, 'room'));
  servePages(practice, pages);
  servePages(room, pages);
  serveApi(practice, context, createPracticeLimits(context, options.ceilings));
  const signalling = attachSignalling(room.server, context);
  const sweeps = scheduleSweeps(context);
  const deliveries = scheduleDeliveries(context);

  const shared = await shareBuiltFiles(context, { practice: practiceAssets, room: roomAssets });

  const listeners: { close(): Promise<void> }[] = [];
  let isListening = false;

  async function close(): Promise<void> {
    readiness.handleDraining();
    if (isListening) await wait(config.drainSeconds * 1000);
    await signalling.close();
    const parts = [practice, room, sweeps, deliveries, shared, ...listeners];
    await Promise.all(parts.map(async (part) => part.close()));
    await bus?.close();
  }
  try {
    await practice.listen({ host: config.listenHost, port: config.practicePort });
    await room.listen({ host: config.listenHost, port: config.roomPort });
    if (config.bounce) listeners.push(await listenForBounces(context, config.bounce));
    if (config.metrics) {
      const [ofPractice, ofRoom] = [practiceManifest, roomManifest].map(manifestHash) as [string, string];
      context.metrics.watchProcess({ version: productVersion, practice: ofPractice, room: ofRoom });
      listeners.push(await listenForMetrics(context.metrics, config.metrics));
    }
    isListening = true;
    readiness.handleListening();
  } catch (error) {
    await close();
    throw error;
  }
  return { context, close };
}
