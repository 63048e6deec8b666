import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';

/** An appointment, its invitations and its host codes as the tables' columns. */
export function toRows(practiceId: string, input: AppointmentInput) {
  const shared = { practice_id: practiceId, practitioner_id: input.practitionerId, day: input.day };
  const codeRow = ({ id, locatorHash, card }: { id: string; locatorHash: string; card: string }) => ({
    ...shared,
    id,
    appointment_id: input.id,
    locator_hash: fromWire(locatorHash),
    card: fromWire(card),
  });
  return {
    appointment: { ...shared, generation: input.generation, sealed: fromWire(input.sealed) },
    invitations: input.invitations.map(codeRow),
    hostCodes: input.hostCodes.map(codeRow),
  };
}

type CodeRow = ReturnType<typeof toRows>['invitations'][number];

/**
 * Makes these the appointment's only invitations and host codes. One that is given again stays the row it was, with what
 * is known of it; the others' rows are gone with the same commit.
 * @throws VERSION_CONFLICT when an id belongs to another appointment
 */
export async function replaceCodes(
  transaction: Db,
  appointmentId: string,
  { invitations, hostCodes }: { invitations: CodeRow[]; hostCodes: CodeRow[] },
): Promise<void> {
  for (const [table, rows] of [
    ['invitation', invitations],
    ['host_code', hostCodes],
  ] as const) {
    await transaction
      .deleteFrom(table)
      .where('appointment_id', '=', appointmentId)
      .$if(rows.length > 0, (query) =>
        query.where(
          'id',
          'not in',
          rows.map(({ id }) => id),
        ),
      )
      .execute();
    if (rows.length === 0) continue;
    const written = await transaction
      .insertInto(table)
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((row) => ({
            practitioner_id: row.ref('excluded.practitioner_id'),
            day: row.ref('excluded.day'),
            locator_hash: row.ref('excluded.locator_hash'),
            card: row.ref('excluded.card'),
          }))
          .whereRef(`${table}.appointment_id`, '=', 'excluded.appointment_id'),
      )
      .executeTakeFirst();
    if (written.numInsertedOrUpdatedRows !== BigInt(rows.length)) throw refusal('VERSION_CONFLICT');
  }
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
