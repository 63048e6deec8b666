import type { StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { CalendarDay } from '@sprechzimmer/protocol/values.ts';
import { daysBetween } from '@sprechzimmer/time/calendar-day.ts';
import type { Db } from '../db/database.ts';
import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import { toWire } from '../http/wire-bytes.ts';
import { listDeliveries } from '../mail/list-deliveries.ts';

const maxDays = 62;
const maxAnswered = 100;

/**
 * The practice's appointments, by day, with what the server has seen of their invitations.
 * @throws BAD_INPUT for a range that is turned round or too long
 */
export async function listAppointments(
  context: Pick<Context, 'db' | 'whoIsHere'>,
  practiceId: string,
  { from, to }: { from: CalendarDay; to: CalendarDay },
) {
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > maxDays) throw refusal('BAD_INPUT');
  const rows = await select(context.db, practiceId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('id')
    .execute();
  return { appointments: await describe(context, practiceId, rows) };
}

/** Some whose participants' answers the practice has not taken into their records, of whatever day. */
export async function listAnswered(context: Pick<Context, 'db' | 'whoIsHere'>, practiceId: string) {
  const rows = await select(context.db, practiceId)
    .where('id', 'in', (open) =>
      open.selectFrom('consent').where('is_taken', '=', false).select('appointment_id'),
    )
    .limit(maxAnswered)
    .execute();
  return { appointments: await describe(context, practiceId, rows) };
}

function select(db: Db, practiceId: string) {
  return db
    .selectFrom('appointment')
    .where('practice_id', '=', practiceId)
    .select(['id', 'practitioner_id', 'day', 'version', 'generation', 'sealed', 'held_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

async function describe(context: Pick<Context, 'db' | 'whoIsHere'>, practiceId: string, rows: Row[]) {
  const ids = rows.map(({ id }) => id);
  const [traces, deliveries] = await Promise.all([
    readTraces(context, practiceId, ids),
    listDeliveries(context.db, practiceId, ids),
  ]);
  return rows.map(({ practitioner_id, held_at, sealed, ...row }) => ({
    ...row,
    practitionerId: practitioner_id,
    sealed: toWire(sealed),
    heldAt: held_at?.toISOString() ?? null,
    invitations: traces.get(row.id) ?? [],
    deliveries: deliveries.get(row.id) ?? [],
  }));
}

type Trace = StoredAppointment['invitations'][number];

/** An answer outlives its invitation's row, which goes after the appointment's day. */
async function readTraces(
  { db, whoIsHere }: Pick<Context, 'db' | 'whoIsHere'>,
  practiceId: string,
  appointmentIds: string[],
): Promise<Map<string, Trace[]>> {
  if (appointmentIds.length === 0) return new Map();
  const [invitations, answers] = await Promise.all([
    db.selectFrom('invitation').where('appointment_id', 'in', appointmentIds).selectAll().execute(),
    db
      .selectFrom('consent')
      .where('appointment_id', 'in', appointmentIds)
      .where('is_taken', '=', false)
      .selectAll()
      .execute(),
  ]);
  const here = await whoIsHere(
    invitations.map(({ id, appointment_id, practitioner_id }) => ({
      practiceId,
      practitionerId: practitioner_id,
      appointmentId: appointment_id,
      invitationId: id,
    })),
  );
  const answerOf = new Map(answers.map(({ invitation_id, sealed }) => [invitation_id, toWire(sealed)]));
  const traces = new Map<string, Trace[]>();
  function add(appointmentId: string, trace: Omit<Trace, 'id'> & { id: string }): void {
    const branded = { ...trace, id: trace.id as Trace['id'] };
    traces.set(appointmentId, [...(traces.get(appointmentId) ?? []), branded]);
  }
  for (const row of invitations) {
    const { id } = row;
    add(row.appointment_id, {
      id,
      openedAt: row.opened_at?.toISOString() ?? null,
      arrivedAt: row.arrived_at?.toISOString() ?? null,
      attendedAt: row.attended_at?.toISOString() ?? null,
      isHere: here.has(id),
      consent: answerOf.get(id) ?? null,
    });
    answerOf.delete(id);
  }
  for (const { invitation_id: id, appointment_id: appointmentId } of answers) {
    const consent = answerOf.get(id);
    const unseen = { openedAt: null, arrivedAt: null, attendedAt: null, isHere: false };
    if (consent) add(appointmentId, { id, ...unseen, consent });
  }
  return traces;
}
