import type { Context } from '../http/context.ts';
import { type ClosedCode, closedNow } from './opening.ts';

export type OpenHostCode = {
  kind: 'today';
  hostCodeId: string;
  appointmentId: string;
  practiceId: string;
  practitionerId: string;
  card: string;
};

/** Finds the code that opens the host's end of one appointment; undefined for none, or a revoked one. */
export async function findHostCode(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  locatorHash: Buffer,
): Promise<OpenHostCode | ClosedCode | undefined> {
  const row = await db
    .selectFrom('host_code')
    .innerJoin('practice', 'practice.id', 'host_code.practice_id')
    .select([
      'host_code.id',
      'host_code.appointment_id',
      'host_code.practice_id',
      'host_code.practitioner_id',
      'host_code.day',
      'host_code.card',
      'practice.time_zone',
    ])
    .where('locator_hash', '=', locatorHash)
    .executeTakeFirst();
  if (!row) return undefined;
  const closed = closedNow(row, config.codeHours, now());
  if (closed) return closed;
  return {
    kind: 'today',
    hostCodeId: row.id,
    appointmentId: row.appointment_id,
    practiceId: row.practice_id,
    practitionerId: row.practitioner_id,
    card: row.card.toString('base64url'),
  };
}
