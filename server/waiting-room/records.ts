import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../http/context.ts';
import { countConsultation } from './count-consultation.ts';
import { keepConsent } from './keep-consent.ts';
import { noteArrival } from './note-arrival.ts';
import type { CalledIn, Seat } from './rooms.ts';

/** What is kept of a visit. Whatever goes wrong here disturbs nobody's waiting or call. */
export type Records = {
  arrived(seat: Seat): Promise<void>;
  calledIn(participant: CalledIn): Promise<void>;
  /** @returns whether it is kept; the participant sends it again otherwise */
  consent(seat: Seat, sealed: string): Promise<boolean>;
};

export function createRecords(
  context: Pick<Context, 'db' | 'metrics' | 'now'>,
  log: FastifyBaseLogger,
): Records {
  async function attempt(what: string, work: Promise<void>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      log.error({ reason: error instanceof Error ? error.name : 'unknown' }, `${what} was not kept`);
      return false;
    }
  }
  return {
    async arrived(seat) {
      await attempt('an arrival', noteArrival(context, seat.invitationId));
    },
    async calledIn(participant) {
      if (participant.isCounted) return;
      participant.isCounted = true;
      // The host says it again while the consultation lasts.
      if (!(await attempt('a consultation', countConsultation(context, participant))))
        participant.isCounted = false;
    },
    consent: (seat, sealed) => attempt('a consent', keepConsent(context, seat, sealed)),
  };
}
