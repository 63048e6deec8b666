import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readConfig } from '../http/config.ts';
import type { Context } from '../http/context.ts';
import { createLog } from '../http/log.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { scheduleSweeps } from './schedule.ts';

test(
  'a server sweeps when it starts and every ten minutes, and goes on after a sweep that fails',
  { timeout: 20_000 },
  async (t) => {
    const database = await openTestDatabase();
    const { db } = database;
    const logLines: string[] = [];
    const log = createLog('info', { write: (line) => logLines.push(line) });
    const context: Context = {
      db,
      config: readConfig({}, '/'),
      log,
      metrics: createMetrics(),
      now: () => new Date(),
      bus: undefined,
      isHosting: async () => false,
      whoIsHere: async () => new Set<string>(),
    };
    const addExpired = () =>
      db
        .insertInto('sign_in_challenge')
        .values({ challenge: randomBytes(16), expires_at: new Date(0) })
        .execute();
    t.mock.timers.enable({ apis: ['setInterval'] });
    async function untilLogged(count: number): Promise<string> {
      while (logLines.length < count) await new Promise(setImmediate);
      return logLines[count - 1] ?? '';
    }
    await addExpired();
    const sweeps = scheduleSweeps(context);
    try {
      assert.match(await untilLogged(1), /"challenges":1/);
      await addExpired();
      t.mock.timers.tick(600_000);
      assert.match(await untilLogged(2), /"challenges":1/);
      await db.schema.alterTable('host_ticket').renameTo('elsewhere').execute();
      t.mock.timers.tick(600_000);
      assert.match(await untilLogged(3), /sweep failed/);
      await db.schema.alterTable('elsewhere').renameTo('host_ticket').execute();
      t.mock.timers.tick(600_000);
      assert.match(await untilLogged(4), /"swept"/);
    } finally {
      await sweeps.close();
      await database.close();
    }
  },
);
