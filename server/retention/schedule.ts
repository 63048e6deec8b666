import type { Context } from '../http/context.ts';
import { describeError } from '../http/errors.ts';
import { sweep } from './sweep.ts';

const intervalMs = 600_000;

/**
 * Sweeps now and every ten minutes. A sweep that fails is logged, and the next one makes up for it.
 * @returns ends it; resolves when no sweep is under way any more
 */
export function scheduleSweeps(context: Context): { close(): Promise<void> } {
  let underWay = Promise.resolve();

  async function run(): Promise<void> {
    const startedMs = performance.now();
    try {
      const swept = await sweep(context);
      context.log.info({ swept });
      context.metrics.sweepEnded(performance.now() - startedMs, swept);
    } catch (error) {
      context.metrics.sweepEnded(performance.now() - startedMs, undefined);
      context.log.error({ error: describeError(error) }, 'sweep failed');
    }
  }
  function next(): void {
    underWay = underWay.then(run);
  }
  next();
  const timer = setInterval(next, intervalMs);
  return {
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}
