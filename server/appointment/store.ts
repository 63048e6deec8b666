import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { Db } from '../db/database.ts';
import { fromWire } from '../http/wire-bytes.ts';

/** An appointment and its invitations as the tables' columns. */
export function toRows(practiceId: string, input: AppointmentInput) {
  const shared = { practice_id: practiceId, practitioner_id: input.practitionerId, day: input.day };
  return {
    appointment: { ...shared, generation: input.generation, sealed: fromWire(input.sealed) },
    invitations: input.invitations.map(({ id, locatorHash, card }) => ({
      ...shared,
      id,
      appointment_id: input.id,
      locator_hash: fromWire(locatorHash),
      card: fromWire(card),
    })),
  };
}

/**
 * Whether exactly this is stored as `version` already: then a repeated request is one whose answer was lost.
 * Records and cards are sealed with fresh nonces, so equal bytes are the same request.
 */
export async function isStored(
  db: Db,
  practiceId: string,
  input: AppointmentInput,
  version: number,
): Promise<boolean> {
  const { appointment, invitations } = toRows(practiceId, input);
  const stored = await db
    .selectFrom('appointment')
    .innerJoin('invitation', 'invitation.appointment_id', 'appointment.id')
    .where('appointment.id', '=', input.id)
    .where('appointment.practice_id', '=', practiceId)
    .where('appointment.practitioner_id', '=', input.practitionerId)
    .where('appointment.day', '=', input.day)
    .where('appointment.version', '=', version)
    .where('appointment.generation', '=', input.generation)
    .where('appointment.sealed', '=', appointment.sealed)
    .select(['locator_hash', 'card'])
    .execute();
  return (
    stored.length === invitations.length &&
    invitations.every(({ locator_hash, card }) =>
      stored.some((row) => row.locator_hash.equals(locator_hash) && row.card.equals(card)),
    )
  );
}
