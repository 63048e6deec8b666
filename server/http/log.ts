import { fastify, type FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';

/** Where log lines go: one JSON object per call, with its newline. */
export type LogDestination = { write(line: string): void };

/** Fastify's own logger (pino), without host name and process id. */
export function createLog(
  level: Config['logLevel'],
  destination: LogDestination = process.stderr,
): FastifyBaseLogger {
  return fastify({ logger: { level, base: null, stream: destination } }).log;
}
