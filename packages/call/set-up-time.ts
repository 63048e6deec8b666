import { longestSetUpMs } from '@sprechzimmer/protocol/line-report.ts';
import type { Evidence } from './path-facts.ts';
import type { StatsReport } from './path-health.ts';

const lookEveryMs = 50;

/**
 * How long it takes from `since` until a picture or sound of the other end arrives, in milliseconds, to within some 50.
 * What had arrived before the first look does not count: on a connection that has held a consultation there is some.
 * @returns undefined if none comes within a minute, or before it is over
 */
export async function measureSetUp(
  look: () => Promise<Evidence | undefined>,
  since: Date,
  isOver: () => boolean,
): Promise<number | undefined> {
  let before: number | undefined;
  while (!isOver()) {
    const arrived = countArrived((await look())?.reports ?? []);
    const ms = Date.now() - since.getTime();
    if (ms > longestSetUpMs) return undefined;
    before ??= arrived;
    if (arrived > before) return Math.max(0, ms);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return undefined;
}

/** Pictures that could be shown, and packets of sound. */
function countArrived(reports: StatsReport[]): number {
  return reports
    .filter(({ type }) => type === 'inbound-rtp')
    .map((report) => report[report['kind'] === 'video' ? 'framesDecoded' : 'packetsReceived'])
    .reduce((sum: number, count) => sum + (typeof count === 'number' ? count : 0), 0);
}
