import { text } from 'node:stream/consumers';
import { openDatabase } from '../db/database.ts';
import { readConfig } from '../http/config.ts';
import { createLog } from '../http/log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { scheduleDeliveries } from '../mail/schedule-deliveries.ts';
import type { SendingJob } from './sending-process.ts';

// It runs until it is killed.
const { connectionString, schema, smtp, serverKey }: SendingJob = JSON.parse(await text(process.stdin));
scheduleDeliveries({
  db: openDatabase({ connectionString, schema, maxConnections: 5 }),
  config: { ...readConfig({}, '/'), smtp, serverKey: Buffer.from(serverKey, 'hex') },
  log: createLog('fatal'),
  metrics: createMetrics(),
  now: () => new Date(),
  bus: undefined,
  isHosting: async () => false,
  whoIsHere: async () => new Set<string>(),
});
process.stdout.write('ready\n');
