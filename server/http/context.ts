import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/database.ts';
import type { Metrics } from '../metrics/metrics.ts';
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
  /** Whether a room window of this practitioner is open: a consultation may be going on. */
  isHosting: (practitioner: { practiceId: string; userId: string }) => boolean;
  /** Whether somebody is in the waiting room with this invitation, or in consultation. */
  isHere: (seat: Seat) => boolean;
};
