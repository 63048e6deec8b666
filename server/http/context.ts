import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/database.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Bus } from '../instances/bus.ts';
import type { Config } from './config.ts';

export type Seat = {
  practiceId: string;
  practitionerId: string;
  appointmentId: string;
  invitationId: string;
};

/** What every operation may use; built once per server. */
export type Context = {
  db: Db;
  config: Config;
  log: FastifyBaseLogger;
  metrics: Metrics;
  /** The clock; tests set their own. */
  now: () => Date;
  /** To the other instances; undefined: there are none. */
  bus: Bus | undefined;
  /** Whether a room window of this practitioner is open: a consultation may be going on. */
  isHosting: (practitioner: { practiceId: string; userId: string }) => Promise<boolean>;
  /** With which of these invitations somebody is in the waiting room, or in consultation. */
  whoIsHere: (seats: Seat[]) => Promise<Set<string>>;
};
