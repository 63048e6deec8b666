import { sql } from 'kysely';
import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from './authenticate.ts';
import { countMonth } from './month-counts.ts';

type Wish = Pick<AppointmentInput, 'id' | 'day' | 'invitations'>;

/**
 * Whether the plan allows an appointment. What is booked stays as it is and may be moved, also when the plan has become
 * smaller meanwhile: only more people, and new appointments, are refused.
 * @param transaction of the booking or change, before it has written anything
 * @throws PLAN_LIMIT
 */
export async function checkPlan(
  transaction: Db,
  now: Date,
  { practiceId, timeZone }: Pick<SignedIn, 'practiceId' | 'timeZone'>,
  { id, day, invitations }: Wish,
): Promise<void> {
  const plan = await transaction
    .selectFrom('practice')
    .innerJoin('plan', 'plan.id', 'practice.plan')
    .where('practice.id', '=', practiceId)
    .select(['max_participants', 'max_consultations_per_month'])
    .executeTakeFirstOrThrow();
  const today = calendarDayIn(timeZone, now);
  const before = await peopleBefore(transaction, practiceId, id);
  const isNew = before === undefined;
  if (!isNew && day < today) return; // a note may follow; its invitations are gone by then
  const people = invitations.length;
  if (plan.max_participants !== null && people > Math.max(plan.max_participants, before ?? 0)) {
    throw refusal('PLAN_LIMIT');
  }
  if (!isNew || plan.max_consultations_per_month === null) return;
  // Two bookings at once would each see the last place as free.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plan ${practiceId}`}, 0))`.execute(transaction);
  const month = day.slice(0, 7);
  const { held, planned } = await countMonth(transaction, { practiceId, month, today, except: id });
  if (held + planned >= plan.max_consultations_per_month) throw refusal('PLAN_LIMIT');
}

/** Whom the stored appointment has; undefined: there is none. */
async function peopleBefore(db: Db, practiceId: string, id: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('appointment')
    .where('id', '=', id)
    .where('practice_id', '=', practiceId)
    .select((appointment) =>
      appointment
        .selectFrom('invitation')
        .whereRef('appointment_id', '=', 'appointment.id')
        .select(({ fn }) => fn.countAll<string>().as('people'))
        .as('people'),
    )
    .executeTakeFirst();
  return row && Number(row.people);
}
