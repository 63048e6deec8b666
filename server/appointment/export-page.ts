import { sql } from 'kysely';
import type { StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { ExportCursor } from '@sprechzimmer/protocol/export.ts';
import type { AppointmentId, InvitationId, UserId } from '@sprechzimmer/protocol/ids.ts';
import type { Db } from '../db/database.ts';
import { toWire } from '../http/wire-bytes.ts';
import { listDeliveries } from '../mail/list-deliveries.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';

const pageLength = 200;

/**
 * Some of the practice's appointments, by day, with what the server has seen of their invitations; `next` goes on where the
 * page ends.
 * @throws FORBIDDEN
 */
export async function exportAppointments(
  db: Db,
  signedIn: SignedIn,
  after: ExportCursor | null,
): Promise<{ appointments: StoredAppointment[]; next: ExportCursor | null }> {
  requireMain(signedIn);
  const { practiceId } = signedIn;
  const rows = await db
    .selectFrom('appointment')
    .where('practice_id', '=', practiceId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(day, id) > (${after?.day}::date, ${after?.id}::uuid)`),
    )
    .orderBy('day')
    .orderBy('id')
    .limit(pageLength)
    .select(['id', 'practitioner_id', 'day', 'version', 'generation', 'sealed', 'held_at'])
    .execute();
  const ids = rows.map(({ id }) => id);
  const [traces, deliveries] = await Promise.all([readTraces(db, ids), listDeliveries(db, practiceId, ids)]);
  const appointments = rows.map(({ id, practitioner_id, held_at, sealed, ...row }) => ({
    ...row,
    id: id as AppointmentId,
    practitionerId: practitioner_id as UserId,
    sealed: toWire(sealed),
    heldAt: held_at?.toISOString() ?? null,
    invitations: traces.get(id) ?? [],
    deliveries: deliveries.get(id) ?? [],
  }));
  const last = appointments.at(-1);
  return {
    appointments,
    next: last && rows.length === pageLength ? { day: last.day, id: last.id } : null,
  };
}

type Trace = StoredAppointment['invitations'][number];

async function readTraces(db: Db, appointmentIds: string[]): Promise<Map<string, Trace[]>> {
  if (appointmentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('invitation')
    .leftJoin('consent', (join) =>
      join.onRef('consent.invitation_id', '=', 'invitation.id').on('is_taken', '=', false),
    )
    .where('invitation.appointment_id', 'in', appointmentIds)
    .select(['invitation.id', 'invitation.appointment_id', 'opened_at', 'arrived_at', 'attended_at'])
    .select('consent.sealed as consent')
    .execute();
  const ofAppointment = Map.groupBy(rows, ({ appointment_id }) => appointment_id);
  return new Map(
    [...ofAppointment].map(([appointmentId, invitations]) => [
      appointmentId,
      invitations.map((row) => ({
        id: row.id as InvitationId,
        openedAt: row.opened_at?.toISOString() ?? null,
        arrivedAt: row.arrived_at?.toISOString() ?? null,
        attendedAt: row.attended_at?.toISOString() ?? null,
        isHere: false, // of no account in a file
        consent: row.consent ? toWire(row.consent) : null,
      })),
    ]),
  );
}
