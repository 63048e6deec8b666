import { parseHost, parsePort } from './delivery-settings.ts';
import type { Settings } from './settings.ts';

/** How an operator watches a server, and takes it out of service. */
export type OperationConfig = {
  /** Where Prometheus finds this server's metrics; undefined: nowhere. */
  metrics: { host: string; port: number } | undefined;
  /** How long a server that is asked to end goes on serving while it says that it is not ready. */
  drainSeconds: number;
};

const longestDrainSeconds = 600;

export function readOperationSettings({ read }: Settings): OperationConfig {
  const port = read('METRICS_PORT', undefined, 'a port number from 1 to 65535', parsePort);
  const host = read('METRICS_HOST', '127.0.0.1', 'a host name or an IP address', parseHost);
  const seconds = `whole seconds, from 0 to ${longestDrainSeconds}`;
  const drainSeconds = read('DRAIN_SECONDS', 0, seconds, parseSeconds);
  return { metrics: port ? { host, port } : undefined, drainSeconds };
}

function parseSeconds(text: string): number | undefined {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : Infinity;
  return seconds <= longestDrainSeconds ? seconds : undefined;
}
